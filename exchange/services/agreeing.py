"""What two installations say to each other before and beside what they share: keys, and yes."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import jobs
from core.errors import Refused
from exchange.formats.peer import envelope as outside
from exchange.formats.peer.envelope import Envelope, WrongEnvelope, fingerprint
from exchange.models import OwnKey, Peer
from exchange.services.hearing import Said, Unheard, count_message, stranger
from exchange.services.own_key import newest_own_key, opened_key
from exchange.services.peer_line import PeerRefused, fetch
from exchange.services.speaking import receipt_for, say
from ledger.notes import Key, NoteRefused
from ledger.services import record

NO_KEY = gettext_noop("This process holds no key for peers.")
MOST_KEYS = 20
YES, NOT_YET = "yes", "not yet"


def speak_to_peer(peer: Peer) -> None:
    """Say what is due: ask for a key, tell that we agree, or tell of a new key of ours."""
    if not settings.PEER_KEEPERS:
        raise jobs.GivenUp(NO_KEY)
    try:
        if not peer.their_key:
            learn_key(peer, fetch(peer.address, "identity/"))
        if peer.agreed_at and not peer.knows_we_agreed:
            tell_agreement(peer)
        if peer.is_paired and peer.our_key != newest_own_key():
            tell_new_key(peer)
    except (PeerRefused, Refused) as refused:
        note_trouble(peer, str(refused))


def note_trouble(peer: Peer, words: str) -> None:
    """Keep what a peer answered, for the administrators to read."""
    Peer.objects.filter(pk=peer.pk).update(trouble=words[:500])


@transaction.atomic
def learn_key(peer: Peer, note: str) -> Peer:
    """Keep the keys that the peer shows at its address; what they are worth the code settles."""
    key, ledger = shown_keys(note)
    peer = Peer.objects.select_for_update(no_key=True).get(pk=peer.pk)
    if peer.their_key or peer.state != Peer.State.PROPOSED:
        return peer
    if OwnKey.objects.filter(line=str(key)).exists():
        raise PeerRefused("at this address there is this very installation")
    if Peer.objects.filter(their_key=str(key)).exclude(state=Peer.State.REVOKED).exists():
        raise PeerRefused("another peer has the same key")
    peer.their_key, peer.trouble = str(key), ""
    peer.checkpoint_keys = [str(each) for each in ledger]
    peer.save(update_fields=["their_key", "checkpoint_keys", "trouble"])
    record(None, "exchange.peer_key_learnt", peer, key=str(key), ledger=peer.checkpoint_keys)
    return peer


def shown_keys(note: str) -> tuple[Key, list[Key]]:
    """The key that a peer shows and signed the showing with, and the keys of its ledger."""
    try:
        shown = outside.read_envelope(note)
        key = Key.read(shown.about.get("key", ""))
        ledger = [Key.read(line) for line in shown.about.get("ledger", "").split("\n") if line]
    except (WrongEnvelope, NoteRefused, ValueError):
        raise PeerRefused("what it shows of itself is malformed") from None
    sound = shown.purpose == outside.IDENTITY and fingerprint(key) == shown.sender
    if not sound or not outside.signed_by(note, key):
        raise PeerRefused("what it shows of itself is not signed by its key")
    if not 0 < len(ledger) <= MOST_KEYS:
        raise PeerRefused("its ledger is not signed yet")
    return key, ledger


def tell_agreement(peer: Peer) -> None:
    """Say that two administrators of ours compared the code, and hear whether theirs did."""
    about = {"agency": peer.ours.name}
    _note, receipt, _signed = say(peer, "pair/", outside.AGREE, about=about)
    enter_agreement(peer, receipt)


@transaction.atomic
def enter_agreement(peer: Peer, told: Envelope) -> Peer:
    """Note whether the other side agrees, as it says; with ours that makes a pair."""
    peer = Peer.objects.select_for_update(no_key=True).get(pk=peer.pk)
    peer.trouble = ""
    agrees = told.purpose == outside.AGREE or told.about.get("agrees") == YES
    if agrees and peer.theirs_at is None:
        peer.theirs_at, peer.their_name = timezone.now(), told.about.get("agency", "")[:200]
        if peer.state == Peer.State.AGREED:
            peer.state = Peer.State.PAIRED
        record(None, "exchange.peer_agreed", peer, state=str(peer.state))
    peer.save(update_fields=["theirs_at", "their_name", "state", "trouble"])
    return peer


@transaction.atomic
def hear_agreement(said: Said) -> str:
    """The other side's two administrators compared the code; the receipt says whether ours did."""
    peer = enter_agreement(count_message(said), said.envelope)
    agrees = YES if peer.agreed_at else NOT_YET
    return receipt_for(said.peer, said.envelope, "heard", agrees=agrees, agency=peer.ours.name)


def tell_new_key(peer: Peer) -> None:
    """Tell of our newest key under the one that the peer knows; from its receipt on it is used."""
    new = newest_own_key()
    if new is None or peer.our_key is None:
        return
    proof = opened_key(new).sign(f"{fingerprint(peer.our_key.key)}\n")
    try:
        say(peer, "pair/", outside.ROTATE, about={"key": new.line, "proof": proof})
    except PeerRefused:  # it may have heard, and our process have died before it knew
        peer.our_key = new
        say(peer, "pair/", outside.AGREE, about={"agency": peer.ours.name})
    turn_to_key(peer, new)


@transaction.atomic
def turn_to_key(peer: Peer, new: OwnKey) -> None:
    """Sign what this peer is told with another key of ours from now on."""
    peer = Peer.objects.select_for_update(no_key=True).get(pk=peer.pk)
    peer.our_key, peer.trouble = new, ""
    peer.save(update_fields=["our_key", "trouble"])
    record(None, "exchange.peer_told_of_key", peer, fingerprint=fingerprint(new.key))


@transaction.atomic
def hear_new_key(said: Said) -> str:
    """The peer has another key: it says so under the old one, and the new one says so as well."""
    peer = count_message(said)
    about, old = said.envelope.about, peer.their_key
    try:
        key = Key.read(about.get("key", ""))
    except (NoteRefused, ValueError):
        raise Unheard(422, "wrong-key", _("What was sent is no public key.")) from None
    proof = about.get("proof", "")
    proven = proof.startswith(f"{said.envelope.sender}\n\n") and outside.signed_by(proof, key)
    if not proven:
        raise stranger()
    note = receipt_for(peer, said.envelope, "heard")
    peer.their_key = str(key)
    peer.save(update_fields=["their_key"])
    record(None, "exchange.peer_key_renewed", peer, before=old, key=peer.their_key)
    return note
