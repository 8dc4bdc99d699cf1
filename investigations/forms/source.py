"""Sources as they are typed in: what the team may know, who they are, and why that is opened."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RecordForm
from investigations.models import Particulars, Purpose, Source
from investigations.models.identity import FIELDS
from investigations.models.source import GUARDED, ConsentScope

SECRET = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}
"""Nothing of it is remembered, suggested or sent to a spelling service by the browser."""
LONG = ("address", "relation", "remarks")


class SourceFactsForm(RecordForm[Source]):
    """What the team may know of a source."""

    consent_scopes = forms.MultipleChoiceField(
        label=_("Consents to sharing with"),
        choices=ConsentScope,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Source
        fields = [
            *("informed_consent", "consent_scopes", "may_withdraw"),
            *("protection", "needs_second_person", "interested_party", "remarks"),
        ]
        widgets = {"remarks": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "needs_second_person": _("Always so for whoever is protected. It cannot be undone."),
            "remarks": _("The whole team reads this: write nothing that tells who it is."),
        }

    def clean(self) -> dict[str, Any]:
        """Whoever is protected is looked up by two people, ticked or not."""
        told = super().clean() or self.cleaned_data
        if told.get("protection") in GUARDED:
            told["needs_second_person"] = True
        return told


class NewSourceForm(SourceFactsForm):
    """The same, with what the pseudonym and the circle of readers are made from."""

    compartments = forms.MultipleChoiceField(
        label=_("Only for readers in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For others there is no such source. Leave it open for the whole team."),
    )

    class Meta(SourceFactsForm.Meta):
        fields = ["kind", *SourceFactsForm.Meta.fields]

    def __init__(self, *args: Any, compartments: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["compartments"]
        own.choices = [(code, code) for code in sorted(compartments)]
        if not compartments:
            del self.fields["compartments"]


class IdentityForm(forms.Form):
    """Who a source is; what is known already is not shown, and stays where nothing is typed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FIELDS.items():
            lines = {"rows": "2"} if name in LONG else {}
            widget = forms.Textarea({**SECRET, **lines}) if lines else forms.TextInput(SECRET)
            self.fields[name] = forms.CharField(
                label=str(label), required=False, max_length=2000, widget=widget
            )

    def particulars(self) -> Particulars:
        """What was typed."""
        return Particulars(**{name: self.cleaned_data[name] for name in FIELDS})


class OpeningForm(forms.Form):
    """Why an identity is opened."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("It is kept for good: do not name the person."),
    )


class ErasureForm(forms.Form):
    """Why an identity is to be erased for good."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("It is kept for good: do not name the person."),
    )
