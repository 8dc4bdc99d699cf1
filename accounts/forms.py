"""What a person may type about themselves, and how they prove who they are."""

from typing import Any

from allauth.account.fields import SetPasswordField
from allauth.account.forms import (
    ChangePasswordForm as PlainChangePasswordForm,
)
from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordKeyForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import Compartment, User
from core.errors import Refused
from core.zones import ZONE_CHOICES

LONGEST_PASSWORD = 1024
AT_LEAST = _("At least 12 characters; a few words that only you would string together do well.")


def secret(label: Any, keeper: str) -> forms.CharField:
    """A password as it is typed: never shown again, blanks kept, pasting and keepers welcome."""
    widget = forms.PasswordInput({"autocomplete": keeper})
    return forms.CharField(label=label, strip=False, max_length=LONGEST_PASSWORD, widget=widget)


def new_secret(label: Any) -> SetPasswordField:
    """A password that is to be: long enough, and none of those that everybody takes."""
    field = SetPasswordField(label=label, max_length=LONGEST_PASSWORD, help_text=AT_LEAST)
    field.widget.attrs = {"autocomplete": "new-password"}
    return field


def code(label: Any) -> forms.CharField:
    """A code from an app or from paper."""
    words = {"autocomplete": "one-time-code", "autofocus": True, "inputmode": "numeric"}
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(words))


class SignInForm(LoginForm):
    """Name and password, asked for as browsers' password keepers expect."""

    password = secret(_("Password"), "current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"autofocus": True, "autocomplete": "username webauthn", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=_("User name or e-mail address"), max_length=254, widget=forms.TextInput(words)
        )
        self.order_fields(["login", "password"])


class ProfileForm(forms.ModelForm[User]):
    """How the product looks and speaks to one person."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONE_CHOICES)

    class Meta:
        model = User
        fields = ["language", "time_zone", "theme", "density", "keyboard"]


class ChangePasswordForm(PlainChangePasswordForm):
    """The password in use, and twice the new one."""

    oldpassword = secret(_("Current password"), "current-password")
    password1 = new_secret(_("New password"))
    password2 = secret(_("The new password again"), "new-password")


class ChoosePasswordForm(ResetPasswordKeyForm):
    """Twice a new password, by whoever holds the link that was sent."""

    password1 = new_secret(_("New password"))
    password2 = secret(_("The new password again"), "new-password")

    def save(self) -> None:
        """Set it; the line in the ledger stands in the same transaction."""
        with transaction.atomic():
            super().save()
            services.note_password_changed(self.user, by=self.user)


class ConfirmPasswordForm(ReauthenticateForm):
    """One's own password once more, before something important."""

    password = secret(_("Password"), "current-password")


class CodeForm(AuthenticateForm):
    """A code of the authenticator app, or a recovery code; each is good once."""

    code = code(_("Code of your app, or a recovery code"))

    def clean_code(self) -> str:
        return once(self.user, super().clean_code(), self.authenticator.type)


class ConfirmCodeForm(ReauthenticateByCodeForm):
    """A code once more, before something important."""

    code = code(_("Code of your app, or a recovery code"))

    def clean_code(self) -> str:
        return once(self.user, super().clean_code(), self.authenticator.type)


class FirstCodeForm(ActivateTOTPForm):
    """The first code of an authenticator app, which proves that it was set up."""

    code = code(_("Code that the app shows"))

    def clean_code(self) -> str:
        return once(self.user, super().clean_code(), Authenticator.Type.TOTP)


def once(user: User, typed: str, kind: str) -> str:
    """The code, unless it is one of an app that was used before."""
    if kind == Authenticator.Type.TOTP and not services.spend_code(user, typed):
        raise get_adapter().validation_error("incorrect_code")
    return typed


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: its name, and whether it opens the door by itself."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Signs me in without a password"),
        required=False,
        initial=True,
        help_text=_("The device then asks for your finger, your face or its PIN."),
    )


class ResetForm(forms.Form):
    """The address to which a link for a new password is sent."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autofocus": True}),
    )


class PersonForm(UserChangeForm[User]):
    """A person as an administrator edits them: nobody gives themselves more."""

    by: User
    compartments = forms.MultipleChoiceField(
        label=_("compartments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They read what bears these, clearance permitting."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("compartments"):
            held = [(code, code) for code in self.instance.compartments]
            known = [(row.code, str(row)) for row in Compartment.objects.all()]
            field.choices = [*known, *(one for one in held if one[0] not in dict(known))]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        try:
            services.require_another_for_more(self.instance, by=self.by)
        except Refused as refusal:
            self.add_error(None, str(refusal))
