"""The searched area of a site: its outline, what may be told of it, and to whom."""

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.ring import MOST_CORNERS, Ring, WrongRing, extent_m, ring_in, ring_of, signed_area, sketch

COARSE_DECIMALS = 1
"""A tenth of a degree is about 11 km: enough to name a district, too little to find a house."""

SHEET = 100
"""Side of the sketch of an area, in units of its own."""

PROBLEMS: dict[str, str | Promise] = {
    "not-json": _("This is no GeoJSON: it cannot be read as JSON."),
    "not-a-polygon": _("Give a GeoJSON Polygon, or one “latitude, longitude” on each line."),
    "has-holes": _("An area has one outline and no holes."),
    "not-a-position": _("A corner is a latitude and a longitude in decimal degrees."),
    "not-on-earth": _("A corner is not on Earth: latitude is -90 to 90, longitude -180 to 180."),
    "too-few-corners": _("An area has at least three different corners."),
    "too-many-corners": _("An area has at most %(most)s corners."),
    "too-wide": _("The area is wider than 10 degrees. Are latitude and longitude mixed up?"),
    "corner-twice": _("The outline comes to the same corner twice."),
    "crosses-itself": _("The outline crosses or touches itself."),
}


def sentence_of(problem: WrongRing) -> ValidationError:
    """Why an outline cannot be used, and at which corner."""
    said = str(PROBLEMS[problem.code]) % {"most": MOST_CORNERS}
    if problem.corner:
        said += " " + str(_("(corner %(number)s)")) % {"number": problem.corner}
    return ValidationError(said, code=problem.code)


def area_in(text: str) -> list[list[float]] | None:
    """The outline that somebody typed, or none."""
    if not text.strip():
        return None
    try:
        return as_lists(ring_in(text))
    except WrongRing as problem:
        raise sentence_of(problem) from problem


def area_of(told: Any) -> list[list[float]] | None:
    """The outline that a program sent as GeoJSON, or none."""
    if told is None:
        return None
    try:
        return as_lists(ring_of(told))
    except WrongRing as problem:
        raise sentence_of(problem) from problem


def as_lists(ring: Ring) -> list[list[float]]:
    """As JSON keeps it."""
    return [list(corner) for corner in ring]


def is_area(told: Any) -> None:
    """Refuse an outline that is not in its one form, from whichever door it came."""
    if area_of(told) != told:
        raise ValidationError(_("This outline is not in the form in which outlines are kept."))


class Searched(models.Model):
    """The columns of a place that was searched, and whether its whereabouts are guarded."""

    searched_area = models.JSONField(
        _("searched area"), null=True, blank=True, validators=[is_area], editable=False
    )
    sensitive = models.BooleanField(
        _("sensitive place"),
        default=False,
        help_text=_(
            "Reports, exports and whoever does not enter evidence get it to about 11 km, "
            "without its area."
        ),
    )

    class Meta:
        abstract = True

    @property
    def corners(self) -> list[str]:
        """The corners as people read them: latitude, longitude, in degrees."""
        return [f"{lat:.6f}, {lon:.6f}" for lon, lat in (self.searched_area or [])[:-1]]

    @property
    def area_text(self) -> str:
        """How large the area is, in square metres, or hectares from one upwards."""
        if not self.searched_area:
            return ""
        metres = signed_area(self.searched_area)
        return f"{metres / 10_000:,.2f} ha" if metres >= 10_000 else f"{metres:,.0f} m²"

    @property
    def extent_text(self) -> str:
        """How long the sketch's longer side is on the ground."""
        return f"{extent_m(self.searched_area):,.0f} m" if self.searched_area else ""

    @property
    def sketch_points(self) -> str:
        """The outline on a sheet of 100 by 100, as SVG writes points."""
        drawn = sketch(self.searched_area, SHEET) if self.searched_area else []
        return " ".join(f"{x:.2f},{y:.2f}" for x, y in drawn)

    @property
    def geojson(self) -> dict[str, Any] | None:
        """The area as a GeoJSON Polygon (RFC 7946), or none."""
        if not self.searched_area:
            return None
        return {"type": "Polygon", "coordinates": [self.searched_area]}


def digest_of(area: list[list[float]] | None) -> str:
    """An outline as the ledger names it: by its corners' number and its SHA-256, not its place."""
    if not area:
        return ""
    held = hashlib.sha256(json.dumps(area, separators=(",", ":")).encode()).hexdigest()
    return f"{len(area) - 1} corners, SHA-256 {held}"
