"""Follow-ups as they are typed in, and what came of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attribution.models import FollowUp
from core.forms import RecordForm, day
from investigations.models.membership import READERS


class FollowUpForm(RecordForm[FollowUp]):
    """What is to be looked at again, what triggers it, by whom and by when."""

    class Meta:
        model = FollowUp
        fields = ["trigger", "task", "owner", "due"]
        widgets = {"task": forms.TextInput({"dir": "auto"}), "due": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = self.instance.case.memberships.current().filter(roles__overlap=READERS)
        owner: Any = self.fields["owner"]
        owner.queryset = User.objects.filter(memberships__in=places).order_by("display_name")


class OutcomeForm(forms.Form):
    """How a follow-up ended."""

    outcome = forms.CharField(
        label=_("What came of it"), widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )
