"""Loans and exports as they are typed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.forms.custody import happened
from evidence.models import Loan


class LoanForm(forms.ModelForm[Loan]):
    """What is agreed with the party outside; a second person agrees to it."""

    class Meta:
        model = Loan
        fields = ["way", "party", "contact", "country", "purpose", "legal_basis", "due"]
        widgets = {"due": forms.DateInput(attrs={"type": "date"})}
        help_texts = {
            "due": _("Needed for a loan."),
            "country": _("Needed for an export."),
            "legal_basis": _("The agreement, order or law by which it may leave."),
        }


class HandOutForm(forms.Form):
    """In what condition it leaves."""

    condition = forms.CharField(label=_("Condition"), max_length=300, required=False)
    at = happened()


class LoanBackForm(forms.Form):
    """What is read off the package, and how the exhibit is."""

    seal = forms.CharField(
        label=_("Number of the seal on it"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    condition = forms.CharField(label=_("Condition"), max_length=300)
    at = happened()


class ExtendLoanForm(forms.Form):
    """By when it is back then, and why not sooner."""

    due = forms.DateField(label=_("Due back then"), widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class LoanFilterForm(forms.Form):
    """Which loans are listed; what cannot be understood is left out."""

    STATES = [("", _("any")), ("out", _("with others")), ("overdue", _("overdue"))]

    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)
