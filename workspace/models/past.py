"""What a record said before each deed, as far as one reader may know of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import User
from core.kept import named_in, said_by
from core.models import Subject
from core.scope import system_scope
from investigations.models import Case, CaseRecord
from ledger.models import FormerState
from workspace.models.facts import rows_for
from workspace.models.withheld import handlings_of, is_open, labels_open


@dataclass(frozen=True)
class Version:
    """What a record said from one deed to the next, and whether the reader may know it."""

    said: dict[str, Any]
    is_open: bool = True


def kept_models() -> Iterator[type[Subject]]:
    """Every kind of record of which former states are kept."""
    return (row for row in apps.get_models() if issubclass(row, Subject) and row.kept)


def kept_row(reader: User, kind: str, key: object) -> Any:
    """The record, if there is one of that kind with a history and this person sees it."""
    for model in kept_models():
        if model._meta.label_lower == kind:
            return rows_for(model, reader).filter(pk=key).first()
    return None


def case_of(row: Any) -> Case | None:
    """The case that a record lies in; none of a place of storage."""
    return row if isinstance(row, Case) else getattr(row, "case", None)


def states_of(row: models.Model) -> list[FormerState]:
    """What a record said before each deed; the caller has found it among what the reader sees."""
    with system_scope("a record's past is shown to whoever is shown the record"):
        return list(FormerState.objects.of(row))


def versions_of(row: Any, states: Sequence[FormerState], reader: User) -> list[Version]:
    """What a record said, from its entering until now: one version more than there are states."""
    labels, around = labels_open(states, reader), list[FormerState]()
    if states and isinstance(row, CaseRecord):
        with system_scope("a case that is handled less strictly now opens nothing of before"):
            around = handlings_of([row.case_id]).get(row.case_id, [])
    told = [
        Version(said, is_open(row, state, around, labels, reader))
        for state, said in zip(states, said_before(row, states), strict=True)
    ]
    return [*told, Version(said_now(row))]


def said_before(row: Any, states: Sequence[FormerState]) -> list[dict[str, Any]]:
    """What each state said, its lists as they then were: worked out backwards from today's."""
    lists = {name: set(said_now(row)[name]) for name in row.kept_lists} if states else {}
    told = []
    for state in reversed(states):
        for name in lists.keys() & state.changed.keys():
            lists[name] = (lists[name] - set(state.changed[name])) | set(state.said[name])
        told.append({**state.said, **{name: sorted(keys) for name, keys in lists.items()}})
    return told[::-1]


def said_now(row: Any) -> dict[str, Any]:
    """What a record says today, with the lists of others whose change is kept."""
    with system_scope("a list is kept whole; who reads it is told the names that they may see"):
        lists = {name: named_in(getattr(row, name).only("pk")) for name in row.kept_lists}
    return {**said_by(row), **lists}
