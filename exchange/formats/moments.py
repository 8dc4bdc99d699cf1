"""Reads the times that incident lists state: a date, a date with a time, and either of the two."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

STATED = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
)
FIRST_YEAR, LAST_YEAR = 1800, 2200
LAST_MINUTE = time(23, 59, 59)


@dataclass(frozen=True)
class Stated:
    """A moment as stated: local wall-clock time, and whether the time of day was given."""

    local: datetime
    has_time: bool


@dataclass(frozen=True)
class Period:
    """When something happened, in UTC, and how exactly that is known."""

    start: datetime
    end: datetime | None
    precision: str


def read_moment(text: str) -> Stated:
    """`2023-05-16`, `2023-05-16 3:30`, seconds and stray blanks allowed; ValueError otherwise."""
    found = STATED.fullmatch(text.strip())
    if not found:
        raise ValueError(f"“{text}” is not a date such as 2023-05-16 or 2023-05-16 03:30")
    parts = {name: int(value) for name, value in found.groupdict().items() if value}
    if not FIRST_YEAR <= parts["year"] <= LAST_YEAR:
        raise ValueError(f"“{text}” lies in a year that cannot be meant")
    try:
        return Stated(datetime(**parts), "hour" in parts)  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        raise ValueError(f"“{text}” is no day or time of the calendar") from None


def read_period(start: str, end: str, zone: ZoneInfo) -> Period:
    """From a stated start and an optional end, both in `zone`, to UTC with the precision.

    A start and an end on one day without times is that day; on two days it is a range. An end
    without a time of day means the end of that day.
    """
    first = read_moment(start)
    last = read_moment(end) if end.strip() else first
    if not last.has_time and (first.has_time or last.local > first.local):
        last = Stated(datetime.combine(last.local, LAST_MINUTE), has_time=False)
    if last.local < first.local:
        raise ValueError(f"it ends ({end.strip()}) before it begins ({start.strip()})")
    closing = None if last.local == first.local else in_utc(last.local, zone)
    return Period(in_utc(first.local, zone), closing, precision_of(first, last))


def precision_of(first: Stated, last: Stated) -> str:
    """The coarser of the two: to the minute only when both name a time of day."""
    if first.has_time and last.has_time:
        return "minute"
    apart = last.local.date() - first.local.date()
    return "day" if apart < timedelta(days=1) else "range"


def in_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time; of an hour that came twice, the first."""
    return local.replace(tzinfo=zone).astimezone(UTC)
