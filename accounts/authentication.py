"""How a program proves for whom it speaks: `Authorization: Bearer vst_…`."""

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
        words = get_authorization_header(request).decode("latin-1").split()
        if len(words) != 2 or words[0].lower() != "bearer":
            return None
        token = self.token_for(words[1], request)
        if services.lacks_second_factor(token.user):
            raise AuthenticationFailed(
                _("Your agency requires a second factor: set one up in the browser first.")
            )
        if not token.last_used_at or timezone.now() - token.last_used_at > NOTED_EVERY:
            services.note_token_use(token)
        token.user.bound_to_cases = tuple(token.case_ids)
        ask_as_from_now_on(token.user)
        return token.user, token

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
