"""What may be asked of the reference library, and typed into it."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from catalogue.folding import plain
from catalogue.models import (
    Country,
    Guidance,
    Laboratory,
    Maker,
    NatoClass,
    Propulsion,
    ReviewStatus,
    WeaponModel,
    WeaponRole,
    WeaponType,
)
from catalogue.models.weapon_model import WeaponModelQuerySet
from core.forms import RecordForm, day

ANY = [("", _("any"))]


class WeaponFilterForm(forms.Form):
    """Which weapon models to list."""

    name = forms.CharField(label=_("Name"), required=False, max_length=160)
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[*ANY, *WeaponType.choices])
    country = forms.ModelChoiceField(
        label=_("Country"),
        required=False,
        queryset=Country.objects.filter(designs__isnull=False).distinct(),
        to_field_name="code",
        empty_label=_("any"),
    )
    nato_class = forms.ChoiceField(
        label=_("NATO class"), required=False, choices=[*ANY, *NatoClass.choices]
    )
    propulsion = forms.ChoiceField(
        label=_("Propulsion"), required=False, choices=[*ANY, *Propulsion.choices]
    )
    review_status = forms.ChoiceField(
        label=_("Review"), required=False, choices=[*ANY, *ReviewStatus.choices]
    )

    def narrow(self, rows: WeaponModelQuerySet) -> WeaponModelQuerySet:
        """Only the rows asked for; a filter that makes no sense is left out."""
        self.full_clean()
        asked = self.cleaned_data
        if asked.get("name"):
            rows = rows.named(asked["name"])
        if asked.get("country"):
            rows = rows.tied_to(asked["country"])
        exact = ("type", "nato_class", "propulsion", "review_status")
        return rows.filter(**{name: asked[name] for name in exact if asked.get(name)})


class LinesField(forms.CharField):
    """Several values, one a line: addresses and names hold commas."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [line for line in map(plain, text.splitlines()) if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(list(initial or []) != self.clean(data))


class WeaponForm(forms.ModelForm[WeaponModel]):
    """A model that the library lacks."""

    aliases = LinesField(
        label=_("Other names"), required=False, help_text=_("One a line, in any script.")
    )
    expected_components = LinesField(
        label=_("Components it is known to hold"),
        required=False,
        help_text=_("One part number or model a line, as marked."),
    )
    references = LinesField(
        label=_("References"), required=False, help_text=_("One web address a line.")
    )
    maker = forms.ModelChoiceField(label=_("Maker"), required=False, queryset=Maker.objects.all())
    fieldsets = [
        (_("The model"), ["name", "aliases", "type", "nato_class"]),
        (_("Origin"), ["design_country", "maker"]),
        (
            _("Recognition"),
            ["propulsion", "powerplant", "expected_components", "recognition", "references"],
        ),
    ]

    class Meta:
        model = WeaponModel
        fields = [
            *("name", "aliases", "type", "nato_class", "design_country", "maker"),
            *("propulsion", "powerplant", "expected_components", "recognition", "references"),
        ]
        widgets = {"recognition": forms.Textarea(attrs={"rows": 4})}

    def clean_references(self) -> list[str]:
        addresses: list[str] = self.cleaned_data["references"]
        for address in addresses:
            URLValidator(schemes=["http", "https"])(address)
        return addresses


class LaboratoryForm(RecordForm[Laboratory]):
    """A laboratory, and what it is accredited for."""

    fieldsets = [
        (_("The laboratory"), ["name", "country", "contact"]),
        (
            _("Accreditation"),
            ["accreditation_no", "accredited_by", "accredited_until", "scope"],
        ),
    ]

    class Meta:
        model = Laboratory
        fields = [
            *("name", "country", "contact", "accreditation_no", "accredited_by"),
            *("accredited_until", "scope"),
        ]
        widgets = {"scope": forms.Textarea(attrs={"rows": 3}), "accredited_until": day()}
        help_texts = {"scope": _("The methods and materials that it covers.")}


class CountryAdminForm(forms.ModelForm[Country]):
    """A country, its other names one a line."""

    synonyms = LinesField(label=_("Other names"), required=False)

    class Meta:
        model = Country
        fields = ["code", "iso3", "name", "name_ar", "continent", "synonyms"]


class MakerAdminForm(forms.ModelForm[Maker]):
    """A maker, its other names one a line."""

    aliases = LinesField(label=_("Other names"), required=False)

    class Meta:
        model = Maker
        fields = ["name", "country", "aliases"]


class WeaponAdminForm(forms.ModelForm[WeaponModel]):
    """A weapon model, its lists one a line or as boxes to tick."""

    aliases = LinesField(label=_("Other names"), required=False)
    references = LinesField(label=_("References"), required=False)
    stated_operators = LinesField(label=_("Users named by the source, undated"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=WeaponRole.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    guidance = forms.MultipleChoiceField(
        label=_("Guidance"),
        required=False,
        choices=Guidance.choices,
        widget=forms.CheckboxSelectMultiple,
    )
