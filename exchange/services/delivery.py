"""Receiving from a peer: whole and as announced or not at all, verified, then taken into a case."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from core import jobs
from core.errors import Refused
from core.markings import TLP_ORDER, Handling
from core.scope import system_scope
from evidence.models import CaveatKind
from exchange import vault
from exchange.formats.peer.contents import Told, WrongContents, read_contents
from exchange.models import DeliveredRecord, Delivery
from exchange.services.hearing import Said, Unheard, count_message
from exchange.services.speaking import receipt_for
from investigations.models import Case, Duty, Label
from investigations.services import open_case
from ledger.services import record

VERIFY = "exchange.verify_delivery"
LONGEST_REF = 60


def receive_shipment(said: Said, pieces: Iterable[bytes]) -> str:
    """Take in a bundle that was announced; the receipt is signed once all of it is stored.

    What is not as announced leaves nothing behind. Sent again after a lost receipt, it is the same
    delivery, and the receipt is written anew.
    """
    shipment, case = keys_in(said)
    require_acceptable(said)
    envelope = said.envelope
    try:
        vault.keep(pieces, sha256=envelope.sha256, size=envelope.size)
    except vault.CutShort:
        raise Unheard(
            422, "truncated", _("The body is shorter than announced. Nothing was kept.")
        ) from None
    except vault.Differs:
        raise Unheard(
            422,
            "altered",
            _("The body is not the one whose SHA-256 was signed. Nothing was kept."),
        ) from None
    try:
        return enter_delivery(said, shipment, case)
    finally:
        drop_unused(envelope.sha256)


def keys_in(said: Said) -> tuple[UUID, UUID]:
    """The shipment and the case there, by their identifiers."""
    about = said.envelope.about
    try:
        return UUID(about.get("shipment", "")), UUID(about.get("case", ""))
    except ValueError:
        raise Unheard(422, "malformed", _("It is not said which shipment this is.")) from None


def require_acceptable(said: Said) -> None:
    """Refuse before a byte is read what we agreed not to be sent, or cannot handle as asked."""
    envelope, peer = said.envelope, said.peer
    if TLP_ORDER.index(envelope.tlp) > TLP_ORDER.index(peer.up_to):
        raise Unheard(422, "marking", _("It is marked beyond what may pass between us."))
    if envelope.clearance > peer.clearance:
        raise Unheard(422, "clearance", _("It asks for more clearance than may pass between us."))
    if envelope.releasable_to and peer.ours.name not in envelope.releasable_to:
        raise Unheard(422, "not-releasable", _("It is not releasable to our agency."))
    if not set(envelope.caveats) <= set(CaveatKind.values):
        raise Unheard(422, "caveat", _("It is under a caveat that is not known here."))


@transaction.atomic
def enter_delivery(said: Said, shipment: UUID, case: UUID) -> str:
    """Write the delivery down, and the receipt."""
    peer, envelope = count_message(said), said.envelope
    known = Delivery.objects.filter(peer=peer, shipment=shipment).first()
    if known is not None and known.sha256 != envelope.sha256:
        raise Unheard(409, "other", _("Another bundle came under this shipment before."))
    if known is None:
        known = Delivery(peer=peer, sequence=envelope.sequence, envelope=said.note)
        known.shipment, known.origin_case = shipment, case
        known.origin_ref = envelope.about.get("ref", "")[:LONGEST_REF]
        known.sha256, known.size = envelope.sha256, envelope.size
        known.tlp, known.pap, known.clearance = envelope.tlp, envelope.pap, envelope.clearance
        known.caveats = list(envelope.caveats)
        known.releasable_to = agencies_named(said)
        known.save(force_insert=True)
        record(
            None,
            "exchange.delivery_received",
            known,
            peer=str(peer.pk),
            sha256=known.sha256,
            size=known.size,
            envelope=hashlib.sha256(said.note.encode()).hexdigest(),
        )
    if not known.is_gone and not vault.is_there(known.sha256):
        raise Unheard(503, "not-now", _("It was not kept. Send it again."))
    receipt = receipt_for(peer, envelope, "received", delivery=str(known.pk))
    if known.state == Delivery.State.RECEIVED:
        jobs.ask(VERIFY, known.pk)
    return receipt


def agencies_named(said: Said) -> list[UUID]:
    """The agencies of ours that may read it; none where all may."""
    names = said.envelope.releasable_to
    if not names:
        return []
    known = set(Agency.objects.filter(name__in=names).values_list("pk", flat=True))
    return sorted(known | {said.peer.ours_id})


def drop_unused(sha256: str) -> None:
    """Let go of bytes that no delivery names."""
    if not Delivery.objects.filter(sha256=sha256, is_gone=False).exists():
        vault.drop(sha256)


@transaction.atomic
def verify_again(delivery: Delivery, *, by: User) -> Delivery:
    """Have the bundle held once more against the keys of the peer's ledger."""
    delivery = lock_delivery(delivery, by)
    require_taker(delivery, by)
    if delivery.is_gone:
        raise Refused(_("The bundle is gone: its originator took it back before it was accepted."))
    record(by, "exchange.delivery_verified_again", delivery)
    jobs.ask(VERIFY, delivery.pk)
    return delivery


