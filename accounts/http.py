"""The request as views see it once login_required has let it through."""

from django.http import HttpRequest
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import User

LANGUAGE_COOKIE = "vestige_language"
LANGUAGES = ("en", "ar")


class SignedInRequest(HttpRequest):
    """A request whose user is a person, never an anonymous visitor."""

    user: User


def person(request: Request) -> User:
    """Who asks through REST; the permission classes have let no stranger through."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
