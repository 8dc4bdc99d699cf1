"""Where something happened, and how exactly that is known."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.precision import PlacePrecision


class Place(models.Model):
    """Columns of a place: names, WGS 84 degrees, precision, uncertainty in metres."""

    place_name = models.CharField(_("place"), max_length=500, blank=True)
    place_native = models.CharField(_("place in its own script"), max_length=500, blank=True)
    country = models.ForeignKey(
        "catalogue.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
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
    place_precision = models.CharField(
        _("place known to"), max_length=20, choices=PlacePrecision, default=PlacePrecision.UNKNOWN
    )
    uncertainty_m = models.PositiveIntegerField(_("uncertainty (m)"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def has_point(self) -> bool:
        """True when both coordinates are known."""
        return self.latitude is not None and self.longitude is not None
