"""Sending evidence to a peer: asked for by the lead, agreed to by a second person, and recalled."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.errors import Refused
from core.markings import TLP_ORDER, Handling, Tlp, joined
from evidence.models import Door, Item
from evidence.services.caveat import bound_among
from exchange.models import Peer, Shipment
from exchange.services.packing import Preview, Terms, the_packer
from investigations.models import Case, Duty, Label, Request, RequestKind
from investigations.services import Outlet, approve, ask, require_kind, require_no_embargo
from ledger.services import record

SEND = "exchange.send_shipment"
TELL_RECALL = "exchange.tell_of_recall"


def preview_shipment(
    case: Case, *, by: User, peer: Peer, items: Collection[Item], up_to: str
) -> Preview:
    """What would leave now, and what would be held back and why; nothing is written."""
    case.require(by, Duty.MANAGE)
    require_receiver(peer, by, up_to)
    return the_packer().preview(case, by=by, terms=terms_for(peer, items, up_to))


@transaction.atomic
def ask_to_ship(
    case: Case,
    *,
    by: User,
    peer: Peer,
    items: Collection[Item],
    up_to: str,
    reason: str,
    caveats: Collection[str] = (),
    leave_out: bool = False,
) -> Shipment:
    """Ask for exhibits, or the whole case, to be sent to a peer; a second person agrees to it.

    The bundle is ordered now, so that the second person agrees to what there was when asked.
    """
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.MANAGE)
    require_receiver(peer, by, up_to)
    require_no_embargo(case, Outlet.PROGRAM)
    terms = terms_for(peer, items, up_to, leave_out=leave_out)
    shipment = Shipment(case=case, peer=peer, asked_by=by, up_to=up_to, reason=reason.strip())
    shipment.bundle = the_packer().order(case, by=by, terms=terms)
    shipment.caveats = sorted(caveats)
    enter_shipment(shipment, items)
    shipment.request = ask(
        RequestKind.SHIPMENT,
        shipment,
        by=by,
        reason=reason,
        ref=str(peer),
        asked={"words": words_of_shipment(shipment, items)},
    )
    shipment.save(update_fields=["request"])
    record(
        by,
        "exchange.shipment_asked",
        shipment,
        peer=str(peer.pk),
        exhibits=sorted(item.exhibit_no for item in items),
        up_to=up_to,
        caveats=shipment.caveats,
        bundle=str(shipment.bundle),
    )
    return shipment


def enter_shipment(shipment: Shipment, items: Collection[Item]) -> None:
    """Write it down, handled like all that is named in it."""
    shipment.exhibits = sorted(item.pk for item in items)
    handling = joined(item.own_handling for item in items)
    shipment.label = None if handling == Handling() else Label.for_handling(handling)
    shipment.full_clean(validate_constraints=False)
    shipment.save(force_insert=True)


def terms_for(peer: Peer, items: Collection[Item], up_to: str, *, leave_out: bool = False) -> Terms:
    """What leaves, for whom."""
    return Terms(
        agency=peer.agency,
        clearance=peer.clearance,
        up_to=up_to,
        items=tuple(items),
        leave_out=leave_out,
    )


def require_receiver(peer: Peer, by: User, up_to: str) -> None:
    """Refuse a peer that is not paired with one's own agency, and what it may not receive."""
    if not peer.is_paired or peer.ours_id != by.agency_id:
        raise Refused(_("This installation is not, or no longer, a peer of your agency."))
    if TLP_ORDER.index(up_to) > TLP_ORDER.index(peer.up_to):
        raise Refused(
            _("%(peer)s receives nothing that is marked beyond %(marking)s.")
            % {"peer": peer, "marking": Tlp(peer.up_to).label}
        )


def words_of_shipment(shipment: Shipment, items: Collection[Item]) -> dict[str, str]:
    """What the second person agrees to, word for word."""
    exhibits = ", ".join(sorted(item.exhibit_no for item in items))
    words = {
        _("To whom"): f"{shipment.peer} ({shipment.peer.agency.name})",
        _("What leaves"): exhibits or _("the whole case"),
        _("Marked at most"): str(Tlp(shipment.up_to).label),
        _("Caveats"): ", ".join(shipment.caveat_names),
    }
    return {word: said for word, said in words.items() if said}


@transaction.atomic
def agree_to_shipment(request: Request, *, by: User) -> Shipment:
    """The second person agrees: it is sent as soon as its bundle is sealed."""
    require_kind(request, RequestKind.SHIPMENT)
    request = approve(request, by=by)
    shipment = Shipment.objects.locked_for(by, Shipment(pk=request.subject_id))
    shipment.state = Shipment.State.AGREED
    shipment.save(update_fields=["state"])
    record(by, "exchange.shipment_agreed", shipment, request=str(request.pk))
    jobs.ask(SEND, shipment.pk)
    return shipment


@transaction.atomic
def recall_shipment(shipment: Shipment, *, by: User, reason: str) -> Shipment:
    """Take back what was sent: the peer removes what it has not accepted, and binds the rest."""
    shipment = Shipment.objects.locked_for(by, shipment)
    shipment.case.require(by, Duty.MANAGE)
    if not shipment.may_be_there:
        raise Refused(_("Only what the peer has received can be recalled."))
    if not reason.strip():
        raise Refused(_("Say why."))
    shipment.state, shipment.recall_reason = Shipment.State.RECALLED, reason.strip()
    shipment.recalled_by, shipment.recalled_at = by, timezone.now()
    shipment.save()
    record(by, "exchange.shipment_recalled", shipment, peer=str(shipment.peer_id))
    jobs.ask(TELL_RECALL, shipment.pk)
    return shipment


def still_bound(shipment: Shipment, exhibits: Collection[str]) -> list[str]:
    """The exhibits of a bundle that a caveat has come to keep here since it was made."""
    items = Item.objects.filter(case=shipment.case_id, exhibit_no__in=exhibits)
    return [str(bound) for bound in bound_among(Door.BUNDLE, list(items))]
