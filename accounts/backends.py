"""Checks a password for whoever signs in by user name or e-mail address."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from accounts.models import User, person_known_as


class NameOrEmail(AuthenticationBackend):
    """One look-up and one hash, whether anybody has that name or not."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """The person, if the name, the password and the account are all good."""
        name = credentials.get("username") or credentials.get("email") or ""
        password = credentials.get("password") or ""
        user = person_known_as(name)
        if user is None:
            User().set_password(password)  # takes as long as checking one
            return None
        known = user.check_password(password) and self.user_can_authenticate(user)
        return user if known else None

    def get_user(self, user_id: Any) -> User | None:
        """The person with their agency, whose rules every page asks for."""
        user = User.objects.select_related("agency").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
