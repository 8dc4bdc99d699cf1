"""When a peer takes back what it sent: what waits is removed, what was accepted is held back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.markings import Handling, Tlp
from core.scope import system_scope
from evidence.models import File
from evidence.services.caveat import bind_as_recalled
from exchange.models import DeliveredRecord, Delivery
from exchange.services.delivery import drop_unused
from exchange.services.hearing import Said, Unheard, count_message
from exchange.services.speaking import receipt_for
from investigations.models import Notice
from investigations.services.label import take_on
from investigations.services.notice import tell_once
from ledger.services import record

LONGEST = 1000
ALONG = ("case", "delivery__peer__agency", "item__case", "incident__case")


@transaction.atomic
def hear_recall(said: Said) -> str:
    """Do what the originator asks; nothing that became a record of ours is ever deleted by it."""
    peer, about = count_message(said), said.envelope.about
    try:
        shipment = UUID(about.get("shipment", ""))
    except ValueError:
        raise Unheard(422, "malformed", _("It is not said which shipment this is.")) from None
    rows = Delivery.objects.select_for_update(of=("self",), no_key=True).select_related("peer")
    delivery = rows.filter(peer=peer, shipment=shipment).first()
    if delivery is None:
        raise Unheard(422, "unknown", _("No such shipment of yours was received."))
    if delivery.recalled_at is None:
        take_back(delivery, about.get("reason", "")[:LONGEST])
    return receipt_for(peer, said.envelope, "recalled", delivery=str(delivery.pk))


def take_back(delivery: Delivery, reason: str) -> None:
    """Remove what nobody accepted, mark what somebody did, and keep it from going further."""
    with system_scope("an originator takes back what it sent, whoever may see it"):
        records: Any = DeliveredRecord.objects.select_for_update(of=("self",), no_key=True)
        records = records.filter(delivery=delivery).order_by("id")
        list(records)  # wait for whoever is accepting one, then read what became of it
        found = list(records.select_related(*ALONG))
        kept = [row for row in found if row.state == DeliveredRecord.State.ACCEPTED]
        for row in found:
            if row in kept:
                hold_back_recalled(row, reason)
            else:
                remove_delivered(row)
        for row in kept or found[:1]:
            tell_of_loss(row)
    delivery.recalled_at, delivery.recall_reason = timezone.now(), reason
    delivery.state, delivery.is_gone = Delivery.State.RECALLED, not kept
    delivery.save()
    record(
        None,
        "exchange.delivery_recalled",
        delivery,
        peer=str(delivery.peer_id),
        kept=len(kept),
        removed=len(found) - len(kept),
        reason=reason,
    )
    if delivery.is_gone:
        transaction.on_commit(lambda: drop_unused(delivery.sha256))


def tell_of_loss(row: DeliveredRecord) -> None:
    """The lead of the case, and whoever accepted it, must learn of it."""
    people = {row.case.lead_id, *([row.decided_by_id] if row.decided_by_id else [])}
    tell_once(
        people,
        Notice.Kind.RECALLED,
        case=row.case_id,
        label=row.label_id,
        subject=row,
        ref=row.origin_ref,
    )


def hold_back_recalled(row: DeliveredRecord, reason: str) -> None:
    """It stays as evidence of what was known, and goes to nobody else: by caveat, and by label."""
    agency = row.delivery.peer.agency
    if row.item:
        words = _("Recalled by the originator: %(reason)s") % {"reason": reason or "–"}
        bind_as_recalled(row.item, agency=agency, reason=words)
    if row.incident:
        take_on(row.incident, for_those_who_have_it(row))
    if row.kind == DeliveredRecord.Kind.FILES:
        held, digests = for_those_who_have_it(row), [told["sha256"] for told in row.files]
        for file in File.objects.filter(case=row.case_id, item=None, sha256__in=digests):
            take_on(file, held)
    row.recalled_at = timezone.now()
    row.save(update_fields=["recalled_at"])
    record(None, "exchange.delivered_recalled", row, origin=str(row.origin_id), reason=reason)


def for_those_who_have_it(row: DeliveredRecord) -> Handling:
    """For our agency, and those whose people work on the case: it is taken from none of them."""
    team = row.case.memberships.current().values_list("user__agency", flat=True)
    agencies = frozenset({row.delivery.peer.ours_id, *(agency for agency in team if agency)})
    return Handling(tlp=str(Tlp.RED), releasable_to=agencies)


def remove_delivered(row: DeliveredRecord) -> None:
    """What it said is gone; that it was here, and its digest, stay."""
    row.state, row.facts, row.files = DeliveredRecord.State.REMOVED, {}, []
    row.recalled_at = timezone.now()
    row.save(update_fields=["state", "facts", "files", "recalled_at"])
    record(None, "exchange.delivered_removed", row, origin=str(row.origin_id), digest=row.digest)
