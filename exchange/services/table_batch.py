"""Some lines of a table at a time: found again among the records, judged, and written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from core.markings import Handling, joined
from core.scope import system_scope
from exchange.formats.tables.lines import Line
from exchange.models import RecordKind, TableImport, TableImportRow, TheirReference, Verdict
from exchange.services.table_kinds import Kind
from exchange.services.table_names import Names
from exchange.services.table_reading import Reader
from exchange.services.table_verdict import Reading, judge, read_facts, reading_of, stands
from exchange.services.table_words import told_of_refusal
from exchange.services.table_writing import change, enter_many, enter_one
from investigations.models import Case, CasualtyCount, Label, SourceReport

REFUSALS = (Refused, ValidationError, PermissionDenied)
BROKEN_RULES = (IntegrityError, DataError)


@dataclass
class Turn:
    """One pass over a table: a dry run, of which nothing stays, or the writing itself."""

    table: TableImport
    kind: Kind
    reader: Reader
    by: User
    head: tuple[str, ...]
    is_rehearsal: bool

    @property
    def case(self) -> Case:
        return self.table.case

    @property
    def scheme(self) -> str:
        """Whose references the table holds."""
        return self.reader.plan.scheme

    @property
    def names(self) -> Names:
        return self.reader.names


def handle(turn: Turn, lines: Sequence[Line]) -> list[Reading]:
    """Do what each of these lines says, inside the caller's transaction, and tell what was done.

    The lines are looked up together; what one of them cannot do is its own refusal.
    """
    readings = [reading_of(line, turn.head, turn.reader) for line in lines]
    refuse_repeated(turn, readings)
    find_records(turn, readings)
    prepare_names(turn, readings)
    rehearsed = {} if turn.is_rehearsal else rehearsed_before(turn, readings)
    fresh = []
    for reading in readings:
        settle(turn, reading, rehearsed.get(reading.number))
        if reading.verdict == Verdict.CREATE and turn.reader.is_of_incidents:
            fresh.append(reading)
        else:
            act(turn, reading)
    enter_incidents(turn, fresh)
    return readings


def rehearse(turn: Turn, lines: Sequence[Line]) -> list[Reading]:
    """Do the same in earnest, with every rule and every check, and then take all of it back."""
    with transaction.atomic():
        readings = handle(turn, lines)
        transaction.set_rollback(True)
    for reading in readings:
        reading.reference = reading.known
        reading.record = reading.record if reading.verdict != Verdict.CREATE else None
    return readings


def settle(turn: Turn, reading: Reading, before: TableImportRow | None) -> None:
    """Read and judge a line; in earnest, only what the dry run showed is done."""
    if not reading.verdict:
        read_facts(reading, turn.reader)
    if not reading.verdict:
        judge(reading, turn.reader)
    if turn.is_rehearsal or reading.verdict == Verdict.REFUSE:
        return
    if before is not None and before.verdict == Verdict.REFUSE:
        reading.refuse(before.reason)
    elif before is None or shown(before.verdict, before.changes) != shown(
        reading.verdict, reading.changes
    ):
        reading.refuse(_("Something changed since the dry run: import this line again."))


def shown(verdict: str, changes: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a dry run showed of a line, apart from the language it was told in."""
    return str(verdict), {name: (one["was"], one["now"]) for name, one in changes.items()}


def act(turn: Turn, reading: Reading) -> None:
    """Write a line by itself: the services of its kind have the last word."""
    if reading.verdict not in (Verdict.CREATE, Verdict.CHANGE):
        return
    try:
        with transaction.atomic():
            if reading.verdict == Verdict.CREATE:
                enter_one(turn, reading)
                turn.names.learn(turn.kind.model, reading.record, reading.key)
            else:
                change(turn, reading)
    except (*REFUSALS, *BROKEN_RULES) as problem:
        if reading.verdict == Verdict.CREATE:
            reading.record, reading.reference = None, None
        reading.refuse(told_of_refusal(problem, turn.kind.label))


def enter_incidents(turn: Turn, readings: list[Reading]) -> None:
    """All new attacks of the batch at once; one by one where the database takes not all of them."""
    if not readings:
        return
    try:
        with transaction.atomic():
            enter_many(turn, readings)
    except (*REFUSALS, *BROKEN_RULES):
        for reading in readings:
            reading.record, reading.reference = None, None
            act(turn, reading)


