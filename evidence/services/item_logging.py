"""Logging exhibits, one or many in a step: rules asked of each; numbers and lines at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import require_sound
from core.errors import Refused, RowsRefused
from core.precision import DatePrecision
from core.scope import system_scope
from evidence.models import CustodyEvent, CustodyKind, Item
from evidence.models.vocabulary import ItemStatus
from evidence.services.custody_event import CustodyFacts, act_of, event_of, reflect, told
from evidence.services.item import ItemFacts, require_one_case, require_recovered_by_now
from investigations.models import Case, Duty, Label
from investigations.services import next_numbers
from investigations.services.contribution import label_of_contribution
from ledger.merkle import leaf_hash
from ledger.services import record_lines

LOGGED = "evidence.item_logged"


def log_item(
    case: Case,
    *,
    by: User,
    exhibit_no: str = "",
    out_of: Item | None = None,
    **facts: Unpack[ItemFacts],
) -> Item:
    """Enter an exhibit into the case, in the hands of whoever logs it.

    Without an `exhibit_no` it gets the next of the series EV-0001. Things that were only
    documented have no holder and no custody. What is taken `out_of` another exhibit has a custody
    of its own from now on; until now it was in that one's.
    """
    try:
        return log_items(case, [{"exhibit_no": exhibit_no, **facts}], by=by, out_of=out_of)[0]
    except RowsRefused as refused:
        raise refused.rows[0] from None


@transaction.atomic
def log_items(
    case: Case, rows: Sequence[dict[str, Any]], *, by: User, out_of: Item | None = None
) -> list[Item]:
    """Enter exhibits into the case as `log_item` enters one, all of them or none.

    Each row holds the facts of one, with an `exhibit_no` or without. Raises RowsRefused with all
    rows that break a rule.
    """
    held = case.require(by, Duty.LOG_EVIDENCE, Duty.CONTRIBUTE)
    items = ready_items(case, rows, by, label_of_contribution(case, by, held))
    number_exhibits(case, items)
    for item in items:
        item.inherit_label()
    events = [first_event(item, by, out_of) for item in items if item.was_possessed]
    Item.objects.bulk_create(items)
    logged = [(LOGGED, item, told_when_logged(item)) for item in items]
    collected = [(act_of(CustodyKind.COLLECTED), event.item, told(event)) for event in events]
    entries = record_lines(by, [*logged, *collected], log=case.ledger_log)
    for event, entry in zip(events, entries[len(logged) :], strict=True):
        event.position, event.digest = entry.position, leaf_hash(entry.body.encode()).hex()
    CustodyEvent.objects.bulk_create(events)
    return items


def ready_items(
    case: Case, rows: Sequence[dict[str, Any]], by: User, label: Label | None
) -> list[Item]:
    """An exhibit for each row, not numbered yet; refused with every row that breaks a rule."""
    items, refused = list[Item](), dict[int, Exception]()
    for number, facts in enumerate(rows):
        chosen = str(facts.get("exhibit_no", "")).strip()
        item = Item(case=case, label=label, **{**facts, "exhibit_no": chosen})
        try:
            make_ready(item, by)
        except (Refused, ValidationError) as error:
            refused[number] = error
        items.append(item)
    if refused:
        raise RowsRefused(refused)
    return items


def number_exhibits(case: Case, items: Sequence[Item]) -> None:
    """Give each without a number the next free one; chosen numbers come first, and must be free."""
    before = set[str]()
    if chosen := [item.exhibit_no for item in items if item.exhibit_no]:
        next_numbers(case, "exhibit", count=0)  # draws none, and keeps others waiting
        before = numbers_taken(case, chosen)
    refused = dict[int, Exception]()
    for number, item in enumerate(items):
        if item.exhibit_no in before:
            refused[number] = taken(item.exhibit_no)
        elif item.exhibit_no:
            before.add(item.exhibit_no)
    if refused:
        raise RowsRefused(refused)
    waiting = [item for item in items if not item.exhibit_no]
    while waiting:
        drawn = [f"EV-{each:04d}" for each in next_numbers(case, "exhibit", count=len(waiting))]
        gone = before | numbers_taken(case, drawn)
        free = [each for each in drawn if each not in gone]
        for item, exhibit_no in zip(waiting, free, strict=False):
            item.exhibit_no = exhibit_no
        waiting = waiting[len(free) :]


def numbers_taken(case: Case, numbers: Sequence[str]) -> set[str]:
    """Those of the numbers that exhibits of the case bear."""
    with system_scope("a number is given once among all exhibits of a case, seen or not"):
        rows = Item.objects.filter(case=case, exhibit_no__in=numbers)
        return set(rows.values_list("exhibit_no", flat=True))


def make_ready(item: Item, by: User) -> None:
    """Check what is said of a new exhibit, and put it in the hands of whoever logs it."""
    if item.parent:
        item.parent.require(by, Duty.LOG_EVIDENCE)
    require_one_case(item)
    require_recovered_by_now(item)
    take_into_custody(item, by)
    require_sound(item)


def told_when_logged(item: Item) -> dict[str, Any]:
    """What the line in the ledger says of a new exhibit."""
    return {
        "exhibit_no": item.exhibit_no,
        "description": item.description,
        "holder": str(item.holder_id or ""),
    }


def take_into_custody(item: Item, by: User) -> None:
    """Whoever logs an exhibit answers for it until it is handed over."""
    if item.was_possessed:
        item.holder = by
    else:
        item.status = ItemStatus.DOCUMENTED_ONLY


def collection_of(
    item: Item, by: User, out_of: Item | None = None
) -> tuple[datetime | None, CustodyFacts]:
    """The first event of its custody: when it was recovered, if that is known, else now."""
    if out_of is not None:
        why = _("Taken off %(exhibit)s.") % {"exhibit": out_of.exhibit_no}
        return None, {"to_person": by, "from_place": out_of.kept_at, "purpose": why}
    spot = item.site if item.site and item.site.has_point else item.incident
    known = item.recovered_at
    return known, {
        "precision": item.recovered_precision if known else DatePrecision.SECOND,
        "as_stated": item.recovered_as_stated,
        "from_name": item.recovered_by,
        "to_person": by,
        "from_place": str(item.site or "")[:200],
        "latitude": spot.latitude if known else None,
        "longitude": spot.longitude if known else None,
    }


def taken(exhibit_no: str) -> Refused:
    """The refusal of a number that another exhibit bears."""
    return Refused(
        _("Exhibit %(number)s is in this case already. Choose another number.")
        % {"number": exhibit_no}
    )


def first_event(item: Item, by: User, out_of: Item | None = None) -> CustodyEvent:
    """How the custody of a new exhibit begins; the exhibit then says what follows from it."""
    at, facts = collection_of(item, by, out_of)
    event = event_of(item, CustodyKind.COLLECTED, by, at or timezone.now(), facts, [])
    event.inherit_label()
    reflect(item, [event])
    return event
