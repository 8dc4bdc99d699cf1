"""Tables that leave the program: as CSV, each cell is text to whatever opens it, never a formula.

How the same table leaves as XLSX stands in `core/workbooks.py`.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from types import TracebackType
from typing import IO, Self

from core.markings import Handling

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""At the head of a file it tells spreadsheets that the text is UTF-8."""

PIECE = 64 * 1024  # bytes
IN_MEMORY = 1024 * 1024  # bytes; a longer table is written to disk
FORMULA = re.compile(
    r"'*(?:\s*[=+\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]|[\t\r\n])"
)


def cell(value: object) -> str:
    """The value as a cell: a text that a spreadsheet would calculate is put behind an apostrophe.

    Numbers stay numbers, times are ISO 8601 in UTC. Apostrophes that stood there already get one
    more, so that taking one away always gives back the text.
    """
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


class Table:
    """A table on its way out: filled row by row in flat memory, then sent with its first line.

    The first line cannot be known before the last row is in, for it says how the whole is to be
    handled: as its most restrictive row.
    """

    ending, content_type = "csv", "text/csv; charset=utf-8"

    def __init__(self, heads: Iterable[object]) -> None:
        self.handling, self.count = Handling(), 0
        self._held: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self._text = io.TextIOWrapper(self._held, encoding="utf-8", newline="", write_through=True)
        self._keep(heads)

    def add(self, values: Iterable[object], handling: Handling) -> None:
        """One row more."""
        self._keep(values)
        self.handling, self.count = self.handling.joined(handling), self.count + 1

    def _keep(self, values: Iterable[object]) -> None:
        """Write one line to what is held until the first one is known."""
        csv.writer(self._text, quoting=csv.QUOTE_ALL).writerow([cell(value) for value in values])

    def pieces(self, first_line: str) -> Iterator[bytes]:
        """The whole file, piece by piece."""
        with self:
            yield f"{BOM}{line_of(first_line)}\r\n".encode()
            yield from pieces_of(self._held)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._text.close()


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file from its beginning, piece by piece."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def line_of(words: str) -> str:
    """A remark as one cell; readers of CSV skip a line that begins with #."""
    return '"# ' + " ".join(words.split()).replace('"', '""') + '"'
