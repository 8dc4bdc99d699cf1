"""Read the week in which a part was made from the code stamped on it."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_CODE = re.compile(
    r"(?:DATECODE|DC)?(?P<week_sign>WK|W)?(?P<a>\d{2,4})(?P<split>WK|W)?(?P<b>\d{2})?"
)
_WEEK = timedelta(days=6)


class Window(NamedTuple):
    """One reading of a date code: an ISO week, Monday to Sunday, and the order it was read in."""

    start: date
    end: date
    order: str

    def days_from(self, other: "Window") -> int:
        """Days between the two windows; 0 when they overlap."""
        return max(0, (max(self.start, other.start) - min(self.end, other.end)).days)


@lru_cache(maxsize=16_384)
def read_date_code(normalised: str, earliest: int, latest: int) -> tuple[Window, ...]:
    """Every plausible week for a normalised code, the years bounded by `earliest` and `latest`.

    `2213` is both week 13 of 2022 (YYWW) and week 22 of 2013 (WWYY): both readings are kept.
    `22W13`, `W1322`, `202213` and `132022` say which is which and give one reading.
    """
    code = _CODE.fullmatch(normalised)
    if code is None or not normalised.isascii():
        return ()
    readings = {
        window
        for order, year, week in _splits(code)
        if (window := _week(order, year, week, earliest, latest))
    }
    return tuple(sorted(readings))


def _splits(code: re.Match[str]) -> list[tuple[str, str, str]]:
    """The (order, year, week) triples a code may mean."""
    first, second = code["a"], code["b"] or ""
    if code["split"]:
        return [("YYWW", first, second)] if second else []
    digits = first + second
    if len(digits) == 4 and code["week_sign"]:
        return [("WWYY", digits[2:], digits[:2])]
    if len(digits) == 4:
        return [("YYWW", digits[:2], digits[2:]), ("WWYY", digits[2:], digits[:2])]
    if len(digits) == 6:
        return [("YYYYWW", digits[:4], digits[4:]), ("WWYYYY", digits[2:], digits[:2])]
    return []


def _week(order: str, year: str, week: str, earliest: int, latest: int) -> Window | None:
    full = int(year)
    if len(year) == 2:
        full += 2000 if 2000 + full <= latest else 1900
    if not earliest <= full <= latest or len(week) != 2:
        return None
    try:
        monday = date.fromisocalendar(full, int(week), 1)
    except ValueError:
        return None
    return Window(monday, monday + _WEEK, order)


def days_apart(left: tuple[Window, ...], right: tuple[Window, ...]) -> int | None:
    """Fewest days between any two readings; None when either code could not be read."""
    if not left or not right:
        return None
    return min(a.days_from(b) for a in left for b in right)
