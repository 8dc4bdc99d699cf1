"""Tables that leave the program as XLSX: texts are written as texts, so that nothing calculates.

Numbers stay numbers, times are ISO 8601 in UTC, as in the CSV. What the format cannot hold is
said where it is missing: a character stands as \N{REPLACEMENT CHARACTER}, a text that is too long
ends with a remark.
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from openpyxl import Workbook as Book
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import save_workbook

from core.tables import FORMULA, Table, pieces_of

LONGEST = 32_767
"""Characters that a cell may hold."""

ON_A_SHEET = 1_000_000
"""Rows on a sheet, which may hold 1,048,576 lines; the next ones go on another."""

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BELOW_THE_HEADS = "A3"


class Workbook(Table):
    """A table on its way out as a workbook, held line by line until its first line is known."""

    ending = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, heads: Iterable[object]) -> None:
        self._heads, self._cut = [plain(head) for head in heads], _("… (cut: the CSV has it all)")
        self._from_the_right = get_language_bidi()
        super().__init__(())

    def _keep(self, values: Iterable[object]) -> None:
        self._text.write(json.dumps([plain(value) for value in values]) + "\n")

    def pieces(self, first_line: str) -> Iterator[bytes]:
        """The whole file, piece by piece; it is put together on disk."""
        with self, tempfile.TemporaryFile() as file:
            book = Book(write_only=True)
            self._text.seek(0)
            rows = islice(map(json.loads, self._text), 1, None)
            self._fill(book, first_line, rows)
            save_workbook(book, file)
            yield from pieces_of(file)

    def _fill(self, book: Any, first_line: str, rows: Iterator[list[Any]]) -> None:
        """As many sheets as the rows take, each with the first line and the heads."""
        for at in range(0, self.count or 1, ON_A_SHEET):
            sheet = book.create_sheet(str(at // ON_A_SHEET + 1))
            sheet.freeze_panes = BELOW_THE_HEADS
            sheet.sheet_view.rightToLeft = self._from_the_right
            for row in ([" ".join(first_line.split())], self._heads):
                sheet.append([self._cell(sheet, value) for value in row])
            for row in islice(rows, ON_A_SHEET):
                sheet.append([self._cell(sheet, value) for value in row])

    def _cell(self, sheet: Any, value: Any) -> Any:
        """A number as it is; a text as a cell that stays a text, even when somebody edits it."""
        if not isinstance(value, str):
            return value
        text = NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value)
        if len(text) > LONGEST:
            text = text[: LONGEST - len(self._cut)] + self._cut
        found = WriteOnlyCell(sheet, text)
        found.data_type = "s"
        if FORMULA.match(text):
            found.quotePrefix = True
        return found


def plain(value: object) -> str | int | float | None:
    """The value as it can be held as JSON: a number, a text or nothing."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return str(value)
