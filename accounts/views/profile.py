"""One's own profile, and the language of the pages before anybody is known."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import services
from accounts.forms import ProfileForm
from accounts.http import LANGUAGE_COOKIE, LANGUAGES, SignedInRequest, came_from
from accounts.models import ApiToken
from accounts.policy import PUBLIC, SIGNED_IN, open_to

PROFILE = "accounts/profile.html"


@open_to(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the sign-in page."""
    response = redirect(came_from(request))
    if request.POST.get("language") in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE,
            request.POST["language"],
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@open_to(SIGNED_IN)
@require_GET
def profile(request: SignedInRequest) -> HttpResponse:
    return show_profile(request)


@open_to(SIGNED_IN)
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


@open_to(SIGNED_IN)
@require_POST
def token_revoke(request: SignedInRequest, token_id: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=token_id, user=request.user)
    services.revoke_token(token, by=request.user)
    return redirect("exchange:key_list")


def show_profile(
    request: SignedInRequest, *, form: ProfileForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form or ProfileForm(instance=request.user)}
    return render(request, PROFILE, context, status=status)
