"""Signing in, and one's own profile, in the browser."""

from uuid import UUID

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import services
from accounts.forms import ProfileForm, SignInForm, TokenForm
from accounts.http import LANGUAGE_COOKIE, LANGUAGES, SignedInRequest
from accounts.models import ApiToken

PROFILE = "accounts/profile.html"


def came_from(request: HttpRequest) -> str:
    """The page to go back to: only ever one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else resolve_url("workspace:home")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(came_from(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("accounts:sign_in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the sign-in page."""
    response = redirect(came_from(request))
    if request.POST.get("language") in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, request.POST["language"], samesite="Lax")
    return response


@login_required
@require_GET
def profile(request: SignedInRequest) -> HttpResponse:
    return show_profile(request)


@login_required
@require_POST
def preferences(request: SignedInRequest) -> HttpResponse:
    known = {name: request.POST[name] for name in ProfileForm.Meta.fields if name in request.POST}
    now = {name: getattr(request.user, name) for name in ProfileForm.Meta.fields}
    if request.POST.get("whole_form"):
        now["keyboard"] = False
    form = ProfileForm({**now, **known})
    if not form.is_valid():
        return show_profile(request, form=form, status=422)
    services.choose_preferences(request.user, **form.cleaned_data)
    return redirect(came_from(request))


@login_required
@require_POST
def token_issue(request: SignedInRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return show_profile(request, token_form=form, status=422)
    _token, key = services.issue_token(request.user, by=request.user, **form.cleaned_data)
    return show_profile(request, new_key=key)


@login_required
@require_POST
def token_revoke(request: SignedInRequest, token_id: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=token_id, user=request.user)
    services.revoke_token(token, by=request.user)
    return redirect("accounts:profile")


def show_profile(
    request: SignedInRequest,
    *,
    form: ProfileForm | None = None,
    token_form: TokenForm | None = None,
    new_key: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form or ProfileForm(instance=request.user),
        "token_form": token_form or TokenForm(),
        "tokens": ApiToken.objects.filter(user=request.user),
        "new_key": new_key,
    }
    return render(request, PROFILE, context, status=status)
