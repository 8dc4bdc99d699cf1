"""One's second factors: an authenticator app, passkeys, recovery codes."""

from functools import wraps
from typing import Any

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import services
from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from accounts.views.guarded import View, signed_in, slow_to_guess
from core.security_log import note

SECURITY = reverse_lazy("accounts:security")
APP_ADD: View = ActivateTOTPView.as_view(template_name="accounts/app_add.html")
APP_REMOVE: View = DeactivateTOTPView.as_view(template_name="accounts/app_remove.html")
PASSKEY_ADD: View = AddWebAuthnView.as_view(template_name="accounts/passkey_add.html")
PASSKEY_REMOVE: View = RemoveWebAuthnView.as_view(
    template_name="accounts/passkey_remove.html", success_url=SECURITY
)
CODES: View = ViewRecoveryCodesView.as_view(template_name="accounts/recovery_codes.html")
CODES_RENEW: View = GenerateRecoveryCodesView.as_view(
    template_name="accounts/recovery_codes_renew.html"
)


def kinds(request: SignedInRequest) -> dict[int, str]:
    """The second factors there are: their keys, and of which kind each is."""
    return dict(Authenticator.objects.filter(user=request.user).values_list("pk", "type"))


def noting_changes(view: View) -> View:
    """Write down, in the same transaction, which second factors came and went."""

    @wraps(view)
    @transaction.atomic
    def respond(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = kinds(request)
        try:
            answer = view(request, *args, **kwargs)
        except ReauthenticationRequired as too_long_ago:
            return asked_once_more(request, too_long_ago)
        after = kinds(request)
        added = [after[key] for key in after.keys() - before.keys()]
        removed = [before[key] for key in before.keys() - after.keys()]
        if added or removed:
            services.note_factors_changed(
                request.user, by=request.user, added=added, removed=removed
            )
            note("factor.changed", request, added=",".join(added), removed=",".join(removed))
        return answer

    return respond


def asked_once_more(request: SignedInRequest, too_long_ago: Exception) -> HttpResponse:
    """Where the library sends whoever gave a password too long ago, to go on from there.

    It would itself, but for forms that are done once: what fails in those it never hears of.
    """
    library: Any = AccountMiddleware(lambda _request: HttpResponse())
    answer: HttpResponse = library.process_exception(request, too_long_ago)
    return answer


@open_to(SIGNED_IN)
@never_cache
@require_GET
def security(request: SignedInRequest) -> HttpResponse:
    """How one's account is guarded, and what else could guard it."""
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at")
    of = {kind: [each for each in factors if each.type == kind] for kind in Authenticator.Type}
    codes = of[Authenticator.Type.RECOVERY_CODES]
    context = {
        "app": of[Authenticator.Type.TOTP],
        "passkeys": [{"row": each, "name": each.wrap().name} for each in of["webauthn"]],
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "required": services.lacks_second_factor(request.user),
    }
    return render(request, "accounts/security.html", context)


@open_to(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "POST"])
@slow_to_guess("code", signed_in)
@noting_changes
def app_add(request: SignedInRequest) -> HttpResponse:
    return APP_ADD(request)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@noting_changes
def app_remove(request: SignedInRequest) -> HttpResponse:
    return APP_REMOVE(request)


@open_to(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "POST"])
@noting_changes
def passkey_add(request: SignedInRequest) -> HttpResponse:
    return PASSKEY_ADD(request)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@noting_changes
def passkey_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    return PASSKEY_REMOVE(request, pk=pk)


@open_to(SIGNED_IN)
@never_cache
@require_GET
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    return CODES(request)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@noting_changes
def recovery_codes_renew(request: SignedInRequest) -> HttpResponse:
    return CODES_RENEW(request)
