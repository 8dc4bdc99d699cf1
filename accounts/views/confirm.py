"""Proving once more that it is oneself, before anything that guards the account is changed."""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from accounts.views.guarded import View, leads_to_the_door, signed_in, slow_to_guess

BY_PASSWORD: View = ReauthenticateView.as_view(template_name="accounts/confirm.html")
BY_CODE: View = ReauthenticateByCodeView.as_view(template_name="accounts/confirm.html")
BY_PASSKEY: View = ReauthenticateWebAuthnView.as_view(template_name="accounts/confirm_passkey.html")


@open_to(SIGNED_IN)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@slow_to_guess("password", signed_in)
def by_password(request: SignedInRequest) -> HttpResponse:
    return BY_PASSWORD(request)


@open_to(SIGNED_IN)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@slow_to_guess("code", signed_in)
def by_code(request: SignedInRequest) -> HttpResponse:
    return BY_CODE(request)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def by_passkey(request: SignedInRequest) -> HttpResponse:
    answer = checked(request)
    return redirect(request.get_full_path()) if leads_to_the_door(answer) else answer


@slow_to_guess("passkey", signed_in)
def checked(request: SignedInRequest) -> HttpResponse:
    return BY_PASSKEY(request)
