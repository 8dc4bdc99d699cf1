"""Lists of cases as tables to take away: marked row by row, and written down in the ledgers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.templatetags.handling import caveats
from core.export import Taken, sent, table_asked, whence
from core.markings import Handling
from investigations.models import Case
from investigations.services import note_export

AT_ONCE = 500  # rows that are in memory while a table is filled

Row = TypeVar("Row")


def of_its_case(row: Any) -> Iterable[UUID]:
    """The chain that tells of a row: that of its case."""
    return [row.case_id]


def as_they_are(rows: list[Any], _reader: User) -> Iterable[Any]:
    """Rows that hold all that their cells tell."""
    return rows


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """A list as it is taken away: the name of its file, the deed in the ledger, and its columns.

    `cases` are those whose ledgers tell that a row went out. `told` gives some rows at once what
    their cells need and no question for a single row should fetch; it may put others in their
    place.
    """

    name: str
    act: str
    columns: Sequence[Taken[Row]]
    cases: Callable[[Row], Iterable[UUID]] = of_its_case
    told: Callable[[list[Any], User], Iterable[Row]] = as_they_are


def taken_away(
    request: SignedInRequest,
    rows: QuerySet[Any] | Iterator[Any],
    listed: Listed[Any],
    *,
    left_out: int = 0,
) -> HttpResponseBase:
    """Rows this person may see as a file, CSV or XLSX; who took what stands in the ledger.

    Every row says how it is to be handled, the first line and the file's name how the whole is.
    `left_out` is how many exhibits a caveat keeps here; the first line tells that they are missing.
    """
    table = table_asked(request, [_("Handling"), *(head for head, _read in listed.columns)])
    worded, counts = cache(in_words), Counter[UUID]()
    with transaction.atomic():
        for row in told_in_turn(rows, listed, request.user):
            cells = [read(row) for _head, read in listed.columns]
            table.add([worded(row.handling), *cells], row.handling)
            counts.update(listed.cases(row))
        marking, asked = in_words(table.handling), request.GET.dict()
        cases = note_export(request.user, listed.act, rows=counts, asked=asked, marking=marking)
    told = [marking, *embargoed(cases), whence(request, table.count), *missing(left_out)]
    tlp = table.handling.tlp.upper().replace("+", "-")
    return sent(table, first_line=" · ".join(told), name=f"{listed.name}-TLP-{tlp}")


def told_in_turn(
    rows: QuerySet[Any] | Iterator[Any], listed: Listed[Any], reader: User
) -> Iterator[Any]:
    """The rows one after the other, of which only some are in memory at any time."""
    found = rows.iterator(AT_ONCE) if isinstance(rows, QuerySet) else rows
    while some := list(islice(found, AT_ONCE)):
        yield from listed.told(some, reader)


def embargoed(cases: Iterable[Case]) -> list[str]:
    """Until when nothing of these cases is made public, the longest of them."""
    days = [until for case in cases if (until := case.embargoed_until)]
    if not days:
        return []
    return [_("under embargo until %(time)s") % {"time": f"{max(days).astimezone(UTC):%F %R} UTC"}]


def missing(left_out: int) -> list[str]:
    """That exhibits are missing from a table, and how many; nothing where none is."""
    words = ngettext(
        "%(number)d exhibit left out under a caveat",
        "%(number)d exhibits left out under caveats",
        left_out,
    )
    return [words % {"number": left_out}] if left_out else []


def in_words(handling: Handling) -> str:
    """Every part of a handling as one line of text."""
    return " · ".join([str(handling), *caveats(handling)])
