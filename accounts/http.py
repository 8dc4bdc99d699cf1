"""The request as views see it once a policy has let it through."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import User

LANGUAGE_COOKIE = settings.LANGUAGE_COOKIE_NAME
LANGUAGES = ("en", "ar")


class SignedInRequest(HttpRequest):
    """A request whose user is a person, never an anonymous visitor."""

    user: User


def who(request: HttpRequest) -> User:
    """Who is at work in the administration; its doors have let no stranger through."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def person(request: Request) -> User:
    """Who asks through REST; the permission classes have let no stranger through."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def came_from(request: HttpRequest) -> str:
    """The page to go back to: only ever one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else resolve_url("workspace:home")
