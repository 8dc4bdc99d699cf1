"""Admitting somebody to a case, as it is typed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from investigations.models import Role
from investigations.models.membership import GRANTED


class PersonField(forms.ModelChoiceField[User]):
    """A colleague, named as a person would find them."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj} ({obj.username})" if str(obj) != obj.username else obj.username


class MemberForm(forms.Form):
    """Who is to work on the case, and as what."""

    user = PersonField(
        label=_("Who"), queryset=User.objects.filter(is_active=True).order_by("display_name")
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role, Role(role).label) for role in GRANTED],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choosing somebody who is on the team already replaces their roles."),
    )
