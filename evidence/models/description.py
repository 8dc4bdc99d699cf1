"""What an exhibit was found to be: its measures, its place in the site, whether it is safe."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from evidence.models.safety import CLEARED, RenderSafe
from investigations.models import Site


class Described(models.Model):
    """The columns in which an exhibit is described, beyond what its list shows.

    Measures are in the unit that their name ends in; a bearing is in degrees from north, clockwise,
    seen from the origin of the site's search grid.
    """

    diameter_mm = models.DecimalField(
        _("diameter (mm)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    completeness_pct = models.PositiveSmallIntegerField(
        _("how much of it is there (%)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    grid_ref = models.CharField(
        _("grid square"),
        max_length=40,
        blank=True,
        help_text=_("In the search grid of the site, such as C7."),
    )
    bearing_deg = models.DecimalField(
        _("bearing from the origin (°)"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("359.9"))],
    )
    distance_m = models.DecimalField(
        _("distance from the origin (m)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    burial_depth_cm = models.DecimalField(
        _("burial depth (cm)"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    documentation_site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documented_items",
        verbose_name=_("documented at"),
        help_text=_("For things that were only documented and never held."),
    )
    render_safe = models.CharField(
        _("explosive hazard"),
        max_length=20,
        choices=RenderSafe,
        default=RenderSafe.NOT_ASSESSED,
        editable=False,
    )
    cleared_by = models.CharField(_("cleared by"), max_length=120, blank=True, editable=False)
    cleared_at = models.DateTimeField(_("cleared"), null=True, editable=False)
    completed_at = models.DateTimeField(_("described in full"), null=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("described in full by"),
        editable=False,
    )

    class Meta:
        abstract = True

    @property
    def may_be_touched(self) -> bool:
        """True when somebody qualified has said so."""
        return self.render_safe in CLEARED

    @property
    def diameter(self) -> str:
        """The diameter in mm, without empty decimals."""
        return "" if self.diameter_mm is None else plain(self.diameter_mm)

    @property
    def burial_depth(self) -> str:
        """The burial depth in cm, without empty decimals."""
        return "" if self.burial_depth_cm is None else plain(self.burial_depth_cm)

    @property
    def place_in_grid(self) -> str:
        """Grid square, distance and bearing from the origin, as far as they were taken."""
        way = [
            self.grid_ref,
            "" if self.distance_m is None else f"{plain(self.distance_m)} m",
            "" if self.bearing_deg is None else f"{plain(self.bearing_deg)}°",
        ]
        return " · ".join(part for part in way if part)


def plain(number: Decimal | None) -> str:
    """A measure as people write it: no empty decimals, no powers of ten."""
    return "–" if number is None else f"{number.normalize():f}"
