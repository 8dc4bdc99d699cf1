"""A partner's list of components, row by row: as facts to compare, or as what is wrong with it."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from comparison.methods.facts import ComponentFacts

COLUMNS = (
    *("category", "maker", "part_number", "serial", "lot", "date_code"),
    *("firmware_sha256", "concealment"),
)
MOST_ROWS, LONGEST = 1_000, 260


class Fault(StrEnum):
    """What is wrong with a row."""

    UNKNOWN_COLUMN = "unknown-column"
    NOT_TEXT = "not-text"
    TOO_LONG = "too-long"
    UNKNOWN_CATEGORY = "unknown-category"
    NOT_A_DIGEST = "not-a-sha256"
    NOTHING_TO_COMPARE = "nothing-to-compare"


@dataclass(frozen=True)
class Line:
    """One row of the list, counted from 1: its facts, or its faults by column."""

    row: int
    facts: ComponentFacts | None
    faults: Mapping[str, Fault]


class Unreadable(ValueError):
    """The text is no list at all."""


def rows_of_csv(text: str) -> list[dict[str, Any]]:
    """The rows of a CSV text whose first line names the columns."""
    try:
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
        if not reader.fieldnames or "category" not in reader.fieldnames:
            raise Unreadable
        return [
            {("" if name is None else name): value or "" for name, value in row.items()}
            for row in reader
        ]
    except csv.Error as problem:
        raise Unreadable from problem


def read_lines(rows: Iterable[Mapping[str, Any]], categories: Collection[str]) -> list[Line]:
    """Each row as facts or faults; nobody double-read a list, so one reader is assumed."""
    return [read_line(number, row, categories) for number, row in enumerate(rows, start=1)]


def read_line(number: int, row: Mapping[str, Any], categories: Collection[str]) -> Line:
    """One row."""
    faults = dict(faults_of(row))
    if not faults and row.get("category") not in categories:
        faults["category"] = Fault.UNKNOWN_CATEGORY
    told: dict[str, Any] = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    told["firmware_sha256"] = told["firmware_sha256"].lower()
    facts = None if faults else ComponentFacts(**told, transcription="single-read")
    if facts and not facts.marks:
        return Line(number, None, {"": Fault.NOTHING_TO_COMPARE})
    return Line(number, facts, faults)


def faults_of(row: Mapping[str, Any]) -> Iterable[tuple[str, Fault]]:
    """What can be told of a row by itself."""
    for name, value in row.items():
        if name not in COLUMNS:
            yield str(name)[:60], Fault.UNKNOWN_COLUMN
        elif not isinstance(value, str):
            yield name, Fault.NOT_TEXT
        elif len(value) > LONGEST:
            yield name, Fault.TOO_LONG
    digest = row.get("firmware_sha256") or ""
    if isinstance(digest, str) and digest and not is_digest(digest.strip()):
        yield "firmware_sha256", Fault.NOT_A_DIGEST


def is_digest(text: str) -> bool:
    """True for the 64 hexadecimal digits of a SHA-256."""
    return len(text) == 64 and all(letter in "0123456789abcdefABCDEF" for letter in text)
