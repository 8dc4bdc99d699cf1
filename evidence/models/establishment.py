"""Establishments: when and where a file was really made, as people found and others reviewed."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.precision import DatePrecision
from evidence.models.digital_words import Established, EstablishingMethod, EstablishingState
from evidence.models.file import File
from investigations.models import CaseRecord, CaseRecordQuerySet


class Establishment(CaseRecord):
    """One person's finding of when or where a file was made, beside what the file claims.

    A time is `earliest` and, for a span, `latest`; a place is a point of WGS84 with how far off
    it may be, in metres. Another finding is another row; none is ever changed but by its review.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("file",)
    born_shared = True
    kept = True

    file = models.ForeignKey(
        File, models.PROTECT, related_name="establishments", verbose_name=_("file")
    )
    what = models.CharField(_("what was established"), max_length=10, choices=Established)
    earliest = models.DateTimeField(_("time, or earliest"), null=True, blank=True)
    latest = models.DateTimeField(_("latest"), null=True, blank=True)
    precision = models.CharField(
        _("time known to"), max_length=10, choices=DatePrecision, default=DatePrecision.MINUTE
    )
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
    uncertainty_m = models.PositiveIntegerField(_("how far off at most (m)"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=30, choices=EstablishingMethod)
    rationale = models.TextField(_("on what it rests"), max_length=4000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("established by"),
        editable=False,
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=EstablishingState,
        default=EstablishingState.PROPOSED,
        editable=False,
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("reviewed by"),
        editable=False,
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, editable=False)
    review_note = models.CharField(_("remark of the reviewer"), max_length=500, blank=True)

    objects = CaseRecordQuerySet["Establishment"].as_manager()

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what=Established.TIME, earliest__isnull=False)
                | Q(
                    what=Established.PLACE,
                    latitude__isnull=False,
                    longitude__isnull=False,
                    uncertainty_m__isnull=False,
                ),
                name="establishment_says_something",
                violation_error_message=_(
                    "Give the time, or latitude, longitude and how far off they may be."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latest__isnull=True) | Q(latest__gte=F("earliest")),
                name="establishment_ends_after_it_begins",
                violation_error_message=_("The latest time lies before the earliest."),
            ),
            models.CheckConstraint(
                condition=Q(state=EstablishingState.PROPOSED, reviewed_by__isnull=True)
                | (~Q(state=EstablishingState.PROPOSED) & Q(reviewed_by__isnull=False)),
                name="establishment_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("made_by")),
                name="establishment_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.file}"

    @property
    def is_time(self) -> bool:
        """True for a time, false for a place."""
        return self.what == Established.TIME

    @property
    def waits(self) -> bool:
        """True until another person has looked at it."""
        return self.state == EstablishingState.PROPOSED
