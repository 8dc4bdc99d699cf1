"""Checks passwords: that they are right at the door, and none of the common ones when chosen."""

import re
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

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


class NotCommonWithAdditions(CommonPasswordValidator):
    """Refuses a common password with digits or signs about it, or said twice: `Password1234!`."""

    def validate(self, password: str, user: Any = None) -> None:
        """Compare what is left of letters with the 20,000 passwords that are tried first."""
        letters = re.sub(r"[\W\d_]", "", password.lower())
        said_once = letters[: (letters + letters).find(letters, 1)] if letters else ""
        if {letters, said_once} & self.passwords:
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        """Why, in one sentence."""
        return _("This is a common password with additions, and so is tried early.")
