"""Whoever follows changes: asked for anew before each reading, since places and keys end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.http import person
from accounts.models import ApiToken, User
from core.scope import asking_as
from core.zones import zone_named
from investigations.models import one_reading


class Reader:
    """A person, or the program that speaks for them with a key."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.language = translation.get_language() or "en"

    @property
    def user(self) -> User:
        """The person as they were when they were asked for last."""
        return person(self.request)

    @property
    def token(self) -> ApiToken | None:
        """The key that they speak with, if it is one."""
        return self.request.auth if isinstance(self.request.auth, ApiToken) else None

    def ask_again(self) -> None:
        """Find out who they are now: cleared otherwise, or with nothing more to say (401)."""
        user = self.behind_the_key() if self.token else self.in_the_browser()
        if user is None:
            raise NotAuthenticated(_("Your key or your session has ended meanwhile."))
        self.request.user = user

    def behind_the_key(self) -> User | None:
        """The owner of the key, while it is good."""
        keys = ApiToken.objects.usable().select_related("user__agency")
        token = keys.filter(pk=self.token.pk).first() if self.token else None
        if token is None:
            return None
        token.user.bound_to_cases = tuple(token.case_ids)
        return token.user

    def in_the_browser(self) -> User | None:
        """Whoever is signed in, while they are."""
        session = self.request._request.session
        if not session.session_key or not session.exists(session.session_key):
            return None
        people = User.objects.select_related("agency").filter(is_active=True)
        return people.filter(pk=self.user.pk).first()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Ask in their name, and tell in their language and zone, as every page does."""
        zone = zone_named(self.user.time_zone)
        with (
            asking_as(self.user),
            translation.override(self.language),
            timezone.override(zone),
            one_reading(),
        ):
            yield
