"""Reads days and moments as tables write them, and says how exactly each is known."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from exchange.formats.tables.values import western
from exchange.formats.tables.wrong import WrongCell

DAY_FIRST, MONTH_FIRST, YEAR_FIRST, EXCEL = "dmy", "mdy", "ymd", "excel"
ORDERS = (YEAR_FIRST, DAY_FIRST, MONTH_FIRST, EXCEL)
FIRST_YEAR, LAST_YEAR = 1800, 2200
TIME = (
    r"(?:[ T,]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[aApP]\.?[mM]\.?|ص|م)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
YEARS = re.compile(
    rf"(?P<year>\d{{4}})(?:[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}){TIME})?)?"
)
PACKED = re.compile(rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){TIME}")
PAIRS = re.compile(rf"(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}){TIME}")
NAMED = (
    re.compile(
        rf"(?P<day>\d{{1,2}})[-\s.]+(?P<name>[^\W\d_][^\d,]*?)[-\s.,]+(?P<year>\d{{4}}){TIME}"
    ),
    re.compile(rf"(?P<name>[^\W\d_][^\d,]*?)[\s.]+(?P<day>\d{{1,2}})[\s,]+(?P<year>\d{{4}}){TIME}"),
    re.compile(r"(?P<name>[^\W\d_][^\d,]*?)[-\s.,]+(?P<year>\d{4})"),
)
MONTHS = [
    "january jan يناير كانون-الثاني января січня",
    "february feb فبراير شباط февраля лютого",
    "march mar مارس آذار اذار марта березня",
    "april apr أبريل ابريل نيسان апреля квітня",
    "may مايو أيار ايار мая травня",
    "june jun يونيو حزيران июня червня",
    "july jul يوليو تموز июля липня",
    "august aug أغسطس اغسطس آب августа серпня",
    "september sep sept سبتمبر أيلول ايلول сентября вересня",
    "october oct أكتوبر اكتوبر تشرين-الأول октября жовтня",
    "november nov نوفمبر تشرين-الثاني ноября листопада",
    "december dec ديسمبر كانون-الأول декабря грудня",
]
"""The names of the months, the Levantine ones included; of two words, joined by a hyphen."""
NUMBER_OF = {name: at for at, names in enumerate(MONTHS, start=1) for name in names.split()}
EXCEL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001  (a wall clock's)
LAST_SERIAL = 2_958_465


@dataclass(frozen=True)
class When:
    """A moment as stated: the wall clock, how exactly, and the zone where it says one itself."""

    local: datetime
    precision: str
    zone: timezone | None = None

    def instant(self, zone: ZoneInfo) -> datetime:
        """The same in UTC; of an hour that came twice, the first."""
        return self.local.replace(tzinfo=self.zone or zone).astimezone(UTC)


def read_when(text: str, order: str = "") -> When:
    """A day or a moment; `order` says which number is the month where only that is missing."""
    said = " ".join(western(text).split())
    if order == EXCEL and (serial := as_serial(said)) is not None:
        return serial
    for pattern in (PACKED, YEARS, PAIRS, *NAMED):
        if found := pattern.fullmatch(said):
            return built(found.groupdict(), text, order)
    raise WrongCell("day", text)


def built(said: dict[str, str | None], text: str, order: str) -> When:
    """A moment of the parts that were found; a day or month of zero is one that is not known."""
    if "one" in said:
        said["day"], said["month"] = day_and_month(said, text, order)
    if name := said.get("name"):
        said["month"] = month_named(name, text)
    numbers = {part: int(said.get(part) or 0) for part in ("year", "month", "day")}
    if not FIRST_YEAR <= numbers["year"] <= LAST_YEAR:
        raise WrongCell("year", text)
    precision = "day" if numbers["day"] else "month" if numbers["month"] else "year"
    if numbers["day"] and not numbers["month"]:
        raise WrongCell("day", text)
    hour, precision = clock_of(said, precision)
    try:
        local = datetime(  # noqa: DTZ001  (a wall clock's)
            numbers["year"],
            numbers["month"] or 1,
            numbers["day"] or 1,
            hour,
            int(said.get("minute") or 0),
            int(said.get("second") or 0),
        )
    except ValueError:
        raise WrongCell("calendar", text) from None
    return When(local, precision, zone_of(said.get("zone") or ""))


def day_and_month(said: dict[str, str | None], text: str, order: str) -> tuple[str, str]:
    """Which of two numbers is the day; refused where nobody has said so and both could be."""
    one, two = str(said["one"]), str(said["two"])
    if order == DAY_FIRST or (not order and int(one) > 12):
        return one, two
    if order == MONTH_FIRST or (not order and int(two) > 12):
        return two, one
    if not order and int(one) == int(two):
        return one, two
    raise WrongCell("ambiguous-day", text)


def month_named(name: str, text: str) -> str:
    """The number of a month by its name."""
    plain = "-".join(name.casefold().rstrip(". ").split())
    if plain not in NUMBER_OF:
        raise WrongCell("day", text)
    return str(NUMBER_OF[plain])


def clock_of(said: dict[str, str | None], precision: str) -> tuple[int, str]:
    """The hour of the day, and how exactly the whole is known with it.

    Programs write 00:00:00 behind a day of which they know no time: that is no midnight to the
    second.
    """
    if said.get("hour") is None:
        return 0, precision
    hour, half = int(said["hour"] or 0), (said.get("half") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] in "pم" else 0)
    if not said.get("second"):
        return hour, "minute"
    is_padding = not (hour or int(said["minute"] or 0) or int(said["second"] or 0))
    return hour, precision if is_padding else "second"


def zone_of(text: str) -> timezone | None:
    """The zone that a moment names by how far it is from UTC."""
    if not text:
        return None
    if text == "Z":
        return timezone(timedelta(0))
    digits = text[1:].replace(":", "")
    apart = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if apart >= timedelta(hours=24):
        return None
    return timezone(-apart if text[0] == "-" else apart)


def as_serial(text: str) -> When | None:
    """A day as Excel counts it from 1900, with the time of day as its fraction."""
    try:
        days = Decimal(text)
    except InvalidOperation:
        return None
    if not days.is_finite() or not 1 <= days < LAST_SERIAL:
        return None
    seconds = int((days % 1 * 86_400).to_integral_value())
    local = EXCEL_BEGINS + timedelta(days=int(days), seconds=seconds)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        return None
    return When(local, "minute" if seconds else "day")
