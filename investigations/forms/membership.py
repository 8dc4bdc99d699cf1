"""Admitting somebody to a case, as it is typed in."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import day
from investigations.models import Role
from investigations.models.membership import GRANTED, colleagues_of


class PersonField(forms.ModelChoiceField[User]):
    """A colleague, named as a person would find them."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj} ({obj.username})" if str(obj) != obj.username else obj.username


class MemberForm(forms.Form):
    """Who is to work on the case, and as what.

    One is shown the people of one's own agency and of one's own cases; somebody of another agency
    is named by the user name they gave.
    """

    user = PersonField(label=_("Who"), queryset=User.objects.none(), required=False)
    username = forms.CharField(
        label=_("Somebody of another agency"),
        max_length=150,
        required=False,
        help_text=_("Their exact user name: the people of other agencies are not listed."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role, Role(role).label) for role in GRANTED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choosing somebody who is on the team already replaces their roles."),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=day(),
        help_text=_("The last day of the place: the access ends by itself at its end."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["user"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = colleagues_of(by).order_by("display_name", "username")

    def clean_until(self) -> datetime | None:
        """The end of that day, by the clock of whoever admits."""
        last: date | None = self.cleaned_data["until"]
        if last is None:
            return None
        try:
            return timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
        except OverflowError:
            words = _("Check the year: it lies outside of what can be meant.")
            raise forms.ValidationError(words) from None

    def clean(self) -> dict[str, Any]:
        """Exactly one person, chosen from the list or named."""
        said = dict(super().clean() or {})
        named = said.pop("username", "").strip()
        if bool(named) == bool(said.get("user")) and "user" not in self.errors:
            self.add_error("user", _("Choose one person, or name one of another agency."))
        elif named:
            said["user"] = User.objects.filter(is_active=True, username=named).first()
            if said["user"] is None:
                self.add_error("username", _("Nobody who may sign in has this user name."))
        return said
