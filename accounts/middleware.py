"""Answers each person in their own name, language and zone, once they proved who they are."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.http import LANGUAGE_COOKIE, LANGUAGES
from accounts.models import User
from core.addresses import FOR_PROGRAMS, client_address
from core.problems import PROBLEM, problem_document
from core.scope import asking_as
from core.zones import zone_named

NOTED_EVERY = 60  # seconds
FIRST = _("Your agency requires a second factor: set one up on your security page first.")
ON_THE_WAY = {
    "accounts:security",
    "accounts:sign_out",
    "accounts:language",
    "accounts:preferences",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
}


def ask_in_their_name(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Every question that a request leads to is asked as the person who is signed in."""

    def respond(request: HttpRequest) -> HttpResponse:
        with asking_as(request.user if request.user.is_authenticated else None):
            return get_response(request)

    return respond


def chosen_language(request: HttpRequest) -> str:
    """The profile's language; before sign-in the cookie's, then the browser's."""
    if request.user.is_authenticated:
        return request.user.language
    cookie = request.COOKIES.get(LANGUAGE_COOKIE, "")
    return cookie if cookie in LANGUAGES else translation.get_language_from_request(request)


def speak_their_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Activate language and zone for one request, and put both back afterwards."""

    def respond(request: HttpRequest) -> HttpResponse:
        zone = request.user.time_zone if request.user.is_authenticated else "UTC"
        language = chosen_language(request)
        with (
            translation.override(language),
            timezone.override(zone_named(zone)),
        ):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return respond


def ask_for_second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Whose agency requires a second factor opens nothing else before they have one."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User) or not services.lacks_second_factor(request.user):
            return get_response(request)
        if leads_to_a_factor(request):
            return get_response(request)
        if request.path.startswith(FOR_PROGRAMS):
            told = problem_document(403, FIRST, code="second-factor")
            return JsonResponse(told, status=403, content_type=PROBLEM)
        return redirect("accounts:security")

    return respond


def leads_to_a_factor(request: HttpRequest) -> bool:
    """True for the few pages that are needed on the way, and for what is not there anyway."""
    try:
        return resolve(request.path_info).view_name in ON_THE_WAY
    except Resolver404:
        return True


def note_session(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Remembers, at most once a minute, from where each session is used."""

    def respond(request: HttpRequest) -> HttpResponse:
        noted = request.session.get("noted", 0)
        if isinstance(request.user, User) and time.time() - noted > NOTED_EVERY:
            request.session["noted"] = int(time.time())
            services.note_session_use(
                request.user,
                key=str(request.session.session_key),
                address=client_address(request),
                device=request.headers.get("User-Agent", ""),
            )
        return get_response(request)

    return respond
