"""What peers say to this installation: whose it is, whether it is fresh, that it counts once."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import security_log
from exchange.formats.peer import envelope as outside
from exchange.formats.peer.envelope import Envelope, WrongEnvelope, fingerprint, written
from exchange.models import Heard, Peer
from exchange.services.speaking import our_fingerprints
from ledger.notes import Key

OPEN = (Peer.State.PROPOSED, Peer.State.AGREED, Peer.State.PAIRED)
"""While two installations are being paired they say no more than that they agree."""


class Unheard(Exception):
    """What was sent does not count: the status, a code, and a sentence for who runs the peer."""

    def __init__(self, status: int, code: str, words: str, **more: str) -> None:
        super().__init__(words)
        self.status, self.code, self.words, self.more = status, code, words, more


@dataclass(frozen=True)
class Said:
    """One message: from whom, and what stands on it, as it was signed."""

    peer: Peer
    envelope: Envelope
    note: str


def listen(word: str, *purposes: str) -> Said:
    """The message in a header, if it is a peer's, fresh, and new; nothing is written down yet."""
    try:
        note = outside.from_header(word)
        envelope = outside.read_envelope(note)
    except WrongEnvelope as wrong:
        raise Unheard(
            400,
            "malformed",
            _("The envelope is not one of this format; what is wrong with it: %(where)s.")
            % {"where": wrong.where},
        ) from None
    peer = whose(note, envelope)
    if peer is None or envelope.purpose not in purposes or not is_open(peer, envelope):
        security_log.note("peer.refused", key=envelope.sender[:16], purpose=envelope.purpose)
        raise stranger()
    require_fresh_message(peer, envelope)
    return Said(peer, envelope, note)


def whose(note: str, envelope: Envelope) -> Peer | None:
    """The peer whose key signed it, for a key of ours."""
    if not settings.PEER_KEEPERS or envelope.recipient not in our_fingerprints():
        return None
    known = Peer.objects.exclude(their_key="").filter(state__in=OPEN).with_lists()
    for peer in known:
        key = Key.read(peer.their_key)
        if fingerprint(key) == envelope.sender and outside.signed_by(note, key):
            return peer
    return None


def is_open(peer: Peer, envelope: Envelope) -> bool:
    """Before both sides have agreed, and after, a peer may say that it agrees; else only paired."""
    return peer.is_paired or envelope.purpose == outside.AGREE


def stranger() -> Unheard:
    """One answer for whoever is not known, was stopped, or signs wrongly: it tells them nothing."""
    return Unheard(403, "no-peer", _("This was not signed by a peer of this installation."))


def require_fresh_message(peer: Peer, envelope: Envelope) -> None:
    """Refuse what our clock finds old or early, and what was heard before or overtaken."""
    if not envelope.is_of(timezone.now()):
        raise Unheard(
            400,
            "clock-skew",
            _("The clocks of the two installations lie more than five minutes apart."),
            our_time=written(timezone.now()),
        )
    if envelope.sequence <= peer.heard:
        raise Unheard(
            409,
            "replayed",
            _("This message was heard before, or a later one was. Send it anew, numbered anew."),
        )


@transaction.atomic
def count_message(said: Said) -> Peer:
    """Let a message count, once; whoever sent it is asked for again under the lock."""
    rows: Any = Peer.objects.select_for_update(of=("self",), no_key=True).select_related("our_key")
    peer: Peer = rows.select_related("ours", "agency").get(pk=said.peer.pk)
    unchanged = peer.their_key == said.peer.their_key and peer.state in OPEN
    if not unchanged or not is_open(peer, said.envelope):
        raise stranger()
    require_fresh_message(peer, said.envelope)
    Heard.objects.create(
        peer=peer,
        sequence=said.envelope.sequence,
        nonce=said.envelope.nonce,
        purpose=said.envelope.purpose,
    )
    peer.heard = said.envelope.sequence
    peer.save(update_fields=["heard"])
    return peer
