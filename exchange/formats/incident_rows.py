"""Turns one row of a list into one incident, or says why it cannot be one."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TextIO

from exchange.formats.incident_map import HARM_COLUMNS, HARMS, IncidentMap, WrongMap
from exchange.formats.moments import Period, read_period
from exchange.formats.python_literal import read_literal

LONGEST_CELL = 1_000_000
UNKNOWN = {"", "nan", "none", "null", "n/a", "unknown"}
MOST = 2_147_483_647


@dataclass(frozen=True)
class IncidentRow:
    """One incident as a list states it; an empty number is unknown, never zero."""

    number: int
    key: str
    title: str
    period: Period
    as_stated: str
    weapon: str
    attack_mode: str
    place: str
    point: tuple[Decimal, Decimal] | None
    counts: Mapping[str, int | None]
    narrative: str
    citation: str
    as_reported: Mapping[str, object]


@dataclass(frozen=True)
class RefusedRow:
    """A row that is no incident, and why; the number counts from 1, the head line apart."""

    number: int
    reason: str


def read_rows(stream: TextIO, plan: IncidentMap) -> Iterator[IncidentRow | RefusedRow]:
    """Every row of the list in one pass; WrongMap when columns are missing."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(stream, strict=True)
    head = read_head(reader, plan)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield RefusedRow(number, f"the row is not well-formed CSV: {problem}")
            continue
        if cells:
            yield read_row(number, head, cells, plan)
        else:
            yield RefusedRow(number, "the row is empty")


def read_head(reader: Iterator[list[str]], plan: IncidentMap) -> list[str]:
    """The names of the columns; one that comes twice would silently lose what the first holds."""
    try:
        head = next(reader, [])
    except csv.Error as problem:
        raise WrongMap(f"The head line is not well-formed CSV: {problem}.") from problem
    plan.require_columns(head)
    twice = sorted({name for name in head if head.count(name) > 1})
    if twice or "\x00" in "".join(head):
        why = f"names columns twice: {', '.join(twice)}" if twice else "holds a NUL character"
        raise WrongMap(f"The head line {why}. Mend the list first.")
    return head


def read_row(
    number: int, head: list[str], cells: list[str], plan: IncidentMap
) -> IncidentRow | RefusedRow:
    """One row, or the reason why it is refused."""
    if len(cells) != len(head):
        return RefusedRow(number, f"it has {len(cells)} cells where the head line has {len(head)}")
    if any("\x00" in cell for cell in cells):
        return RefusedRow(number, "it holds a NUL character")
    row = dict(zip(head, cells, strict=True))
    try:
        return incident_of(number, row, plan)
    except ValueError as problem:
        return RefusedRow(number, str(problem))


def incident_of(number: int, row: Mapping[str, str], plan: IncidentMap) -> IncidentRow:
    """Read every mapped cell; ValueError names the first one that cannot be right."""

    def cell(name: str) -> str:
        return row[plan.columns[name]].strip() if name in plan.columns else ""

    starts, ends = cell("starts"), cell("ends")
    weapon, place = cell("weapon"), cell("place")
    counts = read_counts(cell)
    return IncidentRow(
        number=number,
        key=key_of(row),
        title=(cell("title") or title_of(weapon, place))[:200],
        period=read_period(starts, ends, plan.zone),
        as_stated=f"{starts} – {ends}" if ends and ends != starts else starts,
        weapon=within(weapon, 300, "weapon"),
        attack_mode=mode_of(weapon, plan),
        place=within(place, 500, "place"),
        point=read_point(cell("latitude"), cell("longitude")),
        counts=counts,
        narrative=cell("narrative"),
        citation=within(plan.citation_prefix + cell("source"), 500, "source") or plan.name,
        as_reported={"row": dict(row), "read": read_printed(row, plan)},
    )


def key_of(row: Mapping[str, str]) -> str:
    """SHA-256 of the whole row: the same row read twice is one incident."""
    return hashlib.sha256(json.dumps(dict(row), sort_keys=True).encode()).hexdigest()


def title_of(weapon: str, place: str) -> str:
    """A neutral title: what was used and towards where, never by whom."""
    what = weapon if weapon.lower() not in UNKNOWN else "Attack"
    return f"{what}, {place}" if place else what


def within(text: str, longest: int, name: str) -> str:
    """The text, unless it is longer than what can be kept of it."""
    if len(text) > longest:
        raise ValueError(f"the {name} is longer than {longest} characters")
    return text


def mode_of(weapon: str, plan: IncidentMap) -> str:
    """The mode of every word found in the weapon; several different ones are combined."""
    modes = {mode for word, mode in plan.attack_modes.items() if word.lower() in weapon.lower()}
    if len(modes) > 1:
        return "combined"
    return modes.pop() if modes else plan.attack_mode


def read_counts(cell: Callable[[str], str]) -> dict[str, int | None]:
    """How many were launched, intercepted, arrived, killed, injured, and are missing."""
    names = ("launched", "intercepted", "arrived")
    counts = {name: read_count(cell(name), name) for name in (*names, *HARM_COLUMNS)}
    launched, intercepted = counts["launched"], counts["intercepted"]
    if launched is not None and intercepted is not None and intercepted > launched:
        raise ValueError(f"more were intercepted ({intercepted}) than launched ({launched})")
    for harm in HARMS:
        least, most = counts[f"{harm}_min"], counts[f"{harm}_max"]
        if least is not None and most is not None and most < least:
            raise ValueError(f"{harm}: at most {most} is less than at least {least}")
    return counts


def read_count(text: str, name: str) -> int | None:
    """A whole number, also when a program wrote it as `236.0`; unknown when empty or NaN."""
    if text.lower() in UNKNOWN:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{name}: “{text}” is not a number") from None
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number <= MOST:
        raise ValueError(f"{name}: “{text}” is not a whole number of things")
    return int(number)


def read_point(latitude: str, longitude: str) -> tuple[Decimal, Decimal] | None:
    """WGS 84 degrees, or nothing when either is missing."""
    if latitude.lower() in UNKNOWN or longitude.lower() in UNKNOWN:
        return None
    try:
        point = Decimal(latitude), Decimal(longitude)
    except InvalidOperation:
        raise ValueError(f"“{latitude}, {longitude}” is not a point in degrees") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"“{latitude}, {longitude}” is not on Earth")
    return round(point[0], 6), round(point[1], 6)


def read_printed(row: Mapping[str, str], plan: IncidentMap) -> dict[str, object]:
    """Printed lists and mappings, read; one that cannot be read stays as text in the row."""
    read: dict[str, object] = {}
    for column in plan.printed:
        if row[column].strip():
            try:
                read[column] = read_literal(row[column])
            except ValueError as problem:
                read[column] = {"unread": str(problem)}
    return read
