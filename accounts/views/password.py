"""Changing one's password, and getting a new one by e-mail when it is forgotten."""

from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts import services
from accounts.forms import ResetForm
from accounts.http import SignedInRequest
from accounts.policy import PUBLIC, SIGNED_IN, open_to
from accounts.views.guarded import View, anybody, signed_in, slow_to_guess, too_many
from core.addresses import client_address
from core.security_log import note

CHANGE: View = PasswordChangeView.as_view(template_name="accounts/password_change.html")
CHOOSE: View = PasswordResetFromKeyView.as_view(
    template_name="accounts/password_choose.html",
    success_url=reverse_lazy("accounts:password_done"),
)


@open_to(SIGNED_IN)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@slow_to_guess("password", signed_in)
@transaction.atomic
def password_change(request: SignedInRequest) -> HttpResponse:
    """Give oneself another password; every other session ends."""
    if not request.user.has_usable_password():
        raise PermissionDenied
    answer = CHANGE(request)
    if request.method == "POST" and answer.status_code == 302:
        services.note_password_changed(request.user, by=request.user)
        note("password.changed", request)
    return answer


@open_to(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; whether there is such an account shows neither in words nor in time."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and settings.EMAIL_HOST and form.is_valid():
        entry = services.Entry("reset", form.cleaned_data["email"].lower(), client_address(request))
        if wait := services.count_entry(entry):
            return too_many(request, "reset", wait)
        note("password.reset_asked", request)
        services.ask_for_reset(form.cleaned_data["email"])
        return render(request, "accounts/password_asked.html")
    context = {"form": form, "by_mail": bool(settings.EMAIL_HOST)}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/password_forgotten.html", context, status=status)


@open_to(PUBLIC)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@slow_to_guess("reset", anybody)
def password_choose(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Choose a password with the link that was sent; it works once, for an hour."""
    return CHOOSE(request, uidb36=uidb36, key=key)


@open_to(PUBLIC)
@require_GET
def password_done(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/password_done.html")
