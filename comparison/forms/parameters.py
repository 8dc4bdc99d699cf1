"""What an administrator types to propose another version of the method's parameters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comparison import services
from comparison.methods.bounds import BOUNDS, ERROR, Bound
from comparison.models import ParameterSet
from core.errors import Refused

MEANINGS = {
    "minimum_recoveries": _("Recoveries below which no figure is given"),
    "minimum_serials": _("Serials that must be known before their range is used"),
    "feature_cap": _("Most that one feature may say (ratio)"),
    "total_cap": _("Most that all features together may say (ratio)"),
    "label_cap": _("Most that agreement may say which a copied label shows too (ratio)"),
    "unexplained_cap": _("Most that is said while a difference is unexplained (ratio)"),
    "batch_scale": _("Size of a batch, in serial numbers"),
    "batch_weight": _("Share of near serials that come from one batch"),
    "category_differs": _("Factor when the kind of component differs"),
    "maker_differs": _("Factor when the maker differs"),
    "part_differs": _("Factor when the part number differs"),
    "lot_differs": _("Factor when the lot differs"),
    "construction_differs": _("Factor when the construction differs"),
    "date_differs": _("Factor when the date codes lie far apart"),
    "proposal_floor": _("Ratio above which a pair is put before an examiner"),
    "promise_floor": _("Agreement (log10) above which a pair with a difference is proposed"),
    "earliest_year": _("Earliest year that a date code may mean"),
    "latest_year": _("Latest year that a date code may mean"),
    "date_tolerance_days": _("Days within which two date codes are alike"),
    "measure_tolerance": _("Share by which two sizes or masses may differ"),
}
ERRORS = {
    "double-read": _("Chance of a misreading when two people read it"),
    "single-read": _("Chance of a misreading when one person read it"),
    "ocr": _("Chance of a misreading when only a machine read it"),
}


def number_field(meaning: Any, bound: Bound) -> forms.Field:
    """A number that says between what it must lie."""
    said = f"{bound.low:g} – {bound.high:g}"
    if bound.whole:
        low, high = int(bound.low), int(bound.high)
        return forms.IntegerField(label=meaning, min_value=low, max_value=high, help_text=said)
    widget = forms.NumberInput(attrs={"step": "any"})
    return forms.FloatField(
        label=meaning, min_value=bound.low, max_value=bound.high, help_text=said, widget=widget
    )


NUMBERS = {name: number_field(meaning, BOUNDS[name]) for name, meaning in MEANINGS.items()}
NUMBERS |= {f"error-{reading}": number_field(label, ERROR) for reading, label in ERRORS.items()}
Numbers: Any = type("Numbers", (forms.Form,), dict(NUMBERS))


class ParameterForm(Numbers, forms.ModelForm[ParameterSet]):  # type: ignore[misc]
    """All parameters, filled in as they are in force; what is changed is proposed."""

    scale_version = forms.CharField(label=_("Name of the verbal scale"), max_length=40)
    scale_bounds = forms.CharField(
        label=_("Upper bounds of its words, from no support to very strong"),
        help_text=_("Six rising numbers above 1 with spaces between."),
    )
    groups = forms.JSONField(
        label=_("Group of each feature"),
        help_text=_("Of features in one group only the strongest is counted."),
    )

    class Meta:
        model = ParameterSet
        fields = ["name", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = services.current_parameters().to_json()
        errors = current.pop("transcription_errors")
        bounds = " ".join(f"{bound:g}" for bound in current.pop("scale_bounds"))
        self.initial.update({f"error-{reading}": errors.get(reading) for reading in ERRORS})
        self.initial.update({**current, "scale_bounds": bounds})

    def clean_scale_bounds(self) -> list[float]:
        """The six numbers."""
        try:
            bounds = [float(each) for each in self.cleaned_data["scale_bounds"].split()]
        except ValueError:
            bounds = []
        if len(bounds) != 6:
            raise ValidationError(gettext("Six rising numbers above 1 with spaces between."))
        return bounds

    def clean(self) -> dict[str, Any]:
        """What nobody could propose is told here, beside what was typed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                services.checked_proposal(cleaned["name"], self.changes)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """The values as the method names them."""
        typed = self.cleaned_data
        values = {name: typed[name] for name in (*MEANINGS, "scale_version", "groups")}
        errors = {reading: typed[f"error-{reading}"] for reading in ERRORS}
        return values | {"transcription_errors": errors, "scale_bounds": typed["scale_bounds"]}
