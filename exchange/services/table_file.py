"""The file of a table: kept as it came, and opened again as lines however often it is read."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from django.core.files import File as OpenFile
from django.template.defaultfilters import filesizeformat

from evidence import vault
from evidence.models import File
from exchange.formats.tables.delimited import read_delimited, text_of
from exchange.formats.tables.lines import Line
from exchange.formats.tables.sniffing import SAMPLE, guess_delimiter, guess_encoding
from exchange.formats.tables.workbook import opened_sheet, sheets_of
from exchange.formats.tables.wrong import WrongTable
from exchange.models import TableFormat, TableImport

LARGEST = 2 * 1024**3  # bytes
LARGEST_WORKBOOK = 256 * 1024**2  # bytes
ZIP = b"PK\x03\x04"
SHOWN = 5  # lines of a sample


def kept(chunks: Iterable[bytes]) -> vault.Kept:
    """Lay the bytes down under their hash, unless there are too many, or none at all."""
    found = vault.keep(measured(chunks))
    if not found.size:
        raise WrongTable("empty")
    return found


def measured(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes as they come; no more of them are taken than can be read."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise WrongTable("too-large", filesizeformat(LARGEST))
        yield chunk


def original_of(table: TableImport | File) -> OpenFile[bytes]:
    """The file as it came, for reading; that it is gone is said like any other trouble with it."""
    try:
        return vault.open_original(table.sha256)
    except FileNotFoundError:
        raise WrongTable("gone") from None


def pieces_of(file: File) -> Iterator[bytes]:
    """A file that lies in the vault already, piece by piece."""
    with original_of(file) as original:
        yield from original.chunks()


def recognise(table: TableImport) -> None:
    """Guess how a table that just came is to be read, and read its head where that goes."""
    with original_of(table) as original:
        sample = original.read(SAMPLE)
    if sample.startswith(ZIP):
        if table.size > LARGEST_WORKBOOK:
            raise WrongTable("too-large", filesizeformat(LARGEST_WORKBOOK))
        table.format = TableFormat.XLSX
        table.sheet = (sheets(table) or [""])[0]
    else:
        table.format, table.encoding = TableFormat.CSV, guess_encoding(sample)
        text = sample.decode(table.encoding, errors="replace")
        table.delimiter = guess_delimiter(text)


def sheets(table: TableImport) -> list[str]:
    """The sheets of a workbook; a text has none."""
    if table.format != TableFormat.XLSX:
        return []
    with original_of(table) as original, on_disk(original) as file:
        return sheets_of(file)


@contextmanager
def opened(table: TableImport) -> Iterator[tuple[tuple[str, ...], Iterator[Line]]]:
    """The columns of a table and its lines, one after the other and never all at once."""
    with original_of(table) as original:
        if table.format == TableFormat.XLSX:
            with on_disk(original) as file, opened_sheet(file, table.sheet) as found:
                yield found
        else:
            stream = text_of(buffered(original), table.encoding)
            yield read_delimited(stream, table.delimiter)
            stream.detach()


def sample_of(table: TableImport) -> tuple[tuple[str, ...], list[Line]]:
    """The columns and the first lines, as they read in the chosen encoding."""
    with opened(table) as (head, lines):
        return head, list(islice(lines, SHOWN))


def buffered(original: Any) -> Any:
    """The file as a stream that text can be read from."""
    file = original.file
    return file if isinstance(file, io.BufferedIOBase) else io.BufferedReader(file)


@contextmanager
def on_disk(original: Any) -> Iterator[IO[bytes]]:
    """A file in which one may go back and forth; one from an object store is copied first."""
    if isinstance(original.file, io.BufferedReader):
        yield original.file
        return
    with tempfile.TemporaryFile() as held:
        for chunk in original.chunks():
            held.write(chunk)
        held.seek(0)
        yield held
