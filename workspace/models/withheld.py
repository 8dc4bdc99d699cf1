"""What stays with those who could read it when it was said, though more see the record now."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps

from accounts.models import User
from core.markings import Handling
from core.scope import system_scope
from investigations.models import Case, CaseRecord, Label, one_reading
from investigations.models.label import columns_of
from investigations.services.label import LABELLED, handling_told
from ledger.models import Entry, FormerState

HANDLED = tuple(columns_of(Handling()))
"""The columns of a case that say how all of it is handled."""


def lines_withheld(entries: Sequence[Entry], reader: User) -> set[UUID]:
    """Those of the lines that repeat what a record said once and this person may not know.

    A line about a change says how it was until then, and how from then on; others may repeat what
    was said at the time. The records are among what the person sees.
    """
    pasts = pasts_of(entries, reader)
    return {entry.pk for entry in entries if repeats(entry, pasts.get(entry.subject_id, []))}


def repeats(entry: Entry, past: Sequence[tuple[FormerState, bool]]) -> bool:
    """Whether a line tells of a state that is not open; `past` says of each whether it is."""
    changed = [is_known for state, is_known in past if state.entry_id == entry.pk]
    after = next((one for one in past if one[0].entry.position > entry.position), None)
    if not all(changed):
        return True
    if after is None or after[1]:
        return False
    return bool(changed) or entry.act in LABELLED or bool(entry.facts.keys() & after[0].said.keys())


def pasts_of(entries: Iterable[Entry], reader: User) -> dict[UUID, list[tuple[FormerState, bool]]]:
    """All states of the records that lines are about, in order, each with whether it is open."""
    subjects = {entry.subject_id for entry in entries}
    with system_scope("what a record said before is held against who asks, and not shown"):
        kept = FormerState.objects.filter(subject_id__in=subjects).defer("changed")
        states = list(kept.select_related("entry").order_by("entry__position"))
        rows = records_of(states)
        inside = {row.case_id for row in rows.values() if isinstance(row, CaseRecord)}
        around = handlings_of(inside)
    labels, pasts = labels_open(states, reader), dict[UUID, list[tuple[FormerState, bool]]]()
    with one_reading():
        for state in states:
            if row := rows.get(state.subject_id):
                before = around.get(row.case_id, []) if isinstance(row, CaseRecord) else []
                known = is_open(row, state, before, labels, reader)
                pasts.setdefault(state.subject_id, []).append((state, known))
    return pasts


def records_of(states: Iterable[FormerState]) -> dict[UUID, Any]:
    """The records that these states are of, by their keys."""
    keys: dict[str, set[UUID]] = {}
    for state in states:
        keys.setdefault(state.subject_kind, set()).add(state.subject_id)
    found: dict[UUID, Any] = {}
    for kind, some in keys.items():
        model: Any = apps.get_model(kind)
        rows = model._default_manager.filter(pk__in=some)
        rows = rows.select_related("case") if issubclass(model, CaseRecord) else rows
        found |= {row.pk: row for row in rows}
    return found


def is_open(
    row: Any,
    state: FormerState,
    around: Sequence[FormerState],
    labels: Collection[UUID],
    reader: User,
) -> bool:
    """Whether this person may know what a record said until a deed.

    Asked is the label that it bore then, how its case was handled, and the kind's own rule.
    `labels` are those that let the person read.
    """
    return (
        (state.label is None or state.label in labels)
        and lets(handling_at(row, state, around), reader)
        and (not isinstance(row, CaseRecord) or row.lets_read_past(state.said, reader))
    )


def labels_open(states: Iterable[FormerState], reader: User) -> set[UUID]:
    """Those of the labels once borne that let this person read."""
    borne = {state.label for state in states if state.label}
    rows = Label.objects.open_to(reader).filter(pk__in=borne)
    return set(rows.values_list("pk", flat=True)) if borne else set()


def handlings_of(cases: Collection[UUID]) -> dict[UUID, list[FormerState]]:
    """The states of each of these cases before each change of how it is handled, in order."""
    found: dict[UUID, list[FormerState]] = {}
    if cases:
        rows = FormerState.objects.about(Case, cases).filter(changed__has_any_keys=HANDLED)
        for state in rows.select_related("entry").order_by("entry__position"):
            found.setdefault(state.subject_id, []).append(state)
    return found


def handling_at(row: Any, state: FormerState, around: Sequence[FormerState]) -> Handling | None:
    """How the case was handled just before a deed; nothing where that has not changed since."""
    if isinstance(row, Case):
        return handling_told(state.said)
    later = (of.said for of in around if of.entry.position > state.entry.position)
    said = next(later, None)
    return handling_told(said) if said else None


def lets(handling: Handling | None, reader: User) -> bool:
    """Whether this person reads what is handled so."""
    if handling is None:
        return True
    return handling.lets(
        clearance=reader.clearance, compartments=reader.compartments, agency=reader.agency_id
    )
