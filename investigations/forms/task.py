"""A task, as it is typed in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import RecordForm, day
from investigations.models import Case, Task


class TaskForm(forms.Form):
    """What is to be done, by whom and by when."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ModelChoiceField(
        label=_("Who"), required=False, queryset=User.objects.none(), empty_label=_("nobody yet")
    )
    due = forms.DateField(label=_("Due"), required=False, widget=day())

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = team_of(case)  # type: ignore[attr-defined]


class TaskEditForm(RecordForm[Task]):
    """The same, said otherwise."""

    class Meta:
        model = Task
        fields = ["title", "owner", "due"]
        widgets = {"due": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset, owner.empty_label = team_of(self.instance.case), _("nobody yet")


def team_of(case: Case) -> QuerySet[User]:
    """Those who work on a case, by name."""
    team = User.objects.filter(memberships__in=case.memberships.current())
    return team.order_by("display_name")
