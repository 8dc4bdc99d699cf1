"""What a person says of a key before it is drawn, and of a case before it is let out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from core.markings import TLP_ORDER, Tlp
from investigations.models import Case

DOWNLOAD, OFFER = "download", "offer"


class KeyForm(forms.Form):
    """A new API key: what it is for, how far it reaches, how long it lives."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    cases = forms.ModelMultipleChoiceField(
        Case.objects.none(),
        label=_("Only in these cases"),
        required=False,
        help_text=_("None chosen: in all of your cases, those of tomorrow too."),
    )
    days = forms.IntegerField(
        label=_("Days it lives"), min_value=1, max_value=365, initial=90, help_text=_("1 to 365")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = self.fields["cases"]
        if isinstance(cases, forms.ModelMultipleChoiceField):
            cases.queryset = Case.objects.visible_to(user)

    def facts(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        chosen = self.cleaned_data
        return {
            "name": chosen["name"],
            "days": chosen["days"],
            "scopes": chosen["scopes"],
            "case_ids": [case.pk for case in chosen["cases"]],
        }


class StixForm(forms.Form):
    """By which way a case leaves as STIX, up to which marking, and without what is bound."""

    way = forms.ChoiceField(
        label=_("How it leaves"),
        choices=[
            (DOWNLOAD, _("As a file to take away")),
            (OFFER, _("On offer: programs fetch it by TAXII")),
        ],
        initial=DOWNLOAD,
        widget=forms.RadioSelect,
    )
    up_to = forms.ChoiceField(
        label=_("Marked at most"),
        choices=Tlp,
        help_text=_(
            "What is marked beyond it, or stands under a clearance, a compartment or a list of "
            "agencies, stays here."
        ),
    )
    leave_out = forms.BooleanField(
        label=_("Leave out what a caveat keeps here"),
        required=False,
        help_text=_("Otherwise it is refused while an exhibit is under a caveat."),
    )

    def __init__(self, *typed: Any, case: Case, **more: Any) -> None:
        super().__init__(*typed, **more)
        least = TLP_ORDER.index(case.handling.tlp)
        self.fields["up_to"].choices = Tlp.choices[least:]  # type: ignore[attr-defined]
        self.initial.setdefault("up_to", case.handling.tlp)

    def terms(self) -> dict[str, Any]:
        """What the service is to hold to."""
        return {name: self.cleaned_data[name] for name in ("up_to", "leave_out")}


class ArrivalForm(forms.Form):
    """A bundle from elsewhere."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("STIX 2.1 bundle"), help_text=_("A JSON file of at most 2 MB and 5,000 objects.")
    )


class AcceptForm(forms.Form):
    """The title that an attack from elsewhere gets here."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Neutral: what happened, not who did it."),
    )
