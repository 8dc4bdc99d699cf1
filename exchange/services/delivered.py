"""Deciding on records from peers: what is taken over, field by field, and what is set aside."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import ComponentCategory
from core.errors import Refused
from core.tables import pieces_of
from evidence.models import File, Item
from evidence.models.vocabulary import Acquisition, AcquisitionMethod
from evidence.services import add_caveat, amend_item, log_item, receive_file
from evidence.services.caveat import stands
from evidence.services.item import ItemFacts
from exchange import vault
from exchange.formats.peer.bundle import opened
from exchange.formats.peer.values import EXHIBIT_FIELDS, INCIDENT_FIELDS, WrongValue, value_of
from exchange.models import DeliveredRecord
from investigations.models import Duty, Incident
from investigations.services import amend_incident, cite_source, enter_incident
from investigations.services.incident import IncidentFacts
from investigations.services.label import take_on
from ledger.services import record

FIELDS: dict[str, dict[str, str]] = {
    DeliveredRecord.Kind.INCIDENT: INCIDENT_FIELDS,
    DeliveredRecord.Kind.EXHIBIT: EXHIBIT_FIELDS,
    DeliveredRecord.Kind.FILES: {},
}
MODELS: dict[str, Any] = {
    DeliveredRecord.Kind.INCIDENT: Incident,
    DeliveredRecord.Kind.EXHIBIT: Item,
}


@dataclass(frozen=True)
class Line:
    """One field: what the peer says now, what it said before, and what stands here."""

    name: str
    label: str
    theirs: str
    before: str
    ours: str

    @property
    def is_new(self) -> bool:
        """True where the peer says something else than it did, or than stands here."""
        return self.theirs not in (self.before, self.ours)


def lines_of(delivered: DeliveredRecord, ours: Incident | Item | None) -> list[Line]:
    """Every field that can be taken over, beside what stands in a record of ours."""
    model = MODELS.get(delivered.kind)
    before = delivered.before.facts if delivered.before else {}
    return [
        Line(
            name,
            capfirst(str(model._meta.get_field(name).verbose_name)),
            told(delivered.facts.get(name, "")),
            told(before.get(name, "")),
            told(getattr(ours, name)) if ours else "",
        )
        for name in FIELDS[delivered.kind]
        if model
    ]


def told(value: Any) -> str:
    """A value as it is shown and compared."""
    if isinstance(value, list):
        return ", ".join(str(part) for part in sorted(value))
    return "" if value is None else getattr(value, "isoformat", value.__str__)()


def earlier_of(delivered: DeliveredRecord, by: User) -> Incident | Item | None:
    """The record of ours that an earlier version of the same record of theirs became."""
    rows = DeliveredRecord.objects.visible_to(by).accepted().with_lists()
    same = rows.filter(
        case=delivered.case_id,
        kind=delivered.kind,
        origin_id=delivered.origin_id,
        delivery__peer=delivered.delivery.peer_id,
    )
    last = same.exclude(pk=delivered.pk).order_by("-id").first()
    return last.ours if last else None


def ours_of(delivered: DeliveredRecord, by: User) -> Incident | Item | None:
    """The record of ours that it, or an earlier version of it, became, if this person sees it."""
    ours = delivered.ours or earlier_of(delivered, by)
    if ours is None:
        return None
    return cast("Incident | Item | None", seen(delivered.kind, by, pk=ours.pk))


def chosen_place(delivered: DeliveredRecord, into: Incident | Item, by: User) -> Any:
    """The record of ours that it is taken over into: of the same case, and in this one's sight."""
    found = seen(delivered.kind, by, pk=into.pk, case=delivered.case_id)
    if found is None:
        raise Refused(_("Choose a record of the same case into which it is taken over."))
    return found


def seen(kind: str, by: User, **meant: Any) -> Any:
    """The record of ours, of this kind, that is meant, if this person sees it."""
    return MODELS[kind].objects.visible_to(by).filter(**meant).first()


@transaction.atomic
def accept_delivered_incident(
    delivered: DeliveredRecord,
    *,
    by: User,
    fields: Collection[str],
    into: Incident | None = None,
    title: str = "",
) -> Incident:
    """Take what was chosen over into an incident of ours, or enter one, and cite the peer."""
    delivered = waiting_record(delivered, by, DeliveredRecord.Kind.INCIDENT)
    facts = cast("IncidentFacts", chosen(delivered, fields))
    if into is None:
        facts["title"] = title
        incident = enter_incident(delivered.case, by=by, **facts)
    else:
        into = cast("Incident", chosen_place(delivered, into, by))
        incident = amend_incident(into, by=by, version=into.version, **facts)
    cite_source(
        incident,
        by=by,
        citation=f"{delivered.delivery.peer.agency.name}: {delivered.origin_ref}"[:500],
        reliability="F",
        credibility="6",
        as_reported={"delivery": delivered.delivery.sha256, "record": str(delivered.origin_id)},
    )
    take_on(incident, delivered.own_handling)
    delivered.incident = incident
    return cast("Incident", enter_acceptance(delivered, by, fields, incident))


