"""Which rows an answer is made of, gathered while it is made, for whoever has to write it down.

A model notes its rows as they are read (`investigations.models.CaseRecord`). What the program reads
as itself is not gathered: it is never shown for that alone. Outside of `gathering` nothing is.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from core.scope import asked_by_the_system

Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class Shown:
    """One row that was read: its kind, its key, the case it lies in, the label it bears.

    `tells_of` names the records that it repeats, each by kind and key, where it is none itself.
    """

    kind: str
    key: UUID
    case: UUID
    label: UUID | None = None
    tells_of: tuple[tuple[str, UUID], ...] = ()

    @property
    def records(self) -> tuple[tuple[str, UUID], ...]:
        """What whoever is shown this row has been told of."""
        return self.tells_of or ((self.kind, self.key),)


Gathered = dict[UUID, Shown]

_gathered: ContextVar[Gathered | None] = ContextVar("vestige_gathered", default=None)


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Gather what is read within it, by key; what is gathered further in stays there."""
    held: Gathered = {}
    before = _gathered.set(held)
    try:
        yield held
    finally:
        _gathered.reset(before)


@contextmanager
def nothing_gathered() -> Iterator[None]:
    """Within it rows are read that are told of otherwise, or not at all."""
    before = _gathered.set(None)
    try:
        yield
    finally:
        _gathered.reset(before)


def is_gathered() -> bool:
    """True where somebody wants to know which rows are read, in a person's name."""
    return _gathered.get() is not None and not asked_by_the_system()


def note_shown(rows: Iterable[Shown]) -> None:
    """These are shown; where nobody gathers, nothing happens."""
    held = _gathered.get()
    if held is not None:
        held.update((row.key, row) for row in rows)


def only_those_kept(read: Callable[[], list[Row]]) -> list[Row]:
    """The rows that `read` returns, alone of their kind among what it reads.

    A list is read one row too far, to know whether it goes on: that row is not shown.
    """
    if _gathered.get() is None:
        return read()
    with gathering() as held:
        kept = read()
    keys, kinds = {row.pk for row in kept}, {row._meta.label_lower for row in kept}
    note_shown(row for row in held.values() if row.key in keys or row.kind not in kinds)
    return kept
