"""What lines of the partner log say was sent: by which door, how much, and which records."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from evidence.models import Item
from investigations.models import Case, Incident
from investigations.models.partner_door import PartnerDoor
from investigations.services.partner_reading import READ
from investigations.services.partner_sending import (
    PACKED_FOR_AGENCY,
    SENT,
    SENT_TO_AGENCY,
    named_in,
)
from ledger.models import Entry, EntryQuerySet
from workspace.models.lines import NAMED_BY, kind_words

SENDINGS = (SENT, SENT_TO_AGENCY, PACKED_FOR_AGENCY)
SHOWN = 12
"""So many records of a line are named on the page; the line itself names them all."""


def by_door(rows: EntryQuerySet, door: str) -> EntryQuerySet:
    """The lines of what went through one door."""
    if door == PartnerDoor.OPENED:
        return rows.filter(act=READ)
    return rows.filter(act__in=SENDINGS, body__contains=f'"door":"{door}"')


def about_records(rows: EntryQuerySet, keys: Sequence[UUID]) -> EntryQuerySet:
    """The lines that say one of these records was opened or sent; none for no record."""
    if not keys:
        return rows.none()
    named = Q(act=READ, subject_id__in=keys)
    for key in keys:
        named |= Q(act__in=SENDINGS, body__contains=f'"{key}"')
    return rows.filter(named)


def records_called(case: Case, words: str, reader: User) -> list[UUID]:
    """The records that a number or an identifier stands for; numbers only of what is seen."""
    try:
        return [UUID(words)]
    except ValueError:
        items = Item.objects.visible_to(reader).filter(case=case, exhibit_no__iexact=words)
        attacks = Incident.objects.visible_to(reader).filter(case=case, ref__iexact=words)
        found: list[UUID] = [*items.values_list("pk", flat=True)]
        return [*found, *attacks.values_list("pk", flat=True)]


def tell_sendings(entries: Sequence[Any], reader: User) -> None:
    """Give each line its `door`, how many of which `kinds`, the `names` of some, and the `rest`.

    A record that this person may not read is counted, and not named.
    """
    for entry in entries:
        entry.door = door_words(entry)
        entry.count, entry.kinds, entry.names, entry.rest = None, [], [], 0
        if entry.act in SENDINGS:
            facts = entry.facts
            entry.count = facts["count"]
            entry.kinds = [(kind_words(kind), len(keys)) for kind, keys in facts["records"].items()]
            entry.keys = list(named_in(entry))[:SHOWN]
            entry.rest = facts["named"]
    sent = [entry for entry in entries if entry.act in SENDINGS]
    names = names_of({named for entry in sent for named in entry.keys}, reader)
    for entry in sent:
        entry.names = [names[named] for named in entry.keys if named in names]
        entry.rest -= len(entry.names)


def door_words(entry: Entry) -> str:
    """By which door, where a line tells of one."""
    if entry.act == READ:
        return str(PartnerDoor.OPENED.label)
    if entry.act not in SENDINGS:
        return ""
    door = str(entry.facts["door"])
    return str(dict(PartnerDoor.choices).get(door, door))


def names_of(named: set[tuple[str, UUID]], reader: User) -> dict[tuple[str, UUID], str]:
    """What these records are called, of those that the reader sees."""
    asked: dict[str, set[UUID]] = defaultdict(set)
    for kind, key in named:
        asked[kind].add(key)
    found: dict[tuple[str, UUID], str] = {}
    for model, column in NAMED_BY:
        kind = model._meta.label_lower
        if keys := asked.get(kind):
            rows = model.objects.visible_to(reader).filter(pk__in=keys)
            found |= {(kind, key): name for key, name in rows.values_list("pk", column) if name}
    return found


def records_told(entry: Entry) -> str:
    """Every record that a line names, by kind and identifier, for a table."""
    if entry.act == READ:
        return f"{entry.subject_kind} {entry.subject_id}"
    return " ".join(f"{kind} {key}" for kind, key in named_in(entry))


def kinds_told(entry: Any) -> str:
    """How many records of which kind a line names, in words."""
    return ", ".join(f"{words}: {count}" for words, count in entry.kinds)
