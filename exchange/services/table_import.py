"""Imports of tables as people drive them: brought in, read, mapped, written, and undone again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.errors import Refused
from evidence.models import File
from exchange.formats.incident_map import WrongMap
from exchange.formats.tables.guessing import guess_columns
from exchange.formats.tables.plan import THEIR_ID, TableMap, ready_maps
from exchange.formats.tables.wrong import WrongTable
from exchange.models import TableImport, TableState
from exchange.services.table_file import kept, pieces_of, recognise, sample_of
from exchange.services.table_kinds import KINDS, Kind
from exchange.services.table_words import told_of_table
from investigations.models import Case
from ledger.services import record

WORK = "exchange.work_on_table"
LONGEST_SCHEME = 80


@transaction.atomic
def receive_table(
    case: Case, *, by: User, kind: str, name: str, chunks: Iterable[bytes]
) -> TableImport:
    """Keep a table as it came, guess how it is read and what its columns mean; no more yet."""
    case = Case.objects.visible_to(by).get(pk=case.pk)
    case.require(by, KINDS[kind].duty)
    try:
        found = kept(chunks)
        table = TableImport(case=case, kind=kind, name=name[:200] or "table.csv", imported_by=by)
        table.sha256, table.size = found.sha256, found.size
        recognise(table)
    except WrongTable as wrong:
        raise Refused(told_of_table(wrong)) from None
    if twin := brought_before(table, by):
        return twin
    try:
        begin_anew(table)
    except WrongTable as wrong:  # read otherwise it may be sound
        table.trouble = told_of_table(wrong)
    table.save(force_insert=True)
    record(
        by, "exchange.table_received", table, sha256=table.sha256, size=table.size, kind=table.kind
    )
    return table


@transaction.atomic
def receive_file_as_table(file: File, *, by: User, kind: str) -> TableImport:
    """Take a file that the case has already as a table; it stays among the files."""
    file.case.require(by, KINDS[kind].duty)
    if file.handling != file.case.handling:
        raise Refused(
            _(
                "This file is handled otherwise than its case, and what its lines become would not "
                "be. Handle it like the case first, or bring the table in by itself."
            )
        )
    return receive_table(file.case, by=by, kind=kind, name=file.name, chunks=pieces_of(file))


def brought_before(table: TableImport, by: User) -> TableImport | None:
    """The same bytes that this person brought in and has done nothing with: sent twice, perhaps."""
    mine = TableImport.objects.visible_to(by).filter(case=table.case, imported_by=by, turn=0)
    return mine.filter(sha256=table.sha256, kind=table.kind, state=TableState.NEW).first()


def begin_anew(table: TableImport) -> None:
    """Read the head, and take the ready map that fits it, or else a guess."""
    head, _lines = sample_of(table)
    table.head, table.trouble, table.state = list(head), "", TableState.NEW
    table.plan = fitting_map(table).as_written()


def fitting_map(table: TableImport) -> TableMap:
    """The ready map that was made for a table with just these columns, or one that is guessed."""
    for ready in ready_maps():
        if ready.kind == table.kind and ready.fits(table.head):
            return ready
    kind = KINDS[table.kind]
    labels = {name: [kind.label(name)] for name in kind.all_fields}
    guessed = guess_columns(table.head, kind.all_fields, labels)
    scheme = table.name.rpartition(".")[0] or table.name
    return TableMap(
        columns={name: (column,) for name, column in guessed.items()},
        scheme=scheme[:LONGEST_SCHEME],
        kind=table.kind,
    )


@transaction.atomic
def read_table_as(
    table: TableImport, *, by: User, encoding: str = "", delimiter: str = "", sheet: str = ""
) -> TableImport:
    """Read the same bytes otherwise: in other letters, with another sign, from another sheet."""
    table = unwritten(table, by)
    table.encoding, table.delimiter, table.sheet = encoding, delimiter, sheet
    try:
        begin_anew(table)
    except WrongTable as wrong:
        raise Refused(told_of_table(wrong)) from None
    table.version += 1
    table.save()
    record(by, "exchange.table_read", table, encoding=encoding, sheet=bool(sheet))
    return table


@transaction.atomic
def use_map(table: TableImport, *, by: User, plan: TableMap) -> TableImport:
    """Take over a map that was kept, as far as the table has its columns; nothing runs yet."""
    table = unwritten(table, by)
    there = set(table.head)
    columns = {name: said for name, said in plan.columns.items() if set(said) <= there}
    table.plan = {
        **plan.as_written(),
        "columns": {name: list(said) for name, said in columns.items()},
    }
    table.version += 1
    table.save()
    record(by, "exchange.table_map_taken", table, fields=sorted(columns))
    return table


@transaction.atomic
def map_table(table: TableImport, *, by: User, plan: TableMap) -> TableImport:
    """Say what the columns mean, and have a dry run made, which shows all and writes nothing."""
    table = unwritten(table, by)
    kind = KINDS[table.kind]
    require_sense(plan, kind, table)
    table.plan, table.imported_by = plan.as_written(), by
    begin_turn(table, TableState.CHECKING)
    record(by, "exchange.table_mapped", table, fields=sorted(plan.columns), turn=table.turn)
    jobs.ask(WORK, table.pk)
    return table


def require_sense(plan: TableMap, kind: Kind, table: TableImport) -> None:
    """The map names fields and columns that there are, and says whose references it holds."""
    try:
        TableMap.of(plan.as_written())
    except WrongMap:
        raise Refused(_("The map says of days or of decimals what cannot be read.")) from None
    unknown = sorted((set(plan.columns) | set(plan.always)) - set(kind.all_fields))
    missing = sorted(plan.asked - set(table.head))
    if unknown or missing:
        raise Refused(
            _("The map names what is not there: %(names)s.")
            % {"names": ", ".join([*unknown, *missing])}
        )
    if not set(plan.columns) - {THEIR_ID}:
        raise Refused(_("Say what at least one column means."))
    if not 0 < len(plan.scheme.strip()) <= LONGEST_SCHEME:
        raise Refused(_("Say whose references these are: a later table is recognised by that."))


@transaction.atomic
def write_table(table: TableImport, *, by: User) -> TableImport:
    """Have everything written that the dry run showed, in the name of whoever says so."""
    table = locked(table, by)
    if not table.may_run:
        raise Refused(_("There is no dry run with anything to write. Map the columns first."))
    table.imported_by, table.has_written = by, True
    begin_turn(table, TableState.RUNNING)
    record(by, "exchange.table_begun", table, sha256=table.sha256, turn=table.turn)
    jobs.ask(WORK, table.pk)
    return table


@transaction.atomic
def undo_table(table: TableImport, *, by: User) -> TableImport:
    """Have everything taken back that this import wrote, as far as that can be."""
    table = locked(table, by)
    if not table.may_be_undone:
        raise Refused(_("Nothing of this import is written, or it was undone already."))
    table.undone_by, table.state, table.trouble = by, TableState.UNDOING, ""
    table.version += 1
    table.save()
    record(by, "exchange.table_undo_asked", table, turn=table.turn)
    jobs.ask(WORK, table.pk)
    return table


def begin_turn(table: TableImport, state: str) -> None:
    """Go through the table from its first line on, with counts that begin at nothing."""
    table.state, table.turn, table.position = state, table.turn + 1, 0
    table.created = table.changed = table.same = table.refused = 0
    table.trouble = ""
    table.version += 1
    table.save()


def unwritten(table: TableImport, by: User) -> TableImport:
    """The import, locked, as long as nothing of it is written."""
    table = locked(table, by)
    if not table.may_be_mapped:
        raise Refused(
            _("This import is at work, or was written already. Bring the table in again instead.")
        )
    return table


def locked(table: TableImport, by: User) -> TableImport:
    """The import as it is now, nobody else's until the deed is done, if `by` may do it."""
    table = TableImport.objects.locked_for(by, table)
    table.case.require(by, KINDS[table.kind].duty)
    return table


def map_of(table: TableImport) -> TableMap:
    """What the columns of a table mean."""
    return TableMap.of(table.plan)
