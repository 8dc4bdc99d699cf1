"""The one way to write down what happened to an exhibit, and to say afterwards what was wrong."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.changes import require_sound
from core.precision import DatePrecision
from core.scope import system_scope
from evidence.methods.custody import State, Step, standing, state_after
from evidence.methods.gaps import gaps_in
from evidence.models import CustodyEvent, GapNote, Item, StoragePlace
from evidence.models.custody_event import CustodyKind
from evidence.models.gap_words import patience
from evidence.models.storage_place import NOWHERE
from evidence.models.vocabulary import ItemStatus
from evidence.services.custody_rule import require_possible
from ledger.merkle import leaf_hash
from ledger.services import record

SLACK = {
    DatePrecision.SECOND: timedelta(seconds=1),
    DatePrecision.MINUTE: timedelta(minutes=1),
    DatePrecision.HOUR: timedelta(hours=1),
    DatePrecision.DAY: timedelta(days=1),
    DatePrecision.MONTH: timedelta(days=31),
    DatePrecision.YEAR: timedelta(days=366),
}
"""By how much a time known so exactly may be off; one known less exactly proves no haste."""

ACTS = {
    CustodyKind.HANDED_OUT: "evidence.item_handed_over",
    CustodyKind.UNSEALED: "evidence.seal_broken",
    CustodyKind.CORRECTION: "evidence.custody_corrected",
}
"""The names of lines that do not follow from the kind of event."""


class CustodyFacts(TypedDict, total=False):
    """What may be said of one event of custody; what is left out is as it was before."""

    precision: str
    as_stated: str
    from_person: User | None
    from_name: str
    to_person: User | None
    to_name: str
    from_place: str
    to_place: str
    storage: StoragePlace | None
    latitude: Decimal | None
    longitude: Decimal | None
    purpose: str
    seal_before: str
    seal_after: str
    condition: str
    mass_g: Decimal | None
    corrects: CustodyEvent | None
    within: CustodyEvent | None


@transaction.atomic
def enter(
    item: Item,
    kind: str,
    *,
    by: User,
    at: datetime | None = None,
    **facts: Unpack[CustodyFacts],
) -> CustodyEvent:
    """Write down one event of custody; the exhibit then shows what follows from all that hold.

    The caller has settled that `by` may do so. `at` is when it happened: now, or earlier when it
    is entered late. A seal that is not said is the one on the package. Refused when the rules
    forbid it; what the rules let through and still does not fit together is shown as a gap.
    """
    row = lock_row(item)
    events = list(known_events(row))
    event = event_of(row, kind, by, at or timezone.now(), facts, events)
    entry = record(by, act_of(event.kind), row, **told(event))
    event.position, event.digest = entry.position, leaf_hash(entry.body.encode()).hex()
    event.save(force_insert=True)
    show(row, [*events, event])
    for name in SHOWN:
        setattr(item, name, getattr(row, name))
    take_parts_along(event)
    return event


def event_of(
    row: Item, kind: str, by: User, at: datetime, facts: CustodyFacts, events: list[CustodyEvent]
) -> CustodyEvent:
    """The event that follows those that were entered before, if the rules let it."""
    state, storage = state_at(events, at), facts.get("storage")
    event = CustodyEvent(
        item=row,
        case=row.case,
        seq=len(events) + 1,
        kind=CustodyKind(kind),
        at=at,
        entered_by=by,
        **{**seals(kind, state, facts), **(storage.point if storage else NOWHERE), **facts},
    )
    require_possible(event, state, events)
    require_sound(event)
    return event


SHOWN = (
    *("holder", "kept_at", "storage", "seal_no", "status", "offered_to", "offered_at", "open_gaps"),
    *("version", "updated_at"),
)


def lock_row(item: Item) -> Item:
    """The exhibit as it is now; parts that its holder does not see move along all the same."""
    rows = Item.objects.select_for_update(of=("self",), no_key=True).select_related("case")
    with system_scope("custody is written for an exhibit and all that lies sealed within it"):
        return rows.get(pk=item.pk)


def known_events(item: Item) -> list[CustodyEvent]:
    """All that was entered of an exhibit, in that order."""
    with system_scope("what follows from its custody follows for everybody"):
        return list(CustodyEvent.objects.of(item).with_people())


def seals(kind: str, state: State, facts: CustodyFacts) -> dict[str, str]:
    """The seals of an event, where they are not said: the one on the package stays on it."""
    before = facts.get("seal_before", state.seal)
    opens = kind == CustodyKind.UNSEALED and facts.get("within") is None
    return {"seal_before": before, "seal_after": "" if opens else before}


def act_of(kind: str) -> str:
    """The name of the line that an event leaves in the ledger."""
    return ACTS.get(CustodyKind(kind), f"evidence.item_{kind.replace('-', '_')}")


def told(event: CustodyEvent) -> dict[str, Any]:
    """An event as its line tells it: no empty words, nor where an agency keeps its evidence."""
    scene = event.kind == CustodyKind.COLLECTED and event.latitude is not None
    coordinates = [str(event.latitude), str(event.longitude)] if scene else []
    facts = {
        "event": str(event.pk),
        "seq": event.seq,
        "happened": event.at.isoformat(),
        "precision": event.precision,
        "as_stated": event.as_stated,
        "giver": str(event.from_person_id or event.from_name),
        "to": str(event.to_person_id or event.to_name),
        "from_place": event.from_place,
        "to_place": event.to_place,
        "coordinates": coordinates,
        "purpose": event.purpose,
        "seal_before": event.seal_before,
        "seal": event.seal_after,
        "condition": event.condition,
        "mass_g": str(event.mass_g or ""),
        "corrects": str(event.corrects_id or ""),
        "within": str(event.within_id or ""),
    }
    return {name: value for name, value in facts.items() if value not in ("", [])}


def step_of(event: CustodyEvent) -> Step:
    """An event, freed of the database."""
    located = event.latitude is not None and event.longitude is not None
    return Step(
        key=str(event.pk),
        seq=event.seq,
        kind=event.kind,
        at=event.at,
        by=str(event.entered_by_id),
        giver=str(event.from_person_id or event.from_name),
        taker=str(event.to_person_id or event.to_name),
        from_place=event.from_place,
        place=event.to_place,
        seal_before=event.seal_before,
        seal_after=event.seal_after,
        point=(float(event.latitude), float(event.longitude)) if located else None,  # type: ignore[arg-type]
        slack=SLACK.get(DatePrecision(event.precision), timedelta(days=3660)),
        corrects=str(event.corrects_id or ""),
        follows=event.within_id is not None,
    )


def steps_of(events: Iterable[CustodyEvent]) -> list[Step]:
    """Events, freed of the database."""
    return [step_of(event) for event in events]


def state_at(events: Iterable[CustodyEvent], moment: datetime) -> State:
    """Where an exhibit stood at a moment, as far as is known today: what was corrected is gone."""
    return state_after(step for step in standing(steps_of(events)) if step.at <= moment)


def show(item: Item, events: list[CustodyEvent]) -> None:
    """Write on the exhibit what follows from all its events."""
    reflect(item, events)
    item.version += len(events) > 1  # the first event belongs to logging
    item.save(update_fields=SHOWN)


def reflect(item: Item, events: list[CustodyEvent]) -> None:
    """Let the exhibit say what follows from all its events."""
    steps = steps_of(events)
    state = state_after(steps)
    item.holder = person_of(state.holder, events)
    item.offered_to = person_of(state.offered_to, events)
    item.offered_at = state.offer.at if state.offer else None
    item.kept_at, item.seal_no = state.place, state.seal
    item.storage = storage_of(state, events)
    item.status = ItemStatus(state.status)
    item.open_gaps = count_gaps(item, steps)


def person_of(key: str, events: Iterable[CustodyEvent]) -> User | None:
    """The member of the team whom a step names; nobody for an outsider."""
    people: dict[str, User] = {}
    for event in events:
        for person in (event.entered_by, event.from_person, event.to_person):
            if person is not None:
                people[str(person.pk)] = person
    return people.get(key)


def count_gaps(item: Item, steps: list[Step]) -> int:
    """How many gaps nobody has waived; those that only time makes are not among them yet."""
    gaps = gaps_in(steps, now=timezone.now(), patience=patience())
    if not gaps:
        return 0
    with system_scope("a gap that was waived is waived for everybody"):
        waived = set(GapNote.objects.of(item).waivers().values_list("gap", flat=True))
    return sum(gap.key not in waived for gap in gaps)


def recount(item: Item) -> None:
    """Count anew what is open, after somebody waived a gap; the row is locked."""
    item.open_gaps = count_gaps(item, steps_of(known_events(item)))
    item.save(update_fields=["open_gaps"])


def storage_of(state: State, events: list[CustodyEvent]) -> StoragePlace | None:
    """The place of storage behind the name of where the exhibit is kept, if it is one."""
    if not state.place:
        return None
    put = (event for event in reversed(events) if event.to_place == state.place)
    return next((event.storage for event in put), None)


def lies_inside(item: Item) -> bool:
    """True while an exhibit is in the sealed package of the one it is part of."""
    return state_after(steps_of(known_events(item))).inside


def take_parts_along(event: CustodyEvent) -> None:
    """What lies in the sealed package goes where it goes; closing it shuts in what its holder has.

    Each part has an event of its own, which names that of the whole.
    """
    if event.kind not in ALONG:
        return
    held = event.item.holder_id
    with system_scope("what lies in a package moves with it, whoever may see it"):
        parts = list(Item.objects.filter(parent=event.item).select_related("case"))
    for part in parts:
        if lies_inside(part) or (event.kind == CustodyKind.SEALED and part.holder_id == held):
            follow(part, event)


def follow(part: Item, event: CustodyEvent) -> CustodyEvent:
    """The same event, of a part."""
    return enter(
        part,
        event.kind,
        by=event.entered_by,
        at=event.at,
        within=event,
        **{name: getattr(event, name) for name in SHARED},
    )


SHARED = (
    *("precision", "as_stated", "from_person", "from_name", "to_person", "to_name"),
    *("from_place", "to_place", "storage", "latitude", "longitude", "purpose"),
)
"""What a part's event has in common with that of its whole; seals and mass are its own."""
ALONG = frozenset(CustodyKind) - {
    *(CustodyKind.COLLECTED, CustodyKind.CORRECTION, CustodyKind.PHOTOGRAPHED),
    *(CustodyKind.SUB_SAMPLED, CustodyKind.INVENTORY),
    *(CustodyKind.EXAMINED_START, CustodyKind.EXAMINED_END),
    *(CustodyKind.RETURNED, CustodyKind.DESTROYED),
}
