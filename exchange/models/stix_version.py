"""Versions: each object of STIX exactly as it left a case, and whether programs may fetch it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models import Actor, Finding
from comparison.models import Link
from core.settled import Among
from evidence.models import Component, CustodyEvent, Item, TraceRequest, WeaponInstance
from exchange.models.arrival import ArrivedObject
from exchange.models.sharing_group import group_of
from investigations.models import (
    AssistanceNeed,
    CaseRecord,
    CaseRecordQuerySet,
    Incident,
    Site,
)
from investigations.models.gates import gates_of
from investigations.models.label import handling_of_label

OPEN_TO_PARTNERS = Q(finding__isnull=True, actor__isnull=True, link__isnull=True)
"""Findings, actors and comparisons are for the team of the case, whatever is shared."""


class StixVersionQuerySet(CaseRecordQuerySet["StixVersion"]):
    """Questions about what left."""

    def visible_to(self, user: User) -> "StixVersionQuerySet":
        """Those drawn from records that this person may see.

        Findings, actors and comparisons are for the team of the case, whatever is shared.
        """
        team = Q(Among("case", gates_of(user).whole))
        return super().visible_to(user).filter(team | OPEN_TO_PARTNERS)

    def offered(self) -> "StixVersionQuerySet":
        """Those that programs may fetch: they were put on offer, and not taken off it."""
        return self.filter(offered_at__isnull=False, gone_at__isnull=True)

    def of_group(self, case: UUID, group: UUID) -> "StixVersionQuerySet":
        """Those put on offer to this sharing group whose label still lets the same people read.

        What is labelled otherwise since is on offer to nobody until the case is put there anew.
        """
        own = group == case
        rows = self.filter(case=case, group=None if own else group)
        named = rows.exclude(label=None).order_by().values_list("label", flat=True).distinct()
        said = {label: handling_of_label(label) for label in named}
        shown = [key for key, handling in said.items() if group_of(case, handling) == group]
        judged = [k for k, told in said.items() if group_of(case, told, is_judged=True) == group]
        fits = (OPEN_TO_PARTNERS & Q(label__in=shown)) | (~OPEN_TO_PARTNERS & Q(label__in=judged))
        return rows.filter(fits | Q(label__isnull=True)) if own else rows.filter(fits)

    def free_of(self, exhibits: Collection[UUID]) -> "StixVersionQuerySet":
        """Those that tell of none of these exhibits."""
        return self.exclude(exhibits__overlap=list(exhibits)) if exhibits else self

    def still_held(self) -> "StixVersionQuerySet":
        """Without what was said in findings that were superseded or withdrawn since."""
        stands = Q(finding__status=Finding.Status.RELEASED)
        return self.filter(Q(finding__isnull=True) | stands | Q(is_revoked=True))

    def newest(self) -> "StixVersionQuerySet":
        """Of each object on offer to a group the version that was put there last."""
        return self.filter(~Exists(self._rivals().filter(offered_at__gt=OuterRef("offered_at"))))

    def oldest(self) -> "StixVersionQuerySet":
        """Of each object on offer to a group the version that was put there first."""
        return self.filter(~Exists(self._rivals().filter(offered_at__lt=OuterRef("offered_at"))))

    def _rivals(self) -> "StixVersionQuerySet":
        same = {name: OuterRef(name) for name in ("case", "stix_id")}
        rows = StixVersion.objects.offered().alias(among=Coalesce("group", "case_id"))
        return rows.filter(**same, among=Coalesce(OuterRef("group"), OuterRef("case_id")))


def source(model: type[CaseRecord]) -> Any:
    """The record that an object is drawn from, if it is of this kind."""
    return models.ForeignKey(
        model, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )


class StixVersion(CaseRecord):
    """One version of one object, as it went out by hand or as programs fetch it by TAXII.

    `modified` and the identifier name it for ever: the same two never stand for other words.
    `body` is the object as canonical JSON and `digest` the SHA-256 of it without `modified`.
    `offered_at` is when it was put on offer, one moment apart from every other of its case, and
    `group` to whom; nothing stands for the whole team.
    """

    derives_from = (
        *("incident", "site", "item", "component", "weapon", "custody_event"),
        *("link", "finding", "actor", "trace", "need", "arrived"),
    )
    born_shared = True
    tells_of = derives_from

    stix_id = models.CharField(_("identifier"), max_length=120, editable=False)
    kind = models.CharField(_("type"), max_length=60, editable=False)
    modified = models.DateTimeField(_("changed"), editable=False)
    body = models.TextField(_("as it left"), editable=False)
    digest = models.CharField(_("SHA-256"), max_length=64, editable=False)
    is_revoked = models.BooleanField(_("taken back"), default=False, editable=False)
    exhibits = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    offered_at = models.DateTimeField(_("put on offer"), null=True, blank=True, editable=False)
    group = models.UUIDField(_("sharing group"), null=True, blank=True, editable=False)
    gone_at = models.DateTimeField(_("taken off the offer"), null=True, blank=True, editable=False)
    incident = source(Incident)
    site = source(Site)
    item = source(Item)
    component = source(Component)
    weapon = source(WeaponInstance)
    custody_event = source(CustodyEvent)
    link = source(Link)
    finding = source(Finding)
    actor = source(Actor)
    trace = source(TraceRequest)
    need = source(AssistanceNeed)
    arrived = source(ArrivedObject)

    objects = StixVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("object that left")
        verbose_name_plural = _("objects that left")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stix_id", "modified"], name="stix_version_says_one_thing"
            ),
            models.UniqueConstraint(
                fields=["case", "offered_at"],
                condition=Q(offered_at__isnull=False),
                name="stix_version_offered_one_by_one",
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(offered_at__isnull=False),
                name="stix_version_offered_before_it_is_gone",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "stix_id", "offered_at"], name="stix_versions_of_object")
        ]

    def __str__(self) -> str:
        return self.stix_id

    @property
    def named_by(self) -> tuple[UUID, str]:
        """What names it in an address: its collection and its identifier."""
        return self.group or self.case_id, self.stix_id

    @property
    def fitting_group(self) -> UUID | None:
        """The sharing group that its label puts it in; nothing for the whole team."""
        is_judged = any(getattr(self, f"{name}_id") for name in ("finding", "actor", "link"))
        group = group_of(self.case_id, self.own_handling, is_judged=is_judged)
        return None if group == self.case_id else group

    @property
    def stands_on_offer(self) -> bool:
        """True while it is on offer to those whom its label lets read."""
        is_offered = self.offered_at is not None and self.gone_at is None
        return is_offered and self.group == self.fitting_group
