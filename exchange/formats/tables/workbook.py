"""Reads sheets of XLSX workbooks, line by line; formulas are never calculated nor believed.

A workbook is a ZIP of XML. Before anything of it is opened, it is looked at: how large it says to
be unpacked, and whether each part begins as plain XML does, without declarations of a document
type, in which entities hide.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from exchange.formats.tables.lines import MOST_COLUMNS, Line, judged, names_of
from exchange.formats.tables.wrong import WrongTable

MOST_PARTS = 2_000
LARGEST_UNPACKED = 2 * 1024**3  # bytes, all parts together
LARGEST_HELD = 64 * 1024**2  # bytes of a part that has to be in memory, such as its strings
BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,500}\?>\s*){0,5}<[A-Za-z_]")
LOOKED_AT = 8 * 1024  # bytes
SHEETS = "xl/worksheets/"
MARKUP = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
"""How XML may begin in any of its encodings; only the first, and UTF-8 at that, is plain."""
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, EOFError, OSError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError),
    *(NotImplementedError, RuntimeError),
)
"""What reading a torn or a forged workbook may raise; errors of XML are errors of syntax."""
FORMULA, ERROR = "formula", "error"


def require_harmless(file: IO[bytes]) -> None:
    """Refuse what is no workbook, unpacks to more than can be meant, or declares entities."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_UNPACKED:
                raise WrongTable("too-large-unpacked")
            for part in parts:
                require_plain(archive, part)
    except BROKEN as problem:
        if isinstance(problem, WrongTable):
            raise
        raise WrongTable("no-workbook") from None
    file.seek(0)


def require_plain(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """One part, whatever it is called: no larger than is read at once, and XML only if plain."""
    if not part.filename.startswith(SHEETS) and part.file_size > LARGEST_HELD:
        raise WrongTable("too-large-unpacked", part.filename)
    with archive.open(part) as begun:
        start = begun.read(LOOKED_AT)
    is_xml = part.filename.endswith((".xml", ".rels")) or start.lstrip().startswith(MARKUP)
    if is_xml and not BEGINS.match(start):
        raise WrongTable("declares-entities", part.filename)


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Any]:
    """The workbook, to be read once from above to below."""
    require_harmless(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which are not read
            book = load_workbook(file, read_only=True, keep_links=False)
    except BROKEN:
        raise WrongTable("no-workbook") from None
    try:
        yield book
    finally:
        book.close()


def unbroken(rows: Iterator[Any]) -> Iterator[Any]:
    """The rows as they are read; what is torn in the middle is told of as such."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except BROKEN:
            raise WrongTable("no-workbook") from None
        yield row


def sheets_of(file: IO[bytes]) -> list[str]:
    """The names of the sheets that hold cells."""
    with opened(file) as book:
        return [str(sheet.title) for sheet in book.worksheets]


@contextmanager
def opened_sheet(file: IO[bytes], name: str) -> Iterator[tuple[tuple[str, ...], Iterator[Line]]]:
    """The names of the columns of a sheet, the first where none is named, and its lines."""
    with opened(file) as book:
        found = [one for one in book.worksheets if one.title == name or not name]
        if not found:
            raise WrongTable("no-sheet", name)
        sheet = found[0]
        sheet.reset_dimensions()
        head_at, names = head_of(sheet)
        yield names, lines_of(sheet, head_at, len(names))


def head_of(sheet: Any) -> tuple[int, tuple[str, ...]]:
    """Where the first line that says something stands, and the names in it."""
    rows = unbroken(sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=100))
    for at, cells in enumerate(rows, start=1):
        said = [text_of(cell)[0] for cell in cells]
        if any(one.strip() for one in said):
            return at, names_of(said)
    raise WrongTable("no-head")


def lines_of(sheet: Any, head_at: int, width: int) -> Iterator[Line]:
    """Every line below the head that says something."""
    rows = unbroken(sheet.iter_rows(min_row=head_at + 1, max_col=width + 1))
    for number, cells in enumerate(rows, start=1):
        read = [text_of(cell) for cell in cells]
        unusable = {place: why for place, (_text, why) in enumerate(read) if why}
        line = judged(number, fitted([text for text, _why in read], width), width, unusable)
        if not line.is_blank:
            yield line


def fitted(cells: list[str], width: int) -> Sequence[str]:
    """As many cells as the head has; one more only where something stands in it."""
    cells += [""] * (width - len(cells))
    return cells if len(cells) > width and cells[width].strip() else cells[:width]


def text_of(cell: Any) -> tuple[str, str]:
    """The value of a cell as text, and why it cannot be used, if so."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return "", ""
    if kind == "f":
        return str(getattr(value, "text", value) or ""), FORMULA
    if kind == "e":
        return str(value), ERROR
    return plain(value), ""


def plain(value: Any) -> str:
    """A value as a person would write it: days as ISO 8601, whole numbers without a point."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return value.isoformat(" ", timespec="seconds" if value.second else "minutes")
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f") if abs(value) < 1e18 else repr(value)
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
