"""Photographs taken at the scene with the phone page, and what the phone and its bearer said."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models.file import File
from evidence.models.item import Item
from investigations.models import (
    Case,
    CaseRecord,
    CaseRecordQuerySet,
    Duty,
    Incident,
    Membership,
)

MOST_INCIDENTS = 200


class Capture(CaseRecord):
    """One photograph sealed on a phone: all that is said here is claimed, nothing is established.

    `key` was drawn on the device, so that what is sent again stays one capture. `taken_at` is what
    the phone's clock said, `taken_as_stated` what its bearer said.
    """

    derives_from = ("incident", "item", "file")

    key = models.UUIDField(_("drawn on the device"), editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by")
    )
    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="+", verbose_name=_("incident")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exhibit")
    )
    file = models.ForeignKey(File, models.PROTECT, related_name="captures", verbose_name=_("file"))
    tag = models.CharField(_("exhibit tag"), max_length=200, blank=True)
    has_scale = models.BooleanField(_("a scale is in the picture"), default=False)
    taken_at = models.DateTimeField(_("time by the phone's clock"))
    taken_zone = models.CharField(_("time zone of the phone"), max_length=60, blank=True)
    taken_as_stated = models.CharField(_("time as stated"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    accuracy_m = models.PositiveIntegerField(_("accuracy (m)"), null=True, blank=True)
    place_by_hand = models.BooleanField(_("place corrected by hand"), default=False)
    place_as_stated = models.CharField(_("place as stated"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = CaseRecordQuerySet["Capture"].as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["taken_by", "key"], name="capture_once"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="capture_has_both_coordinates_or_none",
            ),
        ]
        indexes = [models.Index(fields=["file"]), models.Index(fields=["case", "-id"])]

    def __str__(self) -> str:
        return f"{self.tag} {self.taken_at:%Y-%m-%d %H:%M}".strip()

    def clean(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(_("Give both coordinates, or none."))

    @property
    def has_point(self) -> bool:
        """True when the phone or its bearer said where it was."""
        return self.latitude is not None


def capturable_by(user: User) -> QuerySet[Incident]:
    """The newest incidents that this person may bring evidence to, for a phone to choose from."""
    places = Membership.objects.current().filter(user=user).with_any({Duty.LOG_EVIDENCE})
    cases = Case.objects.visible_to(user).still_open().filter(pk__in=places.values("case"))
    seen = Incident.objects.visible_to(user).filter(case__in=cases)
    return seen.select_related("case").order_by("-id")[:MOST_INCIDENTS]


def captures_of(file: File, reader: User) -> QuerySet[Capture]:
    """What phones said of a photograph, as far as this person may see it."""
    return Capture.objects.visible_to(reader).filter(file=file).select_related("taken_by")
