"""How a program proves for whom it speaks: `Authorization: Bearer vst_…`."""

import binascii
from base64 import b64decode
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from accounts import services
from accounts.models import TOKEN_MARK, ApiToken, User
from core.addresses import client_address
from core.scope import ask_as_from_now_on

NOTED_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """Looks a key up by its prefix, compares digests, refuses expired and revoked ones."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        key = self.key_shown(request)
        if key is None:
            return None
        token = self.token_for(key, request)
        if services.lacks_second_factor(token.user):
            raise AuthenticationFailed(
                _("Your agency requires a second factor: set one up in the browser first.")
            )
        if not token.last_used_at or timezone.now() - token.last_used_at > NOTED_EVERY:
            services.note_token_use(token)
        token.user.bound_to_cases = tuple(token.case_ids)
        ask_as_from_now_on(token.user)
        return token.user, token

    def key_shown(self, request: Request) -> str | None:
        """The key that stands in the header, if it is written as we take it."""
        scheme, word = scheme_and_word(request)
        return word if scheme == "bearer" else None

    def token_for(self, key: str, request: Request) -> ApiToken:
        """The usable row behind `key`; one sentence for every way of being wrong."""
        parts = key.split("_", 2)
        if len(parts) == 3 and parts[0] == TOKEN_MARK:
            usable = ApiToken.objects.usable().select_related("user__agency")
            token = usable.filter(prefix=parts[1]).first()
            if token and token.fits(key):
                return token
        if wait := services.count_entry(services.Entry("key", "", client_address(request))):
            raise Throttled(wait)
        raise AuthenticationFailed(
            _("This API key is unknown, expired or revoked. Make a new one in your profile.")
        )

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BasicTokenAuthentication(TokenAuthentication):
    """Takes the key as the password of HTTP Basic too, as clients of TAXII send it.

    Whatever stands as the name is not looked at: the key says who speaks.
    """

    def key_shown(self, request: Request) -> str | None:
        scheme, word = scheme_and_word(request)
        return password_in(word) if scheme == "basic" else super().key_shown(request)

    def authenticate_header(self, request: Request) -> str:
        return 'Basic realm="Vestige", charset="UTF-8"'


def scheme_and_word(request: Request) -> tuple[str, str]:
    """Both words of the header; nothing where it has not two."""
    words = get_authorization_header(request).decode("latin-1").split()
    return (words[0].lower(), words[1]) if len(words) == 2 else ("", "")


def password_in(word: str) -> str:
    """What stands behind the colon; nothing that fits a key where it cannot be read."""
    try:
        return b64decode(word, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
