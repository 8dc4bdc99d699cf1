"""Logging many exhibits in one step: the rules of one, asked of each; numbers and lines at once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import Refused, RowsRefused
from core.scope import system_scope
from evidence.models import CustodyEvent, CustodyKind, Item
from evidence.services.custody_event import act_of, event_of, reflect, told
from evidence.services.item import (
    LOGGED,
    collection_of,
    make_ready,
    taken,
    told_when_logged,
)
from investigations.models import Case, Duty
from investigations.services import next_numbers
from investigations.services.contribution import label_of_contribution
from ledger.merkle import leaf_hash
from ledger.services import record_many


@transaction.atomic
def log_items(case: Case, rows: Sequence[dict[str, Any]], *, by: User) -> list[Item]:
    """Enter exhibits into the case as `log_item` enters one, all of them or none.

    Each row holds the facts of one, with an `exhibit_no` or without. Raises RowsRefused with all
    rows that break a rule.
    """
    case.require(by, Duty.LOG_EVIDENCE, Duty.CONTRIBUTE)
    items = ready_items(case, rows, by)
    number_exhibits(case, items)
    for item in items:
        item.inherit_label()
    events = [first_event(item, by) for item in items if item.was_possessed]
    Item.objects.bulk_create(items)
    log = case.ledger_log
    record_many(by, LOGGED, [(item, told_when_logged(item)) for item in items], log=log)
    lines = [(event.item, told(event)) for event in events]
    entries = record_many(by, act_of(CustodyKind.COLLECTED), lines, log=log) if lines else []
    for event, entry in zip(events, entries, strict=True):
        event.position, event.digest = entry.position, leaf_hash(entry.body.encode()).hex()
    CustodyEvent.objects.bulk_create(events)
    return items


def ready_items(case: Case, rows: Sequence[dict[str, Any]], by: User) -> list[Item]:
    """An exhibit for each row, not numbered yet; refused with every row that breaks a rule."""
    label = label_of_contribution(case, by)
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
    next_numbers(case, "exhibit", count=0)  # draws none, and keeps others waiting
    before = numbers_taken(case, [item.exhibit_no for item in items if item.exhibit_no])
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


def first_event(item: Item, by: User) -> CustodyEvent:
    """How the custody of a new exhibit begins; the exhibit then says what follows from it."""
    at, facts = collection_of(item, by)
    event = event_of(item, CustodyKind.COLLECTED, by, at or timezone.now(), facts, [])
    event.inherit_label()
    reflect(item, [event])
    return event
