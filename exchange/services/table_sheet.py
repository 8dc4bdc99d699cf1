"""The lines that were refused, as a table to mend and to bring in again."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.tables import Table
from exchange.formats.tables.lines import Line
from exchange.formats.tables.wrong import WrongTable
from exchange.models import TableImport, TableImportRow, Verdict
from exchange.services.table_file import opened
from exchange.services.table_kinds import KINDS
from exchange.services.table_words import told_of_table
from ledger.services import record

AT_ONCE = 500


@transaction.atomic
def take_refused(table: TableImport, *, by: User) -> Table:
    """Every refused line with all of its cells, its number and why; that it went out is a line."""
    table.case.require(by, KINDS[table.kind].duty)
    rows = TableImportRow.objects.visible_to(by).filter(
        table_import=table, turn=table.turn, verdict=Verdict.REFUSE
    )
    sheet = Table([*table.head, _("Line"), _("Why it was refused")])
    refused = rows.order_by("number").select_related("case").iterator(AT_ONCE)
    try:
        with opened(table) as (_head, lines):
            for row, line in together(refused, lines):
                cells = list(line.cells)[: len(table.head)]
                cells += [""] * (len(table.head) - len(cells))
                sheet.add([*cells, row.number, row.reason], row.handling)
    except WrongTable as wrong:
        raise Refused(told_of_table(wrong)) from None
    record(by, "exchange.refused_lines_taken", table, rows=sheet.count)
    return sheet


def together(
    rows: Iterator[TableImportRow], lines: Iterator[Line]
) -> Iterator[tuple[TableImportRow, Line]]:
    """Each row beside its line: both come in the order of their numbers, and neither is held."""
    row = next(rows, None)
    for line in lines:
        while row is not None and row.number < line.number:
            row = next(rows, None)
        if row is None:
            return
        if row.number == line.number:
            yield row, line
