"""What is scanned and said in a stock-take."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.forms.custody import happened


class ScanForm(forms.Form):
    """One label: a hand scanner types it and presses Enter."""

    scanned = forms.CharField(
        label=_("Scan a label, or type case and number"),
        max_length=300,
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "off", "autocapitalize": "off", "data-takes-focus": ""}
        ),
    )


class LostForm(forms.Form):
    """Why an exhibit counts as lost."""

    reason = forms.CharField(
        label=_("What was done to find it"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    at = happened()


class FoundForm(forms.Form):
    """Where and how what was lost was found."""

    place = forms.CharField(label=_("Where it was found"), max_length=200)
    condition = forms.CharField(label=_("Condition"), max_length=300)
    seal = forms.CharField(
        label=_("Number of the seal on it"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    at = happened()
