"""What the administration pages do to any reference row, always with a line in the ledger."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from catalogue.services.rights import require_curator
from core.models import Record, VersionedRecord
from ledger.services import record


@transaction.atomic
def keep_entry(row: Record, *, by: User) -> Record:
    """Store a row that a curator has just filled in."""
    require_curator(by, type(row))
    row.save(force_insert=True)
    record(by, f"catalogue.{row._meta.model_name}_entered", row, name=str(row))
    return row


@transaction.atomic
def keep_edit(row: Record, *, by: User, fields: Sequence[str]) -> Record:
    """Store a curator's changes; a row once edited is never overwritten by a data file."""
    require_curator(by, type(row))
    if isinstance(row, VersionedRecord):
        row.version += 1
    row.save()
    record(by, f"catalogue.{row._meta.model_name}_edited", row, fields=sorted(fields))
    return row


@transaction.atomic
def remove_row(row: Record, *, by: User) -> None:
    """Take out a row that nothing refers to; the ledger keeps its name."""
    if not by.has_perm(f"catalogue.delete_{row._meta.model_name}"):
        raise PermissionDenied
    record(by, f"catalogue.{row._meta.model_name}_removed", row, name=str(row))
    row.delete()
