"""Carries a shipment to its peer once it may go, and tells the peer when it is taken back."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Agency
from core import jobs
from core.errors import Refused
from core.markings import TLP_ORDER, Handling, joined
from core.scope import system_scope
from evidence.models import File, Item
from exchange.formats.peer import envelope as outside
from exchange.formats.peer.contents import (
    EXHIBIT,
    FILES,
    Told,
    WrongContents,
    read_contents,
)
from exchange.models import Shipment
from exchange.services.packing import Pack, Unpackable, the_packer
from exchange.services.peer_line import PeerRefused
from exchange.services.shipment import TELL_RECALL, still_bound
from exchange.services.speaking import say
from investigations.models import CaseRecord, Duty, Incident
from investigations.models.partner_door import PartnerDoor
from investigations.services import Outlet, note_sent_to_agency, require_no_embargo
from investigations.services.partner_sending import SENT_TO_AGENCY, named
from ledger.services import record

NO_KEY = gettext_noop("This process holds no key for peers.")
SAID_NO = gettext_noop("The peer does not take the recall; the page of the shipment says why.")


class NotPackedYet(OSError):
    """Its bundle is being made: a trouble that passes."""


def send_shipment(shipment: Shipment, *, lease: jobs.Lease = jobs.BY_HAND) -> Shipment:
    """Send it, under a number of its own; safe to do again where nobody knows whether it came."""
    if not settings.PEER_KEEPERS:
        raise jobs.GivenUp(NO_KEY)
    if shipment.state != Shipment.State.AGREED:
        return shipment
    try:
        pack = the_packer().look(shipment.bundle)
        if pack is None:
            raise NotPackedYet
        records = records_in(pack)
        rows = rows_today(shipment, records)
        handling = require_may_go(shipment, pack, records, rows)
        note, receipt = carry(shipment, pack, handling)
    except (Refused, Unpackable, PeerRefused) as refused:
        return fail_shipment(shipment, str(refused), lease=lease)
    return enter_sent(shipment, pack, note, receipt, rows=rows, lease=lease)


def require_may_go(
    shipment: Shipment, pack: Pack, records: Iterable[Told], rows: Iterable[CaseRecord]
) -> Handling:
    """Ask again, of the finished bundle and of today, what was asked when it was ordered.

    Returns how it is to be handled: as when it was packed, and as each thing in it is by now.
    """
    peer = shipment.peer
    handling = pack.handling.joined(joined(row.own_handling for row in rows))
    if not peer.is_paired:
        raise Refused(_("This installation is not, or no longer, a peer of your agency."))
    if Duty.MANAGE not in shipment.case.duties(shipment.asked_by):
        raise Refused(_("Whoever asked for it may no longer let this case out."))
    require_no_embargo(shipment.case, Outlet.PROGRAM)
    lets = handling.lets(clearance=peer.clearance, compartments=(), agency=peer.agency_id)
    most = min(peer.up_to, shipment.up_to, key=TLP_ORDER.index)
    within = TLP_ORDER.index(handling.tlp) <= TLP_ORDER.index(most)
    if not lets or not within or not handling.originators <= {peer.agency_id}:
        raise Refused(_("The bundle is handled more strictly than this peer may receive."))
    require_unbound(shipment, [told.ref for told in records if told.kind == EXHIBIT])
    return handling


def require_unbound(shipment: Shipment, exhibits: list[str]) -> None:
    """Refuse what a caveat keeps by now; of a whole case not everybody may know the numbers."""
    bound = still_bound(shipment, exhibits)
    if bound and not shipment.exhibits:
        raise Refused(_("A caveat keeps something of the case from leaving by now."))
    if bound:
        raise Refused(
            _("A caveat keeps these from leaving by now: %(exhibits)s.")
            % {"exhibits": ", ".join(bound)[:300]}
        )


def rows_today(shipment: Shipment, records: Iterable[Told]) -> list[CaseRecord]:
    """The attacks, exhibits and files of a bundle, marked as they are since it was made."""
    keys = [told.origin_id for told in records if told.kind != FILES]
    digests = [file.sha256 for told in records for file in told.files]
    return [
        *Incident.objects.filter(case=shipment.case_id, pk__in=keys),
        *Item.objects.filter(case=shipment.case_id, pk__in=keys),
        *File.objects.filter(case=shipment.case_id, sha256__in=digests),
    ]


def records_in(pack: Pack) -> tuple[Told, ...]:
    """What the finished bundle holds, as the peer will read it."""
    with the_packer().open(pack) as held:
        try:
            return read_contents(held).records
        except WrongContents as wrong:
            raise Unpackable(_("Its evidence bundle could not be read.")) from wrong


def carry(shipment: Shipment, pack: Pack, handling: Handling) -> tuple[str, str]:
    """The envelope as it was signed, and the receipt as it came back signed."""
    parts = parts_of(shipment, handling)
    with the_packer().open(pack) as held:
        note, _receipt, signed = say(
            shipment.peer,
            "shipments/",
            outside.SHIP,
            body=held.file if pack.size else None,
            sha256=pack.sha256,
            size=pack.size,
            **parts,
        )
    return note, signed


def parts_of(shipment: Shipment, handling: Handling) -> dict[str, Any]:
    """What the envelope says of handling, and of what lies in it."""
    peer = shipment.peer
    names = dict(Agency.objects.filter(pk__in=handling.releasable_to).values_list("pk", "name"))
    if peer.agency_id in names and peer.their_name:
        names[peer.agency_id] = peer.their_name
    return {
        "tlp": handling.tlp,
        "pap": handling.pap,
        "clearance": handling.clearance,
        "caveats": tuple(shipment.caveats),
        "releasable_to": tuple(sorted(names.values())),
        "about": {
            "shipment": str(shipment.pk),
            "case": str(shipment.case_id),
            "ref": shipment.case.ref,
        },
    }


@transaction.atomic
def enter_sent(
    shipment: Shipment,
    pack: Pack,
    note: str,
    receipt: str,
    *,
    rows: Iterable[CaseRecord],
    lease: jobs.Lease,
) -> Shipment:
    """Write down that the peer has it, with its receipt, and which records its agency was sent.

    What was taken back while it was on its way stays so, and the peer is told that now.
    """
    shipment = locked_shipment(shipment)
    is_recalled = shipment.state == Shipment.State.RECALLED
    shipment.state = Shipment.State.RECALLED if is_recalled else Shipment.State.SENT
    shipment.envelope, shipment.receipt = note, receipt
    shipment.sha256, shipment.size, shipment.sent_at = pack.sha256, pack.size, timezone.now()
    shipment.failure = ""
    shipment.save()
    record(
        None,
        "exchange.shipment_sent",
        shipment,
        peer=str(shipment.peer_id),
        sha256=pack.sha256,
        size=pack.size,
        envelope=note,
        receipt=receipt,
    )
    note_sent_to_agency(
        shipment,
        shipment.peer.agency,
        act=SENT_TO_AGENCY,
        door=PartnerDoor.SHIPMENT,
        records=named(rows),
    )
    if shipment.awaits_recall:
        jobs.ask(TELL_RECALL, shipment.pk)
    lease.complete()
    return shipment


@transaction.atomic
def fail_shipment(shipment: Shipment, why: str, *, lease: jobs.Lease = jobs.BY_HAND) -> Shipment:
    """Write down that it did not go, and why; whoever needs it asks anew."""
    shipment = locked_shipment(shipment)
    if shipment.state != Shipment.State.AGREED:
        return shipment
    shipment.state, shipment.failure = Shipment.State.FAILED, why[:500]
    shipment.save(update_fields=["state", "failure"])
    record(None, "exchange.shipment_failed", shipment, peer=str(shipment.peer_id), why=why[:500])
    lease.complete()
    return shipment


def tell_of_recall(shipment: Shipment) -> None:
    """Tell the peer that it is taken back, until the peer has signed that it knows."""
    if not settings.PEER_KEEPERS:
        raise jobs.GivenUp(NO_KEY)
    if not shipment.awaits_recall:
        return
    about = {"shipment": str(shipment.pk), "reason": shipment.recall_reason[:1000]}
    try:
        _note, _receipt, signed = say(shipment.peer, "recalls/", outside.RECALL, about=about)
    except (PeerRefused, Refused) as refused:
        note_recall_trouble(shipment, str(refused))
        raise jobs.GivenUp(SAID_NO) from refused
    enter_recall_receipt(shipment, signed)


@transaction.atomic
def enter_recall_receipt(shipment: Shipment, signed: str) -> None:
    """Write down that the peer knows of the recall."""
    shipment = locked_shipment(shipment)
    shipment.recall_receipt, shipment.failure = signed, ""
    shipment.save(update_fields=["recall_receipt", "failure"])
    record(None, "exchange.recall_received", shipment, receipt=signed)


@transaction.atomic
def note_recall_trouble(shipment: Shipment, why: str) -> None:
    """Say on the shipment's page that the peer does not know of the recall, and why."""
    shipment = locked_shipment(shipment)
    shipment.failure = why[:500]
    shipment.save(update_fields=["failure"])
    record(None, "exchange.recall_refused", shipment, why=why[:500])


def locked_shipment(shipment: Shipment) -> Shipment:
    """The row, nobody else's until the transaction ends."""
    with system_scope("what became of a shipment is written by the program"):
        rows = Shipment.objects.select_for_update(of=("self",), no_key=True)
        return rows.select_related("case", "peer").get(pk=shipment.pk)
