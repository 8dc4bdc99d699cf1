"""Calibrating a photo: a line along its scale bar, drawn or typed in pixels, and its length."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.models import Calibration


class CalibrationForm(forms.ModelForm[Calibration]):
    """Where the line begins and ends, and how long it is in the world."""

    class Meta:
        model = Calibration
        fields = ["from_x", "from_y", "to_x", "to_y", "length_mm"]
        help_texts = {"length_mm": _("What the scale bar says between the two ends.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["data-end"] = name

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return {
            "start": (typed["from_x"], typed["from_y"]),
            "end": (typed["to_x"], typed["to_y"]),
            "length_mm": typed["length_mm"],
        }
