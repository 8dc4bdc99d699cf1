"""API keys: issued to oneself, shown once, revoked at once."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiToken, Scope, User
from core.errors import Refused
from ledger.services import record

LONGEST_TOKEN = timedelta(days=365)


@transaction.atomic
def issue_token(
    user: User,
    *,
    by: User,
    name: str,
    days: int,
    scopes: Collection[str] = tuple(Scope.values),
    case_ids: Collection[UUID] = (),
) -> tuple[ApiToken, str]:
    """Make an API key for oneself that lives `days` (1 to 365); return the row and the key.

    It reaches no further than `scopes`, and no other cases than `case_ids` where some are named.
    """
    if user != by:
        raise PermissionDenied
    if not 1 <= days <= LONGEST_TOKEN.days:
        raise Refused(_("A key lives between 1 and 365 days."))
    if not scopes or not set(scopes) <= set(Scope.values):
        raise Refused(_("Choose at least one thing that the key may be used for."))
    token, key = ApiToken.draw(user, name, timezone.now() + timedelta(days=days))
    token.scopes, token.case_ids = sorted(scopes), sorted(case_ids, key=str)
    token.save()
    record(
        by,
        "accounts.token_issued",
        token,
        prefix=token.prefix,
        days=days,
        scopes=token.scopes,
        cases=[str(key) for key in token.case_ids],
    )
    return token, key


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> ApiToken:
    """Make a key useless from the next request on."""
    token = ApiToken.objects.select_for_update(no_key=True).get(pk=token.pk)
    if token.user_id != by.pk and not by.is_superuser:
        raise PermissionDenied
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(by, "accounts.token_revoked", token, prefix=token.prefix)
    return token


@transaction.atomic
def revoke_keys_of(user: User, *, by: User) -> int:
    """Make every key of a person useless, who has left or lost a device; how many there were."""
    good = ApiToken.objects.filter(user=user, revoked_at__isnull=True)
    return len([revoke_token(token, by=by) for token in good.order_by("pk")])


def note_token_use(token: ApiToken) -> None:
    """Remember when a key was last used; a reading, not a deed, so it leaves no line."""
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