@transaction.atomic
def take_delivery(delivery: Delivery, case: Case, *, by: User) -> Delivery:
    """Lay a verified delivery out in a case, record by record, for people to decide on.

    Nothing becomes part of the case by this; all of it is handled as its envelope says.
    """
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.LOG_EVIDENCE)
    delivery = lock_delivery(delivery, by)
    require_takeable(delivery, by)
    handling = delivery.handling
    label = None if handling == Handling() else Label.for_handling(handling)
    told = records_of(delivery)
    for one in told:
        lay_out(delivery, case, label, one)
    delivery.state, delivery.taken_by = Delivery.State.TAKEN, by
    delivery.taken_at = timezone.now()
    delivery.save(update_fields=["state", "taken_by", "taken_at"])
    record(
        by,
        "exchange.delivery_taken",
        delivery,
        log=case.pk,
        peer=str(delivery.peer_id),
        sha256=delivery.sha256,
        records=len(told),
    )
    return delivery


@transaction.atomic
def take_into_new_case(
    delivery: Delivery, *, by: User, title: str, public_title: str, mandate: str
) -> Delivery:
    """Open a case for it, with whoever takes it in as the lead."""
    require_takeable(lock_delivery(delivery, by), by)
    case = open_case(by, title=title, public_title=public_title, mandate=mandate)
    return take_delivery(delivery, case, by=by)


def records_of(delivery: Delivery) -> tuple[Told, ...]:
    """Every record in the stored bundle."""
    try:
        with vault.open_bundle(delivery.sha256) as held:
            return read_contents(held).records
    except (WrongContents, FileNotFoundError):
        raise Refused(_("The bundle cannot be read any more: verify it again.")) from None


def lay_out(delivery: Delivery, case: Case, label: Label | None, told: Told) -> DeliveredRecord:
    """One record of the origin, beside what it said of the same thing before."""
    with system_scope("whether the same record came before is asked of all that came"):
        earlier = DeliveredRecord.objects.filter(
            case=case, delivery__peer=delivery.peer_id, kind=told.kind, origin_id=told.origin_id
        )
        before = earlier.order_by("-id").first()
    row = DeliveredRecord(case=case, delivery=delivery, label=label, kind=told.kind, before=before)
    row.origin_id, row.origin_ref = UUID(told.origin_id), told.ref[:LONGEST_REF]
    row.digest, row.facts = told.digest, dict(told.facts)
    row.files = [file.told() for file in told.files]
    row.save(force_insert=True)
    return row


def require_taker(delivery: Delivery, by: User) -> None:
    """Raise PermissionDenied unless `by` logs evidence in its case or, before that, opens cases."""
    taken = DeliveredRecord.objects.visible_to(by).filter(delivery=delivery).with_lists().first()
    if taken is not None:
        taken.case.require(by, Duty.LOG_EVIDENCE)
    elif not by.may_open_cases:
        raise PermissionDenied(_("Only those who may open cases take in what peers send."))


def require_takeable(delivery: Delivery, by: User) -> None:
    """Refuse what is not this person's to take in, and what was not verified, or taken before."""
    require_taker(delivery, by)
    if delivery.state != Delivery.State.VERIFIED:
        raise Refused(_("Only a delivery that was verified, and once, is taken into a case."))
    if not delivery.handling.lets(clearance=by.clearance, compartments=(), agency=by.agency_id):
        raise PermissionDenied(_("You are not cleared for what is in it."))


def lock_delivery(delivery: Delivery, by: User) -> Delivery:
    """The row, nobody else's until the deed is done, if this person sees it."""
    found = (
        Delivery.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=delivery.pk)
        .first()
    )
    if found is None:
        raise PermissionDenied(_("This is not, or no longer, yours to see."))
    return found
