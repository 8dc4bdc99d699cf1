"""Labels: how a case or one of its records is to be handled, and who is cleared to read it."""

import hashlib
import json
from functools import lru_cache
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from core.markings import NO_AGENCY, Clearance, Handling, Pap, Tlp
from core.models import Record


class Marked(models.Model):
    """A row that says in columns how it, or what bears it, is to be handled."""

    tlp = models.CharField(_("marking"), max_length=20, choices=Tlp, default=Tlp.AMBER)
    pap = models.CharField(_("permissible actions"), max_length=10, choices=Pap, default=Pap.AMBER)
    clearance = models.PositiveSmallIntegerField(
        _("clearance needed"), choices=Clearance, default=Clearance.NONE
    )
    compartments = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("compartments"),
        default=list,
        blank=True,
        help_text=_("A reader must be in every one of them."),
    )
    releasable_to = ArrayField(
        models.UUIDField(),
        verbose_name=_("releasable to"),
        default=list,
        blank=True,
        help_text=_("Only people of these agencies read it; none named: the whole team."),
    )
    originators = ArrayField(
        models.UUIDField(),
        verbose_name=_("originator control"),
        default=list,
        blank=True,
        help_text=_("Agencies whose people must agree before it is handled less strictly."),
    )

    shared_with = ArrayField(
        models.UUIDField(),
        verbose_name=_("shared with partners"),
        default=list,
        blank=True,
        help_text=_("Partner agencies whose contributors are shown it."),
    )

    class Meta:
        abstract = True

    @property
    def handling(self) -> Handling:
        """The columns as one value that can be compared and joined."""
        return Handling(
            tlp=str(self.tlp),
            pap=str(self.pap),
            clearance=int(self.clearance),
            compartments=frozenset(self.compartments),
            releasable_to=frozenset(self.releasable_to),
            originators=frozenset(self.originators),
            shared_with=frozenset(self.shared_with),
        )


def columns_of(handling: Handling) -> dict[str, object]:
    """The same value as columns, each list in one order."""
    return {
        "tlp": handling.tlp,
        "pap": handling.pap,
        "clearance": handling.clearance,
        "compartments": sorted(handling.compartments),
        "releasable_to": sorted(handling.releasable_to, key=str),
        "originators": sorted(handling.originators, key=str),
        "shared_with": sorted(handling.shared_with, key=str),
    }


def open_to(user: User) -> Q:
    """Rows whose columns let this person read: cleared, in every compartment, of the agency."""
    released = Q(releasable_to=[])
    if user.agency_id:
        released |= Q(releasable_to__contains=[user.agency_id])
    return released & Q(
        clearance__lte=user.clearance, compartments__contained_by=list(user.compartments)
    )


class LabelQuerySet(models.QuerySet["Label"]):
    """Questions about labels."""

    def open_to(self, user: User) -> "LabelQuerySet":
        """Those whose bearers this person may read."""
        return self.filter(open_to(user))

    def shared_with(self, user: User) -> "LabelQuerySet":
        """Those that are shared with the person's agency: what a partner is shown."""
        return self.open_to(user).filter(shared_with__contains=[user.agency_id or NO_AGENCY])


class Label(Marked, Record):
    """One way of handling; records that are handled alike bear the same label.

    A label is never changed: another handling is another label. `digest` is the SHA-256 of its
    canonical JSON, so that each is stored once.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = LabelQuerySet.as_manager()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")

    def __str__(self) -> str:
        return str(self.handling)

    @classmethod
    def for_handling(cls, handling: Handling) -> "Label":
        """The label that says so, made when nothing bore it before."""
        columns = columns_of(handling)
        text = json.dumps(columns, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return cls.objects.get_or_create(digest=digest, defaults=columns)[0]


@lru_cache(maxsize=10_000)
def handling_of_label(label_id: UUID) -> Handling:
    """What a label says; it never changes, so it is read once a process."""
    return Label.objects.get(pk=label_id).handling


def agencies_named(keys: frozenset[UUID]) -> list[str]:
    """The short names of agencies, in order; one that is none stands for nobody."""
    return list(Agency.objects.filter(pk__in=keys).values_list("short_name", flat=True))
