"""What may be typed about a value that the ledger only commits to."""

from django import forms
from django.utils.translation import gettext_lazy as _

QUIET = {"autocomplete": "off"}


class ValueForm(forms.Form):
    """A sensitive value, and what it is in words that may stay for good."""

    about = forms.CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("It stays in the ledger for good, so it must not name the value."),
        widget=forms.TextInput(attrs=QUIET),
    )
    value = forms.CharField(
        label=_("Value"),
        max_length=2000,
        help_text=_("A name, a number, an address: kept apart, and erased when the law asks."),
        widget=forms.Textarea(attrs={"rows": 3, **QUIET}),
    )


class ValueReasonForm(forms.Form):
    """Why a value is opened, or is to be erased for good."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("It is kept for good: do not name the value."),
        widget=forms.Textarea(attrs={"rows": 2, **QUIET}),
    )
