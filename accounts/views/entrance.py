"""Signing in and out: the password, the second factor, a passkey, the agency's own sign-in."""

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.adapter import get_adapter as single_sign_on_adapter
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.policy import PUBLIC, SIGNED_IN, open_to
from accounts.views.guarded import View, anybody, as_typed, slow_to_guess, waiting_at_the_door
from core.security_log import note

PASSWORD_PAGE: View = LoginView.as_view(template_name="accounts/sign_in.html")
FACTOR_PAGE: View = AuthenticateView.as_view(template_name="accounts/second_factor.html")
PASSKEY: View = LoginWebAuthnView.as_view()
GO_THERE: View = openid_connect.login
COME_BACK: View = openid_connect.callback


@open_to(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@slow_to_guess("password", as_typed)
def sign_in(request: HttpRequest) -> HttpResponse:
    answer = PASSWORD_PAGE(request)
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        providers = single_sign_on_adapter().list_providers(request)
        answer.context_data |= {"providers": [each.name for each in providers]}
    return answer


@open_to(PUBLIC)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@slow_to_guess("code", waiting_at_the_door)
def second_factor(request: HttpRequest) -> HttpResponse:
    return FACTOR_PAGE(request)


@open_to(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
@slow_to_guess("passkey", anybody)
def passkey(request: HttpRequest) -> HttpResponse:
    return PASSKEY(request)


@open_to(PUBLIC)
@require_GET
def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the agency's own sign-in, to come back signed in or refused."""
    if "process" in request.GET:
        raise Http404
    return GO_THERE(request, provider_id)


@open_to(PUBLIC)
@require_GET
def single_sign_on_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    return COME_BACK(request, provider_id)


@open_to(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    note("signout", request)
    logout(request)
    return redirect("accounts:sign_in")


@open_to(PUBLIC)
@require_GET
def administration_door(request: HttpRequest) -> HttpResponse:
    """The administration has no sign-in of its own: the same door, limits and second factor."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied
    there = request.GET.get("next", "") or resolve_url("admin:index")
    if request.user.is_authenticated:
        return redirect("admin:index")
    return redirect(f"{resolve_url('accounts:sign_in')}?{urlencode({'next': there})}")


@open_to(SIGNED_IN)
@require_GET
def administration_password(request: HttpRequest) -> HttpResponse:
    """Nor has it a page of its own for one's password."""
    return redirect("account_change_password")
