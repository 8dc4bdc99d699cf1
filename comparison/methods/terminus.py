"""Say before which day a weapon cannot have been finished: no earlier than its youngest part."""

from collections.abc import Hashable, Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from comparison.methods.date_codes import Window


class Excluded(StrEnum):
    """Why a date code says nothing about the weapon."""

    NONE = ""
    COUNTERFEIT = "counterfeit-suspected"
    REMARKED = "re-marked"
    UNREADABLE = "unreadable"
    AFTER_THE_ATTACK = "after-the-attack"


class Dated(NamedTuple):
    """One component with a date code: every reading of it, and what speaks against the code."""

    key: Hashable
    windows: tuple[Window, ...]
    is_counterfeit_suspected: bool = False
    is_remarked: bool = False
    known_by: date | None = None


class Statement(NamedTuple):
    """What one component says: not made before `not_before`, whichever kept reading is right.

    `dropped` are readings that would have it made after it was found.
    """

    key: Hashable
    not_before: date | None
    kept: tuple[Window, ...]
    dropped: tuple[Window, ...]
    excluded: Excluded


class Terminus(NamedTuple):
    """The bound, the components it rests on, and every statement with the latest first.

    `at_latest_reading` is the bound were each ambiguous code read as its later week.
    """

    not_before: date | None
    at_latest_reading: date | None
    rests_on: frozenset[Hashable]
    statements: tuple[Statement, ...]

    @property
    def is_ambiguous(self) -> bool:
        """Whether another reading of a code would give a later bound."""
        return self.not_before != self.at_latest_reading


def statement_of(dated: Dated) -> Statement:
    """What one component says, by the earliest of its readings that can be true."""
    kept = tuple(w for w in dated.windows if dated.known_by is None or w.start <= dated.known_by)
    dropped = tuple(w for w in dated.windows if w not in kept)
    excluded = _why_excluded(dated, kept)
    earliest = None if excluded else min(window.start for window in kept)
    return Statement(dated.key, earliest, kept, dropped, excluded)


def _why_excluded(dated: Dated, kept: tuple[Window, ...]) -> Excluded:
    if dated.is_counterfeit_suspected:
        return Excluded.COUNTERFEIT
    if dated.is_remarked:
        return Excluded.REMARKED
    if not dated.windows:
        return Excluded.UNREADABLE
    return Excluded.NONE if kept else Excluded.AFTER_THE_ATTACK


def terminus_of(components: Iterable[Dated]) -> Terminus:
    """The earliest day on which a weapon of these components can have been finished.

    `max over components of (min over readings of the first day of the week)`. Each component says
    the least that all of its readings allow, so the bound holds whichever reading is right.
    """
    statements = [statement_of(dated) for dated in components]
    told = [one for one in statements if one.not_before]
    bound = max((one.not_before for one in told if one.not_before), default=None)
    latest = max((max(w.start for w in one.kept) for one in told), default=None)
    rests_on = frozenset(one.key for one in told if one.not_before == bound)
    order = sorted(statements, key=lambda one: (one.not_before or date.min, str(one.key)))
    return Terminus(bound, latest, rests_on, tuple(reversed(order)))
