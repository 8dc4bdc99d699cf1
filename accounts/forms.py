"""What a person may type about themselves."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.zones import ZONE_CHOICES


class SignInForm(AuthenticationForm):
    """Name and password, asked for as browsers' password keepers expect."""

    username = forms.CharField(
        label=_("User name"),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username"}),
    )


class ProfileForm(forms.ModelForm[User]):
    """How the product looks and speaks to one person."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONE_CHOICES)

    class Meta:
        model = User
        fields = ["language", "time_zone", "theme", "density", "keyboard"]


class TokenForm(forms.Form):
    """A new API key."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    days = forms.IntegerField(
        label=_("Days it lives"), min_value=1, max_value=365, initial=90, help_text=_("1 to 365")
    )
