"""A second reading of a marking, and a machine's reading taken as one, or refused."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models import Component, Proposal
from evidence.models.vocabulary import TEXT_BEARING, MarkingKind, MarkingState, ProposalKind


class SecondReadingForm(forms.Form):
    """What the second reader sees on the photo, without looking at the first reading."""

    as_seen = forms.CharField(
        label=_("What you read"),
        max_length=300,
        widget=forms.TextInput({"dir": "auto", "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Verbatim; write ? for each character that cannot be read."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AcceptForm(forms.Form):
    """On which part it stands, of what kind it is, and how whole it is."""

    component = forms.ModelChoiceField(Component.objects.none(), label=_("Component"))
    kind = forms.ChoiceField(label=_("Kind"), choices=MarkingKind)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[(state.value, state.label) for state in MarkingState if state in TEXT_BEARING],
    )

    def __init__(self, *args: Any, proposal: Proposal, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Component.objects.visible_to(user).filter(item=proposal.file.item_id)
        parts: Any = self.fields["component"]
        parts.queryset = seen.select_related("category", "maker").order_by("id")
        if proposal.kind == ProposalKind.CODE:
            self.initial.setdefault("kind", MarkingKind.BARCODE)


class MisreadForm(forms.Form):
    """Why what the machine read does not stand there."""

    reason = forms.CharField(
        label=_("What is wrong with it"),
        max_length=300,
        help_text=_("Its reading stays to be seen, with your name and your reason."),
    )
