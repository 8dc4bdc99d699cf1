"""The request as views see it once login_required has let it through."""

from django.http import HttpRequest

from accounts.models import User

LANGUAGE_COOKIE = "vestige_language"
LANGUAGES = ("en", "ar")


class SignedInRequest(HttpRequest):
    """A request whose user is a person, never an anonymous visitor."""

    user: User
