"""By what batches and the table of component models are narrowed."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import ComponentCategory, Theatre
from comparison.models.reading import ReadingQuerySet
from comparison.services.batch import Batch
from core.normalise import normalise
from evidence.models.component import ComponentQuerySet
from investigations.models import Case


class SetFilterForm(forms.Form):
    """Facts to narrow by; what cannot be understood is left out."""

    category = forms.ModelChoiceField(
        ComponentCategory.objects.all(),
        label=_("Kind of component"),
        required=False,
        to_field_name="code",
        empty_label=_("any"),
    )
    theatre = forms.ModelChoiceField(
        Theatre.objects.all(), label=_("Theatre"), required=False, empty_label=_("any")
    )

    @property
    def narrows(self) -> bool:
        """True when anything at all was asked for."""
        return any(self.cleaned_data.values())


class BatchFilterForm(SetFilterForm):
    """Which batches: of which part, which kind, and reaching into which theatre."""

    part = forms.CharField(label=_("Part number"), required=False, max_length=120)

    field_order = ["part", "category", "theatre"]

    def narrow(self, rows: ReadingQuerySet, column: str) -> ReadingQuerySet:
        """Readings of the numberings asked for; a batch reaches beyond them."""
        self.is_valid()
        asked = self.cleaned_data
        rows = rows.exclude(**{column: ""})
        if part := normalise(asked.get("part") or ""):
            rows = rows.filter(**{f"{column}__startswith": f"{part}|"})
        if asked.get("category"):
            rows = rows.filter(category=asked["category"].code)
        if asked.get("theatre"):
            rows = rows.filter(incident__theatre=asked["theatre"])
        return rows

    def wanted(self) -> Callable[[Batch], bool]:
        """Whether a batch of these numberings reaches into the theatre asked for."""
        theatre = self.cleaned_data.get("theatre")
        return lambda batch: theatre is None or theatre in batch.theatres


class CommonalityFilterForm(SetFilterForm):
    """Which components the table counts."""

    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Case"), required=False, empty_label=_("any")
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["case"].queryset = Case.objects.visible_to(user)  # type: ignore[attr-defined]

    def narrow(self, rows: ComponentQuerySet) -> ComponentQuerySet:
        """Only the components that fit what was asked."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if "category" in asked:
            rows = rows.filter(category=asked["category"].code)
        if "theatre" in asked:
            rows = rows.filter(item__incident__theatre=asked["theatre"])
        return rows.filter(case=asked["case"]) if "case" in asked else rows
