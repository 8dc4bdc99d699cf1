"""Arrivals: files from elsewhere, each object as it was written, until a person decides on it."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.markings import Tlp
from investigations.models import CaseRecord, CaseRecordQuerySet, Incident

MISP_EVENT = "misp-event"
"""The kind of what an event of MISP says of itself, among its objects."""

ATTACKS: dict[str, tuple[str, ...]] = {
    "stix": ("incident",),
    "misp": (MISP_EVENT, "temporal-event", "incident"),
}
"""Which kinds of objects tell of an attack, by the format that they came in."""


class Arrival(CaseRecord):
    """One bundle of STIX, or event of MISP, that somebody of the team brought into a case.

    `sha256` is that of the file as it came; it stands in the ledger too.
    """

    class Format(models.TextChoices):
        """In which words it came."""

        STIX = "stix", "STIX"
        MISP = "misp", "MISP"

    format = models.CharField(
        _("format"), max_length=10, choices=Format, default=Format.STIX, editable=False
    )
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size (bytes)"))
    count = models.PositiveIntegerField(_("objects"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("brought in by")
    )

    objects = CaseRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("bundle from elsewhere")
        verbose_name_plural = _("bundles from elsewhere")
        ordering = ["-id"]
        indexes = [models.Index(fields=["case", "-id"], name="arrivals_of_case")]

    def __str__(self) -> str:
        return self.name


class ArrivedObjectQuerySet(CaseRecordQuerySet["ArrivedObject"]):
    """Questions about objects from elsewhere."""

    def accepted(self) -> "ArrivedObjectQuerySet":
        """Those that have become one."""
        return self.filter(incident__isnull=False)

    def with_lists(self) -> "ArrivedObjectQuerySet":
        return self.select_related("case", "arrival", "incident", "decided_by")


class ArrivedObject(CaseRecord):
    """One object of a bundle from elsewhere, with every property that it came with.

    `body` is the JSON as it was read, what we do not know included. Whoever accepts it enters an
    incident of their own words; the object itself stays as it came. `stix_id` is its identifier in
    the format of its arrival: that of STIX, or the UUID that MISP knows it by.
    """

    derives_from = ("arrival",)

    class State(models.TextChoices):
        """What was decided."""

        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        SET_ASIDE = "set-aside", _("set aside")

    arrival = models.ForeignKey(
        Arrival, models.PROTECT, related_name="arrived", verbose_name=_("bundle from elsewhere")
    )
    number = models.PositiveIntegerField(_("number"))
    stix_id = models.CharField(_("identifier"), max_length=120)
    kind = models.CharField(_("type"), max_length=60)
    name = models.CharField(_("name"), max_length=300, blank=True)
    tlp = models.CharField(_("marking"), max_length=20, choices=Tlp)
    body = models.TextField(_("as it came"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    incident = models.ForeignKey(
        Incident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("incident"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ArrivedObjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("object from elsewhere")
        verbose_name_plural = _("objects from elsewhere")
        ordering = ["arrival", "number"]
        constraints = [
            models.UniqueConstraint(fields=["arrival", "number"], name="arrived_object_once"),
            models.CheckConstraint(
                condition=Q(state="accepted", incident__isnull=False)
                | (~Q(state="accepted") & Q(incident__isnull=True)),
                name="arrived_object_accepted_as_incident",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_by__isnull=False),
                name="arrived_object_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.stix_id

    @property
    def is_waiting(self) -> bool:
        """True until somebody has decided."""
        return self.state == self.State.WAITING

    @property
    def tells_of_attack(self) -> bool:
        """True for what can become an incident of the case."""
        return self.kind in ATTACKS[self.arrival.format]

    @property
    def as_read(self) -> dict[str, Any]:
        """The object with all its properties."""
        thing: dict[str, Any] = json.loads(self.body)
        return thing
