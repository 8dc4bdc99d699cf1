"""Taking parts off an exhibit, and saying which exhibits belong together."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models import Item
from evidence.services import Part

AT_ONCE = 6


class SplitForm(forms.Form):
    """Why, and up to six parts; more can be taken off by splitting again."""

    reason = forms.CharField(label=_("Why"), max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", item.version)
        self.fieldsets: list[tuple[Any, list[str]]] = [(_("Splitting"), ["reason"])]
        for number in range(1, AT_ONCE + 1):
            self.offer_part(number)

    def offer_part(self, number: int) -> None:
        """The fields of one part; left empty, there is no such part."""
        names = {name: f"part_{number}_{name}" for name in ("description", "quantity", "mass_g")}
        self.fields[names["description"]] = forms.CharField(
            label=_("What it is"), max_length=300, required=False
        )
        self.fields[names["quantity"]] = forms.IntegerField(
            label=_("Pieces taken"),
            min_value=0,
            required=False,
            help_text=_("Of a counted exhibit; left empty for a part of a single thing."),
        )
        self.fields[names["mass_g"]] = forms.DecimalField(
            label=_("Mass (g)"), min_value=0, max_digits=12, decimal_places=3, required=False
        )
        self.fieldsets.append((_("Part %(number)d") % {"number": number}, list(names.values())))

    def parts(self) -> list[Part]:
        """The parts that were described."""
        typed = self.cleaned_data
        return [
            Part(
                typed[f"part_{number}_description"],
                typed[f"part_{number}_quantity"] or 0,
                typed[f"part_{number}_mass_g"],
            )
            for number in range(1, AT_ONCE + 1)
            if typed[f"part_{number}_description"]
        ]


class JoinForm(forms.Form):
    """Which exhibits are parts of this one, and why that is thought."""

    parts = forms.CharField(
        label=_("Exhibits that belong to it"),
        max_length=500,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Their numbers, with commas between."),
    )
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, item: Item, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = Item.objects.visible_to(user).filter(case=item.case)

    def clean_parts(self) -> list[Item]:
        """The exhibits of these numbers; each must be known."""
        numbers = [part for part in re.split(r"[\s,;]+", self.cleaned_data["parts"]) if part]
        found = {item.exhibit_no: item for item in self.known.filter(exhibit_no__in=numbers)}
        for number in numbers:
            if number not in found:
                raise ValidationError(_("No exhibit of this case has this number.") + f" {number}")
        return list(found.values())


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=500)
