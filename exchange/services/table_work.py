"""What a worker does for a table: goes through it in batches, each whole or not at all.

A batch is one transaction with the place it has come to, so that a worker that dies is followed by
one that goes on behind it. Everything is done in the name of whoever asked, as that person sees it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop

from accounts.models import User
from core import jobs
from core.scope import asking_as, system_scope
from exchange.formats.tables.lines import Line
from exchange.formats.tables.wrong import WrongTable
from exchange.models import TableImport, TableImportRow, TableState, Verdict
from exchange.services.incident_list import in_chunks
from exchange.services.table_batch import Turn, handle, rehearse, rows_of
from exchange.services.table_file import opened
from exchange.services.table_import import map_of
from exchange.services.table_kinds import KINDS
from exchange.services.table_names import Names
from exchange.services.table_reading import Reader
from exchange.services.table_undoing import undo_rows
from exchange.services.table_words import told_of_table
from ledger.services import record

CHUNK = 200
NO_LONGER_ALLOWED = gettext_noop("Whoever asked for this import may no longer do it.")
ENDS = {TableState.CHECKING: TableState.CHECKED, TableState.RUNNING: TableState.DONE}


def work_on_table(table: TableImport, *, lease: jobs.Lease = jobs.BY_HAND) -> TableImport:
    """Do what an import waits for; safe to run twice, late, or after a worker was killed in it."""
    is_undo = table.state == TableState.UNDOING
    person = table.undone_by if is_undo and table.undone_by else table.imported_by
    require_allowed(table, person)
    with translation.override(person.language), asking_as(person):
        if is_undo:
            undo_rows(table, by=person, lease=lease)
        else:
            go_through(table, by=person, lease=lease)
    table.refresh_from_db()
    return table


def require_allowed(table: TableImport, person: User) -> None:
    """Whoever asked must have the right to it still."""
    case, duty = table.case, KINDS[table.kind].duty
    if not (case.is_read_whole_by(person) and duty in case.duties(person)):
        raise jobs.GivenUp(NO_LONGER_ALLOWED)


def go_through(table: TableImport, *, by: User, lease: jobs.Lease) -> None:
    """Read the file from where the last batch ended, and end the turn with its line."""
    try:
        with opened(table) as (head, lines):
            turn = turn_of(table, by, head)
            left = (line for line in lines if line.number > table.position)
            for batch in in_chunks(left, CHUNK):
                do_batch(turn, batch, lease)
    except WrongTable as wrong:
        fail_table(table, told_of_table(wrong), by=by, lease=lease)
    else:
        end_turn(table, by=by, lease=lease)


def turn_of(table: TableImport, by: User, head: tuple[str, ...]) -> Turn:
    """How this table is gone through."""
    kind, plan = KINDS[table.kind], map_of(table)
    reader = Reader(kind, plan, Names(table.case, by, plan.scheme))
    return Turn(table, kind, reader, by, head, table.state == TableState.CHECKING)


@transaction.atomic
def do_batch(turn: Turn, lines: Sequence[Line], lease: jobs.Lease) -> None:
    """Some lines, their rows and the place behind them: all of it, or nothing."""
    table = TableImport.objects.locked_for(turn.by, turn.table)
    if (table.state, table.turn) != (turn.table.state, turn.table.turn):
        raise jobs.Overtaken
    if table.position >= lines[-1].number:
        return
    readings = rehearse(turn, lines) if turn.is_rehearsal else handle(turn, lines)
    rows = rows_of(turn, readings)
    TableImportRow.objects.bulk_create(rows)
    add_up(table, rows)
    table.position = lines[-1].number
    table.save()
    lease.renew()


def add_up(table: TableImport, rows: Sequence[TableImportRow]) -> None:
    """Count the verdicts: together they are as many as there are lines."""
    found = [row.verdict for row in rows]
    table.created += found.count(Verdict.CREATE)
    table.changed += found.count(Verdict.CHANGE)
    table.same += found.count(Verdict.SAME)
    table.refused += found.count(Verdict.REFUSE)


@transaction.atomic
def end_turn(table: TableImport, *, by: User, lease: jobs.Lease) -> None:
    """Say in the ledger what a dry run or a run came to; what earlier ones showed is let go of."""
    table = TableImport.objects.locked_for(by, table)
    if table.state not in ENDS:
        return
    was_run = table.state == TableState.RUNNING
    table.state = ENDS[TableState(table.state)]
    table.save()
    with system_scope("what an earlier dry run showed is of no more use, whoever may see it"):
        TableImportRow.objects.filter(table_import=table, turn__lt=table.turn).delete()
    record(
        by,
        "exchange.table_written" if was_run else "exchange.table_checked",
        table,
        created=table.created,
        changed=table.changed,
        unchanged=table.same,
        refused=table.refused,
    )
    lease.complete()


@transaction.atomic
def fail_table(table: TableImport, why: str, *, by: User | None, lease: jobs.Lease) -> None:
    """Leave an import that cannot be gone on with; what it wrote can still be undone."""
    with system_scope("say that an import failed, whoever may see it"):
        table = TableImport.objects.select_for_update(no_key=True).get(pk=table.pk)
        if not table.is_at_work:
            return
        table.state, table.trouble = TableState.FAILED, why[:500]
        table.save()
        record(by, "exchange.table_failed", table, position=table.position)
        lease.complete()


def give_up_table(table: TableImport, reason: str) -> None:
    """The job has failed for good: whoever waits for the import is told."""
    with translation.override(table.imported_by.language):
        words = translation.gettext(reason) if reason else translation.gettext(FAILED)
    fail_table(table, words, by=None, lease=jobs.BY_HAND)


FAILED = gettext_noop(
    "The import could not be gone on with after several attempts. What was written stays together:"
    " undo it, or bring the table in again."
)
