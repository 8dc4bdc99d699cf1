"""Actors as they are typed in; nothing here says how guilty anybody is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models import Actor
from core.forms import RecordForm, day
from investigations.models import Case, Duty, Membership
from investigations.models.membership import DUTIES

ANALYSTS = [role for role, duties in DUTIES.items() if Duty.ANALYSE in duties]


class ActorForm(RecordForm[Actor]):
    """What is said of an actor."""

    fieldsets = [
        (_("Names"), ["name", "native_name"]),
        (_("What it is"), ["kind", "sensitivity", "country"]),
        (_("Activity"), ["active_from", "active_to", "remarks"]),
    ]

    class Meta:
        model = Actor
        fields = [
            "name",
            "native_name",
            "kind",
            "sensitivity",
            "country",
            "active_from",
            "active_to",
            "remarks",
        ]
        widgets = {
            "active_from": day(),
            "active_to": day(),
        }
        help_texts = {
            "remarks": _("Facts with their source. Judgements belong in hypotheses and findings."),
        }


class NewActorForm(ActorForm):
    """The same, with the case it is entered in."""

    case = forms.ModelChoiceField(Case.objects.none(), label=_("Case"))
    fieldsets = [
        (_("Case"), ["case"]),
        (_("Names"), ["name", "native_name"]),
        (_("What it is"), ["kind", "sensitivity", "country"]),
        (_("Activity"), ["active_from", "active_to", "remarks"]),
    ]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["case"].queryset = analysed_by(user)  # type: ignore[attr-defined]


def analysed_by(user: User) -> Any:
    """The cases in which `user` may analyse."""
    places = Membership.objects.current().filter(user=user, roles__overlap=ANALYSTS)
    return Case.objects.visible_to(user).filter(pk__in=places.values("case"))
