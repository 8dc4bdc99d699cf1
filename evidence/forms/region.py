"""A region of a photo as it is typed, or drawn for whoever can draw: a box, or corners."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evidence.models.region import SIDES, WHOLE, box_of, outline_text, require_region

LABELS = {
    "left": _("Left (‰)"),
    "top": _("Top (‰)"),
    "width": _("Width (‰)"),
    "height": _("Height (‰)"),
}
CORNER = re.compile(r"(\d{1,4})\s*,\s*(\d{1,4})")


class OutlineField(forms.CharField):
    """Corners as `x,y x,y …`, each from 0 to 1000."""

    def clean(self, value: Any) -> list[list[int]]:
        """The corners as numbers; none for an empty line."""
        text = super().clean(value)
        corners = [[int(x), int(y)] for x, y in CORNER.findall(text)]
        if CORNER.sub("", text).strip():
            raise ValidationError(_("Write each corner as two numbers with a comma: 120,340."))
        return corners


def region_fields() -> dict[str, forms.Field]:
    """Four numbers for a box, and a line for the corners of anything else."""
    fields: dict[str, forms.Field] = {
        side: forms.IntegerField(
            label=LABELS[side],
            min_value=0,
            max_value=WHOLE,
            required=False,
            widget=forms.NumberInput({"data-side": side}),
        )
        for side in SIDES
    }
    fields["outline"] = OutlineField(
        label=_("Corners, if it is no box"),
        required=False,
        max_length=1000,
        widget=forms.TextInput({"dir": "ltr", "data-side": "outline"}),
        help_text=_("Such as 120,340 180,340 150,400, in per mille of width and height."),
    )
    return fields


def region_initial(region: dict[str, Any] | None) -> dict[str, Any]:
    """What the fields show of a stored region."""
    if not region:
        return {}
    box: dict[str, Any] = dict(box_of(region))
    return box | {"outline": outline_text(region)} if "corners" in region else box


def region_typed(typed: dict[str, Any]) -> dict[str, Any] | None:
    """The region that was typed, taken out of the cleaned fields; corners go before a box."""
    box = {side: typed.pop(side, None) for side in SIDES}
    corners = typed.pop("outline", None)
    region: dict[str, Any] | None = None
    if corners:
        region = {"corners": corners}
    elif any(value is not None for value in box.values()):
        region = box
    if region:
        require_region(region)
    return region
