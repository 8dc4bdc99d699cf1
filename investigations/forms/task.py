"""A task, as it is typed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import day
from investigations.models import Case


class TaskForm(forms.Form):
    """What is to be done, by whom and by when."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ModelChoiceField(
        label=_("Who"), required=False, queryset=User.objects.none(), empty_label=_("nobody yet")
    )
    due = forms.DateField(label=_("Due"), required=False, widget=day())

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = User.objects.filter(memberships__in=case.memberships.current())
        self.fields["owner"].queryset = team.order_by("display_name")  # type: ignore[attr-defined]
