"""Calibrations: a line along the scale bar of a photo, and how long it is in the world."""

from decimal import Decimal
from math import hypot

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models.file import File
from investigations.models import CaseRecord, CaseRecordQuerySet


class CalibrationQuerySet(CaseRecordQuerySet["Calibration"]):
    """Questions about calibrations."""

    def of(self, file: File) -> "CalibrationQuerySet":
        """Those of one photo, the one that counts first."""
        return self.filter(file=file).select_related("set_by").order_by("-id")


class Calibration(CaseRecord):
    """One person's line along a scale bar, from one pixel of the upright photo to another.

    Never changed: a better line is a new row, and the newest counts. What is measured with it
    holds only in the plane in which the scale bar lies.
    """

    derives_from = ("file",)
    born_shared = True

    file = models.ForeignKey(
        File, models.PROTECT, related_name="calibrations", verbose_name=_("photo")
    )
    from_x = models.PositiveIntegerField(_("from, across (px)"))
    from_y = models.PositiveIntegerField(_("from, down (px)"))
    to_x = models.PositiveIntegerField(_("to, across (px)"))
    to_y = models.PositiveIntegerField(_("to, down (px)"))
    length_mm = models.DecimalField(
        _("length on the scale (mm)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("calibrated by"),
        editable=False,
    )

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("calibration")
        verbose_name_plural = _("calibrations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(length_mm__gt=0), name="calibration_has_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.length_mm} mm"

    @property
    def pixels(self) -> float:
        """How long the line is in pixels of the upright photo."""
        return hypot(self.to_x - self.from_x, self.to_y - self.from_y)

    @property
    def mm_per_px(self) -> str:
        """Millimetres for each pixel, as scripts read a number."""
        return f"{float(self.length_mm) / self.pixels:.6f}"
