"""Tells the sign-in library our rules: who comes in, what is encrypted, who is linked to whom."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import services
from accounts.models import User, person_known_as
from core.addresses import client_address
from core.security_log import note

SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}
WRONG = gettext_lazy("The name or the password is wrong.")


class Door(DefaultAccountAdapter):
    """Names and passwords: nobody signs themselves up, and every refusal sounds the same."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: administrators admit people."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that our own proxies vouch for."""
        return client_address(request)

    def add_message(self, request: HttpRequest, level: int, *words: Any, **more: Any) -> None:
        """Leave out that one is signed in or out: the page shows it."""
        if not SILENT & {word for word in (*words, *more.values()) if isinstance(word, str)}:
            super().add_message(request, level, *words, **more)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A closed account is refused like a wrong password, whatever it was proved with."""
        self.add_message(request, messages.ERROR, message=str(WRONG))
        return redirect("accounts:sign_in")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page about one's own safety."""
        return reverse("accounts:security")

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:
        """Note who came in, and by which proofs."""
        proofs = request.session.get("account_authentication_methods", [])
        note("signin.succeeded", request, by="+".join(proof["method"] for proof in proofs))
        answer: HttpResponse = super().post_login(request, user, **rest)
        return answer


def vault() -> Fernet:
    """The lock of the seeds of second factors; its key follows from SECRET_KEY."""
    derive = HKDF(SHA256(), length=32, salt=None, info=b"vestige second factors")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))


class Factors(DefaultMFAAdapter):
    """Second factors: their seeds are stored encrypted, passkeys belong to this host."""

    def encrypt(self, text: str) -> str:
        """What is stored of a seed."""
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The seed; after a change of SECRET_KEY a random one, to which no code belongs."""
        try:
            return vault().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())

    def get_totp_label(self, user: User) -> str:
        """What the authenticator app shows beside the code."""
        return user.username

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """A name for the next passkey, until its owner gives it a better one."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that passkeys are made for, under the name of the product."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Vestige"}


class SingleSignOn(DefaultSocialAccountAdapter):
    """The agency's own sign-in opens accounts that exist; it makes none and gives no rights."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: administrators admit people."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link a first visit to the account with the same verified e-mail address, or refuse."""
        if sociallogin.is_existing:
            return
        verified = [each.email for each in sociallogin.email_addresses if each.verified is True]
        user = person_known_as(verified[0]) if verified else None
        if user is None or user.email.lower() != verified[0].lower() or not user.is_active:
            raise ImmediateHttpResponse(
                refused(
                    request,
                    _(
                        "Nobody here has the verified e-mail address that you signed in with. "
                        "Ask an administrator to enter it in your account."
                    ),
                )
            )
        sociallogin.connect(request, user)
        services.note_single_sign_on_linked(user, by=user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **rest: Any) -> None:
        """Say in one sentence that it did not work."""
        raise ImmediateHttpResponse(refused(request, _("The other side did not sign you in.")))


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says why single sign-on let nobody in."""
    note("signin.refused", request, by="single sign-on")
    return render(request, "accounts/not_signed_in.html", {"why": why}, status=403)