def refuse_repeated(turn: Turn, readings: Iterable[Reading]) -> None:
    """One reference stands for one record: a table that has it twice contradicts itself."""
    keys = {reading.key for reading in readings if not reading.verdict}
    earlier = TableImportRow.objects.visible_to(turn.by).filter(
        table_import=turn.table, turn=turn.table.turn, key__in=keys
    )
    seen = dict(earlier.order_by("-number").values_list("key", "number"))
    for reading in readings:
        if reading.verdict:
            continue
        if (above := seen.get(reading.key)) is None:
            seen[reading.key] = reading.number
        elif reading.has_own_key:
            words = _("Line %(number)d has the same reference: “%(reference)s”.")
            reading.refuse(words % {"number": above, "reference": reading.key})
        else:
            reading.refuse(_("Line %(number)d is the very same.") % {"number": above})


def find_records(turn: Turn, readings: Iterable[Reading]) -> None:
    """The records that lines are known to be; one that is out of sight refuses its line."""
    pending = [reading for reading in readings if not reading.verdict]
    keys = {reading.key for reading in pending}
    with system_scope("a reference is given once, whoever may see the record that bears it"):
        bearing = TheirReference.objects.standing().filter(
            case=turn.case, kind=turn.kind.name, scheme=turn.scheme, reference__in=keys
        )
        known = {one.reference: one for one in bearing}
        reported = reported_before(turn, [one.row_key for one in pending if one.key not in known])
    wanted = {one.record_id for one in known.values()} | set(reported.values())
    records = {record.pk: record for record in records_of(turn, wanted)}
    for reading in pending:
        reference = known.get(reading.key)
        key = reference.record_id if reference else reported.get(reading.row_key)
        record = records.get(key)
        if key is not None and record is None:
            reading.refuse(_("The record of this reference is not yours to see."))
        elif record is not None and stands(record):
            reading.record, reading.reference, reading.known = record, reference, reference


def reported_before(turn: Turn, keys: list[str]) -> dict[str, Any]:
    """Attacks that the very same row was entered as before, by the command line perhaps."""
    if turn.kind.name != RecordKind.INCIDENT:
        return {}
    before = SourceReport.objects.filter(
        case=turn.case, imported_from=turn.scheme, row_key__in=keys
    )
    return dict(before.values_list("row_key", "incident_id"))


def records_of(turn: Turn, keys: set[Any]) -> Iterable[Any]:
    """The records of these keys that the person sees, with all that is compared of them."""
    fields = turn.kind.model._meta.fields
    relations = [one.name for one in fields if isinstance(one, models.ForeignKey)]
    rows: Any = turn.kind.model.objects.visible_to(turn.by).filter(case=turn.case, pk__in=keys)
    rows = rows.select_related(*relations)
    if turn.kind.name == RecordKind.INCIDENT:
        counts = CasualtyCount.objects.visible_to(turn.by).filter(group="unknown")
        rows = rows.prefetch_related(Prefetch("casualties", counts, to_attr="counted"))
    found: Iterable[Any] = rows
    return found


def prepare_names(turn: Turn, readings: Iterable[Reading]) -> None:
    """Look up at once all records of the case that the lines name."""
    asked: dict[Any, set[str]] = defaultdict(set)
    for reading in readings:
        if not reading.verdict:
            for model, texts in turn.reader.named_in(reading.said).items():
                asked[model] |= texts
    turn.names.prepare(asked)


def rehearsed_before(turn: Turn, readings: Iterable[Reading]) -> dict[int, TableImportRow]:
    """What the dry run showed of these lines."""
    numbers = [reading.number for reading in readings]
    rows = TableImportRow.objects.visible_to(turn.by).filter(
        table_import=turn.table, turn=turn.table.turn - 1, number__in=numbers
    )
    return {row.number: row for row in rows}


def rows_of(turn: Turn, readings: Iterable[Reading]) -> list[TableImportRow]:
    """What is kept of each line: handled as strictly as the record that it tells of."""
    return [
        TableImportRow(
            case=turn.case,
            label=label_over(turn.table, reading.record),
            table_import=turn.table,
            turn=turn.table.turn,
            number=reading.number,
            key=reading.key[:200],
            verdict=reading.verdict,
            reason=reading.reason,
            changes=reading.changes,
            reference=reading.reference,
        )
        for reading in readings
    ]


def label_over(table: TableImport, record: Any) -> Label | None:
    """The label of what tells of this import and of this record."""
    above = [table.own_handling, *([record.own_handling] if record is not None else [])]
    handling = joined(above)
    return None if handling == Handling() else Label.for_handling(handling)
