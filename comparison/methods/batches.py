"""Gather serials that one production run gave, and say when its parts were made."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeVar

from comparison.methods.date_codes import Window

Held = TypeVar("Held")
Numbered = tuple[int, Held]
"""A serial number of one numbering, and what bears it."""

YEAR_FIRST, WEEK_FIRST = frozenset({"YYWW", "YYYYWW"}), frozenset({"WWYY", "WWYYYY"})


class Span(NamedTuple):
    """The days in which a batch's parts were made, first and last, as one way of reading says."""

    start: date
    end: date


def runs_of(serials: Iterable[Numbered[Held]], scale: float) -> list[list[Numbered[Held]]]:
    """Serials of one numbering in runs: each lies at most `scale` numbers from the next.

    `scale` is the size of a production batch (50 unless the parameters say otherwise). A run of
    one is no batch and is left out. The order in which serials were entered means nothing.
    """
    runs: list[list[Numbered[Held]]] = []
    for serial in sorted(serials, key=lambda one: one[0]):
        if runs and serial[0] - runs[-1][-1][0] <= scale:
            runs[-1].append(serial)
        else:
            runs.append([serial])
    return [run for run in runs if len(run) > 1]


def gaps_of(numbers: Sequence[int]) -> list[int | None]:
    """How far each serial lies from the one before it, the first from none; numbers in order."""
    return [None, *(later - earlier for earlier, later in pairwise(numbers))] if numbers else []


def places_on_line(numbers: Sequence[int]) -> list[float]:
    """Where each serial stands between the lowest (0) and the highest (100), in per cent."""
    if not numbers:
        return []
    lowest, width = min(numbers), max(numbers) - min(numbers)
    return [round(100 * (number - lowest) / width, 2) if width else 50.0 for number in numbers]


def spans_of(codes: Iterable[tuple[Window, ...]]) -> list[Span]:
    """When a batch was made: one span for each way in which all of its date codes can be read.

    One batch is stamped in one order, so a code that can be read in two is read as those are that
    can be read in one only; where nothing decides, both spans are kept. Empty without a code.
    """
    readable = [windows for windows in codes if windows]
    spans = []
    for orders in (YEAR_FIRST, WEEK_FIRST):
        chosen = [window for windows in readable if (window := _read_in(windows, orders))]
        if chosen and len(chosen) == len(readable):
            spans.append(Span(min(w.start for w in chosen), max(w.end for w in chosen)))
    return sorted(set(spans))


def _read_in(windows: tuple[Window, ...], orders: frozenset[str]) -> Window | None:
    return next((window for window in windows if window.order in orders), None)
