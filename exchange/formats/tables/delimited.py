"""Reads CSV and its kin, line by line: the file is never in memory as a whole."""

import csv
import io
from collections.abc import Iterator
from typing import IO, TextIO

from exchange.formats.tables.lines import LONGEST_CELL, Line, judged, names_of
from exchange.formats.tables.wrong import WrongTable

READ_AS = {"utf-8": "utf-8-sig"}


def text_of(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """The file as text; a byte that the encoding does not have is never passed over."""
    try:
        return io.TextIOWrapper(file, encoding=READ_AS.get(encoding, encoding), newline="")
    except LookupError:
        raise WrongTable("encoding", encoding) from None


def read_delimited(stream: TextIO, delimiter: str) -> tuple[tuple[str, ...], Iterator[Line]]:
    """The names of the columns, and the lines below them as they are asked for."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        head = next((row for row in reader if not is_remark(row)), [])
    except csv.Error as problem:
        raise WrongTable("head-broken", str(problem)) from None
    except UnicodeDecodeError as problem:
        raise WrongTable("encoding", problem.encoding) from None
    names = names_of(head)
    return names, lines_of(reader, len(names))


def is_remark(row: list[str]) -> bool:
    """True for empty lines above the head, and for the remark that begins our own tables."""
    return not any(cell.strip() for cell in row) or (len(row) == 1 and row[0].startswith("# "))


def lines_of(reader: Iterator[list[str]], width: int) -> Iterator[Line]:
    """Every line that says something, with its number; one that is no CSV is told as such."""
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(number, (), "no-csv")
            continue
        except UnicodeDecodeError as problem:
            raise WrongTable("encoding", problem.encoding) from None
        if any(cell.strip() for cell in cells):
            yield judged(number, trimmed(cells, width), width, {})


def trimmed(cells: list[str], width: int) -> list[str]:
    """Without the empty cells that programs leave behind the last column."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells
