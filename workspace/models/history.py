"""The history of one record: what each deed changed, and what the record said at any moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from core.kept import said_by
from core.scope import system_scope
from investigations.models import Case, CaseRecord
from ledger.models import Entry, FormerState
from workspace.models.facts import Words
from workspace.models.lines import tell_in_words

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Change:
    """One fact that a deed changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One deed on a record; `before_at` is the moment before it, where that state is kept."""

    entry: Any
    changes: list[Change]
    before_at: str = ""


def states_of(row: Case | CaseRecord) -> list[FormerState]:
    """What a record said before each deed; the caller has found it among what the reader sees."""
    with system_scope("a record's past is shown to whoever is shown the record"):
        return list(FormerState.objects.of(row))


def steps_of(row: Case | CaseRecord, states: Sequence[FormerState], reader: User) -> list[Step]:
    """The deeds that entered and changed a record, the newest first.

    Of deeds from before states were kept, the ledger's own line tells what it can.
    """
    words, known = Words(type(row), reader), {state.entry_id: state for state in states}
    lines = list(Entry.objects.about(row).select_related("actor").order_by("-position"))
    tell_in_words(lines, reader)
    found = []
    for at, line in enumerate(lines, start=1):
        state = known.get(line.pk)
        changes = list(changes_in(line, state, words))
        if changes or at == len(lines):
            before = (line.at - A_MOMENT).isoformat() if state else ""
            found.append(Step(line, changes, before))
    return found


def changes_in(line: Entry, state: FormerState | None, words: Words) -> Iterator[Change]:
    """What one deed changed, fact by fact."""
    if state is not None:
        for name, after in state.changed.items():
            before = words.value(name, state.said.get(name))
            yield Change(words.label(name), before, words.value(name, after))
        return
    facts = line.facts
    told = facts.get("changes")
    if isinstance(told, dict):
        for name, (earlier, later) in told.items():
            yield Change(words.label(name), str(earlier), str(later))
    else:
        for name in facts.get("fields", ()):
            yield Change(words.label(name), "", "")


def said_at(
    row: Case | CaseRecord, states: Sequence[FormerState], moment: datetime
) -> dict[str, Any] | None:
    """What a record said at a moment; None before it was entered."""
    if moment < row.created_at:
        return None
    later = (state.said for state in states if state.entry.at > moment)
    return next(later, None) or said_by(row)


def told_at(said: dict[str, Any], row: Case | CaseRecord, reader: User) -> list[tuple[str, str]]:
    """Those facts in words, in the order in which the record has them; without the unknown."""
    words = Words(type(row), reader)
    told = [(words.label(name), words.value(name, value)) for name, value in said.items()]
    return [(label, value) for label, value in told if value]