@transaction.atomic
def accept_delivered_exhibit(
    delivered: DeliveredRecord,
    *,
    by: User,
    fields: Collection[str],
    into: Item | None = None,
    incident: Incident | None = None,
    kind: ComponentCategory | None = None,
) -> Item:
    """Take what was chosen over into an exhibit of ours, or log one that was never ours to hold.

    Its originals come along as they were received there. The thing itself stays with the peer: so
    is its custody, which the bundle proves. What the peer holds to binds it here, too.
    """
    delivered = waiting_record(delivered, by, DeliveredRecord.Kind.EXHIBIT)
    facts = cast("ItemFacts", chosen(delivered, fields))
    if into is not None:
        into = cast("Item", chosen_place(delivered, into, by))
        item = amend_item(into, by=by, version=into.version, **facts)
    elif incident is None or kind is None:
        raise Refused(_("Say which incident of this case it belongs to, and what kind it is."))
    else:
        facts |= {"incident": incident, "kind": kind, "acquisition": Acquisition.DOCUMENTED_ONLY}
        item = log_item(delivered.case, by=by, **facts)
    take_on(item, delivered.own_handling)
    bind(delivered, item, by)
    delivered.item = item
    take_files(delivered, item, by)
    return cast("Item", enter_acceptance(delivered, by, fields, item))


@transaction.atomic
def accept_delivered_files(delivered: DeliveredRecord, *, by: User) -> DeliveredRecord:
    """Take in the originals that belonged to no exhibit there, for sorting here."""
    delivered = waiting_record(delivered, by, DeliveredRecord.Kind.FILES)
    if delivered.delivery.caveats:
        raise Refused(
            _("They are under a caveat, which binds exhibits alone: ask for the exhibit.")
        )
    for file in take_files(delivered, None, by):
        take_on(file, delivered.own_handling)
    enter_acceptance(delivered, by, [], None)
    return delivered


@transaction.atomic
def set_aside_delivered(delivered: DeliveredRecord, *, by: User) -> DeliveredRecord:
    """Decide that nothing is taken over; it stays readable."""
    delivered = waiting_record(delivered, by, delivered.kind)
    delivered.state, delivered.decided_by = DeliveredRecord.State.SET_ASIDE, by
    delivered.save(update_fields=["state", "decided_by"])
    record(by, "exchange.delivered_set_aside", delivered, origin=str(delivered.origin_id))
    return delivered


def waiting_record(delivered: DeliveredRecord, by: User, kind: str) -> DeliveredRecord:
    """The record, nobody else's until the deed is done, if nobody has decided on it."""
    delivered = DeliveredRecord.objects.locked_for(by, delivered)
    delivered.require(by, Duty.LOG_EVIDENCE)
    if delivered.kind != kind:
        raise Refused(_("This record is of another kind."))
    if delivered.state == DeliveredRecord.State.REMOVED:
        raise Refused(_("Its originator has recalled it: it is not here any more."))
    if not delivered.is_waiting:
        raise Refused(_("Somebody has decided on this record already."))
    return delivered


def chosen(delivered: DeliveredRecord, fields: Collection[str]) -> dict[str, Any]:
    """The values that are taken over."""
    known = FIELDS[delivered.kind]
    facts: dict[str, Any] = {}
    for name in known:
        if name not in fields:
            continue
        try:
            facts[name] = value_of(known[name], delivered.facts.get(name, ""))
        except WrongValue as wrong:
            raise Refused(
                _("What the peer says of “%(field)s” is no such value: %(said)s.")
                % {"field": name, "said": wrong}
            ) from None
    return facts


def bind(delivered: DeliveredRecord, item: Item, by: User) -> None:
    """Lay on the exhibit what the agency holds to, unless it stands there already."""
    agency = delivered.delivery.peer.agency
    for kind in delivered.delivery.caveats:
        if not stands(item, kind, agency):
            reason = _("It came so from %(peer)s.") % {"peer": delivered.delivery.peer}
            add_caveat(item, by=by, kind=kind, agency=agency, reason=reason)


def take_files(delivered: DeliveredRecord, item: Item | None, by: User) -> list[File]:
    """Store the originals that came along under the SHA-256 that the origin's ledger proves."""
    if not delivered.files:
        return []
    taken = []
    with vault.open_bundle(delivered.delivery.sha256) as held, opened(held) as bundle:
        for told_file in delivered.files:
            path = told_file["path"]
            with bundle.open(path) as original:
                file = receive_file(
                    delivered.case,
                    by=by,
                    chunks=pieces_of(original),
                    name=path.rpartition("/")[2],
                    item=item,
                    expected_sha256=told_file["sha256"],
                    acquisition_method=AcquisitionMethod.OTHER,
                )
            taken.append(file)
    return taken


def enter_acceptance(
    delivered: DeliveredRecord, by: User, fields: Collection[str], ours: Incident | Item | None
) -> Incident | Item | None:
    """Write down what was taken over, and from where: peer, delivery, identifier and digest."""
    delivered.state, delivered.decided_by = DeliveredRecord.State.ACCEPTED, by
    delivered.taken = sorted(set(fields))
    delivered.save()
    record(
        by,
        "exchange.delivered_accepted",
        delivered,
        peer=str(delivered.delivery.peer_id),
        bundle=delivered.delivery.sha256,
        origin=str(delivered.origin_id),
        origin_ref=delivered.origin_ref,
        digest=delivered.digest,
        fields=delivered.taken,
        ours=str(ours.pk) if ours else "",
    )
    return ours
