"""Regions to be taken out of a picture, drawn or typed, each with its reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.forms.region import LABELS
from evidence.models.digital_words import RedactionReason
from evidence.models.region import SIDES, WHOLE


class RegionForm(forms.Form):
    """One box in per mille, and why it goes; a row left empty is none."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in SIDES:
            self.fields[side] = forms.IntegerField(
                label=LABELS[side],
                min_value=0,
                max_value=WHOLE,
                widget=forms.NumberInput({"data-side": side}),
            )
        self.fields["reason"] = forms.ChoiceField(
            label=_("Why"), choices=[("", "–"), *RedactionReason.choices]
        )


class _Regions(forms.BaseFormSet[RegionForm]):
    """All regions of one picture."""

    def regions(self) -> list[dict[str, Any]]:
        """The boxes that were marked."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data]

    def add_error(self, field: str | None, error: Any) -> None:
        """A refusal is told above the rows."""
        self.non_form_errors().append(error)


RegionFormSet: Any = forms.formset_factory(RegionForm, formset=_Regions, extra=8, max_num=50)
