"""Offers to companies to answer, and what came of them, as they are written down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import day, local_moment
from evidence.forms.lab_exam import documents_of
from evidence.models import RightOfReply, TraceRequest
from evidence.models.trace_words import OfferState


class OfferForm(forms.ModelForm[RightOfReply]):
    """To whom an answer was offered, how, and on what."""

    fieldsets = [
        (_("The company"), ["company", "channel", "address", "trace"]),
        (_("The offer"), ["text", "offered_at", "due"]),
    ]

    class Meta:
        model = RightOfReply
        fields = ["company", "channel", "address", "trace", "text", "offered_at", "due"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "offered_at": local_moment(),
            "due": day(),
        }
        help_texts = {"offered_at": _("In your own time zone.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        traces: Any = self.fields["trace"]
        seen = TraceRequest.objects.visible_to(user).filter(case=self.instance.case)
        traces.queryset = seen.order_by("ref")


class SettleForm(forms.Form):
    """What came of it."""

    ENDS = (OfferState.ANSWERED, OfferState.DECLINED, OfferState.NO_ANSWER)

    state = forms.ChoiceField(
        label=_("What came of it"), choices=[(end.value, end.label) for end in ENDS]
    )
    answered_at = forms.DateTimeField(
        label=_("Answered"), required=False, widget=local_moment(), help_text=_("Empty: now.")
    )
    answer = forms.CharField(
        label=_("Answer"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    answer_file = forms.ModelChoiceField(
        TraceRequest.objects.none(), label=_("Letter"), required=False
    )

    def __init__(self, *args: Any, offer: RightOfReply, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters: Any = self.fields["answer_file"]
        letters.queryset = documents_of(offer.case, user)
