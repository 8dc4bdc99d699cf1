"""By what the list of incidents can be narrowed."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import Theatre
from investigations.models import Case
from investigations.models.incident import IncidentQuerySet
from investigations.models.vocabulary import AttackMode, IncidentStatus

ANY = [("", _("any"))]
WORDS_IN = ("ref", "title", "place_name", "place_native", "weapon_as_stated")


class IncidentFilterForm(forms.Form):
    """Which incidents to list, out of those of one's own cases."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    case = forms.ModelChoiceField(
        label=_("Case"), required=False, queryset=Case.objects.none(), empty_label=_("any")
    )
    theatre = forms.ModelChoiceField(
        label=_("Theatre"), required=False, queryset=Theatre.objects.all(), empty_label=_("any")
    )
    attack_mode = forms.ChoiceField(
        label=_("Attack mode"), required=False, choices=[*ANY, *AttackMode.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*ANY, *IncidentStatus.choices]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = Case.objects.visible_to(user)  # type: ignore[attr-defined]

    def narrow(self, rows: IncidentQuerySet) -> IncidentQuerySet:
        """Only the rows asked for; a filter that makes no sense is left out."""
        self.full_clean()
        asked = self.cleaned_data
        if words := asked.get("q"):
            rows = rows.filter(
                Q(*[(f"{name}__icontains", words) for name in WORDS_IN], _connector=Q.OR)
            )
        exact = ("case", "theatre", "attack_mode", "status")
        return rows.filter(**{name: asked[name] for name in exact if asked.get(name)})

    @property
    def narrows(self) -> bool:
        """True when anything is asked for."""
        return any(self.cleaned_data.values())
