"""Pairing two installations: two administrators of either side compare one code, and agree."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core import jobs
from core.errors import Refused
from exchange.formats.peer import envelope as outside
from exchange.models import OwnKey, Peer
from exchange.services.own_key import make_own_key, newest_own_key, require_administrator
from exchange.services.peer_line import require_allowed
from ledger.models import Entry
from ledger.services import record

SPEAK = "exchange.speak_to_peer"


@transaction.atomic
def enter_peer(
    *, by: User, name: str, agency: Agency, ours: Agency, address: str, up_to: str, clearance: int
) -> Peer:
    """Enter another installation and ask it for its key; nothing passes before both sides agree."""
    require_administrator(by)
    require_allowed(address)
    if agency == ours:
        raise Refused(_("A peer stands for another agency than ours."))
    own = newest_own_key() or make_own_key(by=by)
    peer = Peer(name=name.strip(), agency=agency, ours=ours, up_to=up_to, clearance=clearance)
    peer.address, peer.our_key, peer.entered_by = address.rstrip("/").lower(), own, by
    peer.full_clean()
    peer.save(force_insert=True)
    record(
        by,
        "exchange.peer_entered",
        peer,
        address=peer.address,
        agency=str(agency.pk),
        ours=str(ours.pk),
        up_to=up_to,
        clearance=clearance,
    )
    jobs.ask(SPEAK, peer.pk)
    return peer


def code_for(peer: Peer) -> str:
    """What the administrators of both sides read to each other; nothing before both have keys.

    Either side reckons it from both keys, so that it differs if anybody stood in between.
    """
    theirs = peer.key
    return outside.code_of(peer.our_key.key, theirs) if peer.our_key and theirs else ""


@transaction.atomic
def ask_for_key(peer: Peer, *, by: User) -> Peer:
    """Ask the peer again for its key, or tell it again what it did not hear.

    A key that has agreed is not exchanged for another, which would inherit its yes: whoever doubts
    it revokes the peer and enters it anew.
    """
    peer = lock_peer(peer, by)
    require_not_stopped(peer)
    if peer.state == Peer.State.PROPOSED and peer.first_by is None and not peer.theirs_at:
        peer.their_key, peer.checkpoint_keys = "", []
        peer.save(update_fields=["their_key", "checkpoint_keys"])
    record(by, "exchange.peer_asked_again", peer)
    jobs.ask(SPEAK, peer.pk)
    return peer


@transaction.atomic
def confirm_code(peer: Peer, *, by: User, code: str) -> Peer:
    """Type the code as somebody of the other side read it out: one administrator, then another."""
    peer = lock_peer(peer, by)
    require_not_stopped(peer)
    if not code_for(peer):
        raise Refused(_("The peer has not shown its key yet. Ask for it again."))
    if peer.second_by:
        raise Refused(_("Two administrators have compared the code already."))
    if peer.first_by == by:
        raise Refused(_("You have compared the code: another administrator does so, too."))
    if not outside.same_code(code, code_for(peer)):
        raise Refused(_("This is not the code of these two installations. Do not pair them by it."))
    if peer.first_by is None:
        peer.first_by = by
    else:
        peer.second_by, peer.agreed_at = by, timezone.now()
        peer.state = Peer.State.PAIRED if peer.theirs_at else Peer.State.AGREED
    peer.save()
    record(by, "exchange.peer_code_confirmed", peer, key=peer.their_key, state=str(peer.state))
    if peer.agreed_at:
        jobs.ask(SPEAK, peer.pk)
    return peer


@transaction.atomic
def suspend_peer(peer: Peer, *, by: User, reason: str) -> Peer:
    """Let nothing pass for the time being; what it sends is refused as a stranger's is."""
    peer = lock_peer(peer, by)
    if peer.state != Peer.State.PAIRED:
        raise Refused(_("Only a peer that is paired can be suspended."))
    return stop_peer(peer, Peer.State.SUSPENDED, by, reason)


@transaction.atomic
def resume_peer(peer: Peer, *, by: User) -> Peer:
    """Let things pass again; another administrator than the one who stopped it says so."""
    peer = lock_peer(peer, by)
    if peer.state != Peer.State.SUSPENDED:
        raise Refused(_("This peer is not suspended."))
    if peer.stopped_by == by:
        raise Refused(_("You suspended it: another administrator lets it go on."))
    peer.state, peer.stopped_by, peer.why_stopped = Peer.State.PAIRED, None, ""
    peer.save(update_fields=["state", "stopped_by", "why_stopped"])
    record(by, "exchange.peer_resumed", peer)
    jobs.ask(SPEAK, peer.pk)
    return peer


@transaction.atomic
def revoke_peer(peer: Peer, *, by: User, reason: str) -> Peer:
    """End it for good, as when a key was lost; whoever wants it again pairs anew."""
    peer = lock_peer(peer, by)
    if peer.state == Peer.State.REVOKED:
        raise Refused(_("This peer was revoked already."))
    return stop_peer(peer, Peer.State.REVOKED, by, reason)


def revoked_at(peer: Peer) -> datetime | None:
    """When it was ended for good, after the ledger; nothing of one that was not."""
    lines = Entry.objects.about(peer).filter(act=f"exchange.peer_{Peer.State.REVOKED.value}")
    last = lines.order_by("-position").first()
    return last.at if last else None


def stop_peer(peer: Peer, state: Peer.State, by: User, reason: str) -> Peer:
    """Write down that nothing passes any more, and why."""
    if not reason.strip():
        raise Refused(_("Say why."))
    peer.state, peer.stopped_by, peer.why_stopped = state, by, reason.strip()
    peer.save(update_fields=["state", "stopped_by", "why_stopped"])
    record(by, f"exchange.peer_{state.value}", peer, reason=peer.why_stopped)
    return peer


@transaction.atomic
def renew_own_key(*, by: User) -> OwnKey:
    """Draw a new key of ours; every peer that is paired is told of it under the old one."""
    own = make_own_key(by=by)
    for peer in Peer.objects.filter(state=Peer.State.PROPOSED, first_by=None).order_by("id"):
        peer.our_key = own  # the other side is shown the newest one, and the code rests on both
        peer.save(update_fields=["our_key"])
    peers = list(Peer.objects.paired().order_by("id"))
    record(by, "exchange.own_key_renewed", own, peers=[str(peer.pk) for peer in peers])
    for peer in peers:
        jobs.ask(SPEAK, peer.pk)
    return own


def lock_peer(peer: Peer, by: User) -> Peer:
    """The row, nobody else's until the deed is done, if `by` is an administrator."""
    require_administrator(by)
    rows: Any = Peer.objects.select_for_update(of=("self",), no_key=True)
    found: Peer = rows.select_related("our_key", "agency", "ours").get(pk=peer.pk)
    return found


def require_not_stopped(peer: Peer) -> None:
    """Nothing is said to a peer that was stopped."""
    if peer.state in {Peer.State.SUSPENDED, Peer.State.REVOKED}:
        raise Refused(_("This peer was stopped: nothing is said to it."))
    if not settings.PEER_KEEPERS:
        raise Refused(_("Set PEER_KEY first: without it no key of this installation can be kept."))
