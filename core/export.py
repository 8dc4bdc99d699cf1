"""Lists as files to take away: which format is asked for, and how the file is sent."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.markings import Handling
from core.tables import Table
from core.workbooks import Workbook

FORMATS: dict[str, type[Table]] = {kind.ending: kind for kind in (Table, Workbook)}

Row = TypeVar("Row")
Taken = tuple[str | Promise, Callable[[Row], object]]
"""A column of a list to take away: its head, and how its cell is read from a row."""


def table_asked(request: HttpRequest, heads: Iterable[object]) -> Table:
    """An empty table in the format that was asked for; CSV if none or an unknown one was."""
    return FORMATS.get(request.POST.get("format", ""), Table)(heads)


def sent(table: Table, *, first_line: str, name: str) -> StreamingHttpResponse:
    """The table as a download that runs nowhere; its name says when it was taken."""
    response = StreamingHttpResponse(table.pieces(first_line))
    response.headers["Content-Type"] = table.content_type
    file = f"{name}-{timezone.now():%Y%m%d-%H%M}.{table.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def whence(request: HttpRequest, count: int) -> str:
    """Whence a table is, and who took it when."""
    return _("Handled by Vestige · %(count)d rows · %(person)s · %(at)s UTC") % {
        "count": count,
        "person": request.user,
        "at": timezone.now().strftime("%Y-%m-%d %H:%M"),
    }


def unmarked(
    request: HttpRequest, rows: Iterable[Row], columns: Sequence[Taken[Row]], *, name: str
) -> StreamingHttpResponse:
    """A list of what belongs to no case, and is handled as everything in this program is."""
    table = table_asked(request, [head for head, _read in columns])
    for row in rows:
        table.add([read(row) for _head, read in columns], Handling())
    return sent(table, first_line=whence(request, table.count), name=name)
