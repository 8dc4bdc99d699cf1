"""What this installation says to its peers: numbered, signed, believed once they signed back."""

import time
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from core.scope import system_scope
from exchange.formats.peer import envelope as outside
from exchange.formats.peer.envelope import Envelope, WrongEnvelope, fingerprint, new_nonce, written
from exchange.models import OwnKey, Peer
from exchange.services.own_key import newest_own_key, opened_key
from exchange.services.peer_line import PeerRefused, send
from ledger.vouching import trusted_keys


@transaction.atomic
def next_number(peer: Peer) -> int:
    """The number of the next message to a peer: more than any before, also after a restore.

    It is the time in milliseconds, or one more than the last where that is more, so that a
    database put back from yesterday still numbers on.
    """
    peer = Peer.objects.select_for_update(no_key=True).get(pk=peer.pk)
    peer.sent = max(peer.sent + 1, time.time_ns() // 1_000_000)
    peer.save(update_fields=["sent"])
    return peer.sent


def addressed(peer: Peer, purpose: str, **parts: Any) -> tuple[Envelope, str]:
    """An envelope for this peer, and the same signed."""
    their, own = peer.key, peer.our_key
    if their is None or own is None:
        raise Refused(_("The keys of both sides are not known yet."))
    envelope = Envelope(
        purpose=purpose,
        sender=fingerprint(own.key),
        recipient=fingerprint(their),
        sequence=next_number(peer),
        nonce=new_nonce(),
        sent_at=written(timezone.now()),
        **parts,
    )
    return envelope, outside.closed(envelope, opened_key(own))


def say(
    peer: Peer, path: str, purpose: str, *, body: IO[bytes] | None = None, **parts: Any
) -> tuple[str, Envelope, str]:
    """Send one message; returns it, the receipt as it is read, and the receipt as it was signed."""
    envelope, note = addressed(peer, purpose, **parts)
    answer = send(peer.address, path, outside.as_header(note), body)
    return note, proven_receipt(peer, envelope, answer), answer


def proven_receipt(peer: Peer, envelope: Envelope, answer: str) -> Envelope:
    """The receipt for this very message, which their key has signed for ours."""
    their = peer.key
    try:
        receipt = outside.read_envelope(answer)
    except WrongEnvelope:
        raise PeerRefused("what came back is no receipt") from None
    fits = (
        their is not None
        and outside.signed_by(answer, their)
        and receipt.purpose == outside.RECEIPT
        and receipt.recipient == envelope.sender
        and receipt.about.get("of") == envelope.nonce
    )
    if not fits:
        raise PeerRefused("the receipt is not the peer's, or is of another message")
    return receipt


def receipt_for(peer: Peer, envelope: Envelope, state: str, **about: str) -> str:
    """What a peer gets back: that its message came, and what became of it."""
    told = {"of": envelope.nonce, "state": state, **about}
    return addressed(peer, outside.RECEIPT, about=told)[1]


def identity_note() -> str | None:
    """Its key, and those of its ledger, signed by the first; nothing while there is none."""
    own = newest_own_key()
    if own is None or not settings.PEER_KEEPERS:
        return None
    with system_scope("the public keys of the ledger are for everybody"):
        checkpoints = "\n".join(str(key) for key in trusted_keys())
    envelope = Envelope(
        purpose=outside.IDENTITY,
        sender=fingerprint(own.key),
        recipient="",
        sequence=0,
        nonce=new_nonce(),
        sent_at=written(timezone.now()),
        about={"key": own.line, "ledger": checkpoints},
    )
    return outside.closed(envelope, opened_key(own))


def our_fingerprints() -> set[str]:
    """By what peers may name us: also by a key that we are turning away from."""
    return {fingerprint(own.key) for own in OwnKey.objects.all()}
