"""Replies to trace requests as they are entered, with the steps of the way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import day, local_moment
from evidence.forms.lab_exam import documents_of
from evidence.models import TraceHop, TraceReply
from investigations.models import Case

ROWS = 8
"""How many steps a form has room for; programs may enter more."""


class HopForm(forms.ModelForm[TraceHop]):
    """One step of the way; a row that says nothing is left out."""

    class Meta:
        model = TraceHop
        fields = ["giver", "taker", "passed_on", "document", "basis"]
        widgets = {"passed_on": day()}

    def _post_clean(self) -> None:
        """The service checks the step as a whole."""


HopFormSet = forms.formset_factory(HopForm, extra=ROWS, max_num=ROWS)


class ReplyForm(forms.ModelForm[TraceReply]):
    """What a recipient answered."""

    fieldsets = [
        (_("The reply"), ["received_at", "outcome", "text", "letter", "confidentiality"]),
        (_("How far it can be relied on"), ["reliability", "credibility"]),
        (
            _("What it says of the component"),
            [
                *("genuine", "made_on", "made_precision", "first_consignee"),
                *("shipped_on", "invoice"),
            ],
        ),
        (_("If there is no answer in it"), ["no_record", "refusal"]),
    ]

    class Meta:
        model = TraceReply
        fields = [
            *("received_at", "outcome", "text", "letter", "confidentiality", "reliability"),
            *("credibility", "genuine", "made_on", "made_precision", "first_consignee"),
            *("shipped_on", "invoice", "no_record", "refusal"),
        ]
        widgets = {
            "received_at": local_moment(),
            "made_on": day(),
            "shipped_on": day(),
            "text": forms.Textarea(attrs={"rows": 5}),
            "confidentiality": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"reliability": _("Source"), "credibility": _("What it says (credibility)")}
        help_texts = {
            "letter": _("A file of this case: no photograph, or with no exhibit."),
            "received_at": _("In your own time zone."),
        }

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters: Any = self.fields["letter"]
        letters.queryset = documents_of(case, user)
        self.hops = HopFormSet(self.data if self.is_bound else None, prefix="hop")

    def clean(self) -> dict[str, Any]:
        if not self.hops.is_valid():
            self.add_error(None, _("Check the steps of the way: some are not complete."))
        return super().clean() or self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        rows = [row for row in self.hops.cleaned_data if row]
        return {**self.cleaned_data, "hops": rows}
