"""The keys by which peers know this installation: made here, and sealed as soon as they are."""

import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.sealing import Unopenable, bound
from exchange.formats.peer.envelope import fingerprint
from exchange.models import OwnKey
from ledger.notes import SEED_SIZE, SigningKey
from ledger.services import record


@transaction.atomic
def make_own_key(*, by: User) -> OwnKey:
    """Draw a new key; peers that know the one before are told, under the one before."""
    require_administrator(by)
    if not settings.PEER_KEEPERS:
        raise Refused(_("Set PEER_KEY first: without it no key of this installation can be kept."))
    secret = SigningKey(f"{settings.LEDGER_NAME}/peer", secrets.token_bytes(SEED_SIZE))
    keeper, line = settings.PEER_KEEPERS[0], str(secret.public)
    own = OwnKey(line=line, keeper=keeper.name, made_by=by)
    own.sealed = keeper.wrap(secret.seed, about=about(line))
    own.save(force_insert=True)
    record(by, "exchange.own_key_made", own, fingerprint=fingerprint(own.key))
    return own


def newest_own_key() -> OwnKey | None:
    """The key that is used from now on."""
    return OwnKey.objects.order_by("-id").first()


def opened_key(own: OwnKey) -> SigningKey:
    """The secret half, for one message."""
    for keeper in settings.PEER_KEEPERS:
        if keeper.name == own.keeper:
            try:
                seed = keeper.unwrap(bytes(own.sealed), about=about(own.line))
            except Unopenable:
                break
            return SigningKey(own.key.name, seed)
    raise Refused(_("The key that peers know us by cannot be opened: PEER_KEY is another now."))


def about(line: str) -> bytes:
    """What the sealed half is bound to."""
    return bound("key of this installation for peers", line)


def require_administrator(user: User) -> None:
    """With whom an installation is paired is the institution's to say: its administrators do."""
    if not (user.is_active and user.is_staff):
        raise PermissionDenied(_("Only an administrator may pair installations."))
