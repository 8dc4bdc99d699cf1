"""Answers each person in their own name, language and time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from accounts.http import LANGUAGE_COOKIE, LANGUAGES
from core.scope import asking_as
from core.zones import zone_named


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
