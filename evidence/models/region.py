"""Regions of a picture: where on it something is seen, in per mille of its width and height."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SIDES = ("left", "top", "width", "height")
WHOLE = 1000  # per mille
FEWEST_CORNERS, MOST_CORNERS = 3, 100

Region = Mapping[str, Any]
"""A box {"left", "top", "width", "height"}, or an outline {"corners": [[x, y], …]}."""


def require_region(region: object) -> None:
    """Refuse what is no box and no outline within the picture."""
    if isinstance(region, dict) and set(region) == set(SIDES):
        require_box(region)
    elif isinstance(region, dict) and set(region) == {"corners"}:
        require_outline(region["corners"])
    else:
        raise ValidationError(
            _("A region is a box with left, top, width and height, or an outline with corners.")
        )


def require_box(box: Region) -> None:
    """Whole numbers, some width and height, and nothing outside the picture."""
    if not all(is_per_mille(box[side]) for side in SIDES):
        raise ValidationError(_("A region is measured in whole per mille, from 0 to 1000."))
    if not (box["width"] and box["height"]):
        raise ValidationError(_("A region has a width and a height."))
    if box["left"] + box["width"] > WHOLE or box["top"] + box["height"] > WHOLE:
        raise ValidationError(_("The region reaches beyond the picture."))


def require_outline(corners: object) -> None:
    """Three to a hundred corners, each within the picture."""
    if not isinstance(corners, list) or not FEWEST_CORNERS <= len(corners) <= MOST_CORNERS:
        raise ValidationError(_("An outline has from 3 to 100 corners."))
    for corner in corners:
        if not (isinstance(corner, list) and len(corner) == 2 and all(map(is_per_mille, corner))):
            raise ValidationError(_("Each corner is two whole numbers from 0 to 1000."))


def is_per_mille(value: object) -> bool:
    """True for a whole number from 0 to 1000; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= WHOLE


def corners_of(region: Region) -> list[tuple[int, int]]:
    """The corners of a region, in order."""
    if "corners" in region:
        return [(x, y) for x, y in region["corners"]]
    left, top, width, height = (region[side] for side in SIDES)
    right, bottom = left + width, top + height
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def box_of(region: Region) -> dict[str, int]:
    """The smallest box that holds a region."""
    columns, rows = zip(*corners_of(region), strict=True)
    left, top = min(columns), min(rows)
    return {"left": left, "top": top, "width": max(columns) - left, "height": max(rows) - top}


def outline_text(region: Region) -> str:
    """The corners as text, `x,y x,y …`: for pages, and for whoever types them."""
    return " ".join(f"{x},{y}" for x, y in corners_of(region))
