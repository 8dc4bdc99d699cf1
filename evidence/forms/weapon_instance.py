"""Weapons that were found, as they are described: exactly as seen, with their measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.folding import fold
from catalogue.models import Guidance, WeaponModel, WeaponRole
from core.forms import RecordForm
from evidence.forms.known import ExhibitsField
from evidence.models import Item, WeaponInstance
from evidence.models.weapon_instance import WeaponInstanceQuerySet
from investigations.models import Incident

MARKED = ["name_as_marked", "tail_number", "production_number", "powerplant"]
AS_SEEN = forms.TextInput({"autocomplete": "off", "spellcheck": "false"})


class WeaponModelField(forms.CharField):
    """A weapon model of the catalogue, by its name or another name that only it has."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return WeaponModel.objects.filter(pk=value).values_list("name", flat=True).first()

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))

    def clean(self, value: Any) -> Any:
        """The one model called so."""
        name = super().clean(value)
        if not name:
            return None
        exact = WeaponModel.objects.filter(folded_name=fold(name)[:160])
        found = list(exact or WeaponModel.objects.named(name)[:2])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            _("The catalogue has no one model of this name. Look it up there, or leave it empty.")
        )


class WeaponInstanceForm(RecordForm[WeaponInstance]):
    """What was observed of a weapon, and which exhibits are parts of it."""

    model = WeaponModelField(
        label=_("Weapon model"),
        required=False,
        max_length=160,
        help_text=_("Its name in the catalogue. Leave it empty until something speaks for it."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Wings and rotors"),
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
    fieldsets = [
        (_("What it consists of"), ["exhibits"]),
        (_("As marked"), MARKED),
        (_("As observed"), ["type", "propulsion", "roles", "guidance", "variant_features"]),
        (_("As measured"), ["wingspan_m", "length_m", "takeoff_mass_kg", "tolerance_pct"]),
        (_("What it is held to be"), ["model", "model_confidence", "model_basis"]),
    ]

    class Meta:
        model = WeaponInstance
        fields = [
            *MARKED,
            *("type", "propulsion", "roles", "guidance", "variant_features"),
            *("wingspan_m", "length_m", "takeoff_mass_kg", "tolerance_pct"),
            *("model", "model_confidence", "model_basis"),
        ]
        widgets = dict.fromkeys(MARKED, AS_SEEN) | {
            "variant_features": forms.Textarea(attrs={"rows": 3}),
            "model_basis": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exhibits"] = ExhibitsField(
            self.instance.case,
            self.user,
            label=_("Exhibits"),
            required=False,
            help_text=_("Their numbers, separated by commas; their parts go with them."),
        )
        if not self.instance._state.adding:
            seen = Item.objects.visible_to(self.user).filter(weapons=self.instance)
            numbers = seen.order_by("exhibit_no").values_list("exhibit_no", flat=True)
            self.initial["exhibits"] = ", ".join(numbers)


class WeaponInstanceFilterForm(forms.Form):
    """Which weapons to list; what cannot be understood is left out."""

    incident = forms.ModelChoiceField(
        Incident.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident"].queryset = Incident.objects.visible_to(user)  # type: ignore[attr-defined]

    def narrow(self, rows: WeaponInstanceQuerySet) -> WeaponInstanceQuerySet:
        """Only those of the incident asked for."""
        self.is_valid()
        incident = self.cleaned_data.get("incident")
        return rows.filter(incident=incident) if incident else rows
