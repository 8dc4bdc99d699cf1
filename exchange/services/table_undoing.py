"""Takes back what an import did: fields as they were, records as far as each kind allows it."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.errors import Refused
from core.kept import plain
from core.scope import system_scope
from exchange.formats.incident_map import HARMS
from exchange.models import (
    RecordKind,
    Reversal,
    TableImport,
    TableImportRow,
    TableState,
    TheirReference,
    Verdict,
)
from exchange.services.table_kinds import KINDS, Kind
from exchange.services.table_verdict import HARM_LABELS, counted, kept_of
from exchange.services.table_words import told_of_refusal
from investigations.models import CaseRecord, CasualtyCount
from investigations.services import count_casualties
from ledger.services import record

CHUNK = 200
WROTE = (Verdict.CREATE, Verdict.CHANGE)


def undo_rows(table: TableImport, *, by: User, lease: jobs.Lease) -> None:
    """Go back from the last line to the first; each batch is whole, and none is done twice."""
    while undo_batch(table, by, lease):
        pass
    end_undo(table, by=by, lease=lease)


@transaction.atomic
def undo_batch(table: TableImport, by: User, lease: jobs.Lease) -> int:
    """Take some lines back, and return how many they were."""
    table = TableImport.objects.locked_for(by, table)
    if table.state != TableState.UNDOING:
        raise jobs.Overtaken
    written = TableImportRow.objects.visible_to(by).filter(
        table_import=table, turn=table.turn, verdict__in=WROTE, reversal=""
    )
    rows = list(written.select_related("case", "reference").order_by("-number")[:CHUNK])
    for row in rows:
        row.reversal, row.reason = take_back(row, KINDS[table.kind], by)
    TableImportRow.objects.visible_to(by).bulk_update(rows, ["reversal", "reason"])
    lease.renew()
    return len(rows)


def take_back(row: TableImportRow, kind: Kind, by: User) -> tuple[str, str]:
    """Take back what one line did, and say what stands and why."""
    key = row.reference.record_id if row.reference else None
    found = kind.model.objects.visible_to(by).filter(pk=key).select_related("case").first()
    if found is None:
        return Reversal.STANDS, _("The record is not, or no longer, yours to see.")
    try:
        with transaction.atomic():
            if row.verdict == Verdict.CHANGE:
                return give_back(row, kind, found, by)
            return take_out(row, kind, found, by)
    except ObjectDoesNotExist:
        return Reversal.STANDS, _("What it named before is not, or no longer, yours to see.")
    except (Refused, ValidationError, PermissionDenied, DatabaseError) as problem:
        return Reversal.STANDS, told_of_refusal(problem, kind.label)[:1000]


def take_out(row: TableImportRow, kind: Kind, found: Any, by: User) -> tuple[str, str]:
    """Take a record back that the line entered, unless somebody has worked on it since."""
    if found.version > 1:
        return Reversal.STANDS, _("Somebody changed the record since.")
    reason = _("Entered by an import that was undone.")
    why_not = kind.reverse(found, by, reason)
    if why_not:
        return Reversal.STANDS, why_not
    if kind.name == RecordKind.CLAIM and row.reference:
        give_up(row.reference)
    return Reversal.UNDONE, ""


def give_up(reference: TheirReference) -> None:
    """The next table that has this reference enters another record."""
    reference.given_up = True
    reference.save(update_fields=["given_up"])


def give_back(row: TableImportRow, kind: Kind, found: Any, by: User) -> tuple[str, str]:
    """Put every field back as it was, apart from those that somebody changed since."""
    back: dict[str, Any] = {}
    kept: list[str] = []
    for name, change in row.changes.items():
        if name in HARMS:
            if not give_back_harm(found, name, change, by):
                kept.append(str(HARM_LABELS[name]))
        elif kept_of(found, name) == change["now"]:
            back[name] = restored(found, name, change["was"], by)
        else:
            kept.append(kind.label(name))
    if back:
        kind.amend(found, by=by, version=found.version, **back)
    if not kept:
        return Reversal.UNDONE, ""
    words = _("Changed by somebody since, and left so: %(fields)s.") % {"fields": ", ".join(kept)}
    return (Reversal.PARTLY if len(kept) < len(row.changes) else Reversal.STANDS), words


def give_back_harm(incident: Any, harm: str, change: dict[str, Any], by: User) -> bool:
    """Count as before, unless somebody counts otherwise by now; whether that was done."""
    counts = CasualtyCount.objects.visible_to(by).filter(incident=incident, group="unknown")
    incident.counted = list(counts)
    if plain(counted(incident, harm)) != change["now"]:
        return False
    least, most = change["was"]
    count_casualties(incident, by=by, harm=harm, group="unknown", at_least=least, at_most=most)
    return True


def restored(found: Any, name: str, was: Any, by: User) -> Any:
    """A value as it was kept, as the services take it; another record is fetched anew."""
    field = found._meta.get_field(name)
    if not isinstance(field, models.ForeignKey):
        return field.to_python(was)
    if was is None:
        return None
    model: Any = field.related_model
    rows = model.objects.visible_to(by) if issubclass(model, CaseRecord) else model.objects.all()
    return rows.get(**{field.target_field.attname: was})


@transaction.atomic
def end_undo(table: TableImport, *, by: User, lease: jobs.Lease) -> None:
    """Say in the ledger what was taken back and what stands."""
    table = TableImport.objects.locked_for(by, table)
    if table.state != TableState.UNDOING:
        return
    table.state = TableState.UNDONE
    table.save()
    with system_scope("what is out of sight stands, and is counted"):
        written = TableImportRow.objects.filter(
            table_import=table, turn=table.turn, verdict__in=WROTE
        )
        written.filter(reversal="").update(reversal=Reversal.STANDS)
        counts: dict[str, Any] = {
            each: written.filter(reversal=each).count() for each in Reversal.values
        }
    record(by, "exchange.table_undone", table, **counts)
    lease.complete()
