"""What is typed about requests: why not, and why one must read at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from investigations.services.emergency import LONGEST_HOURS


class ReasonForm(forms.Form):
    """Why a request is refused."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class EmergencyForm(forms.Form):
    """Which case, for how long, and why it cannot wait."""

    case_ref = forms.CharField(
        label=_("Reference of the case"),
        max_length=30,
        widget=forms.TextInput(attrs={"placeholder": "VST-2026-0001", "dir": "ltr"}),
    )
    hours = forms.IntegerField(
        label=_("For how many hours"),
        min_value=1,
        max_value=LONGEST_HOURS,
        initial=4,
        help_text=_("1 to 72. It begins when an administrator agrees, and ends by itself."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("An administrator and the lead of the case read it."),
    )
