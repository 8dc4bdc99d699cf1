"""How a record is amended: what changed, from what, to what, and never over somebody's head."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.errors import Stale
from core.models import VersionedRecord


def require_fresh(row: VersionedRecord, version: int) -> None:
    """Refuse a form that was filled in on an older version than the row has now."""
    if row.version != version:
        raise Stale(
            _("Somebody changed this record while you were writing. Compare both and save again.")
        )


def apply_changes(row: VersionedRecord, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set `facts` on `row` and raise its version; return {field: [before, after]} as text."""
    changes: dict[str, list[str]] = {}
    for name, after in facts.items():
        before = getattr(row, name)
        if before != after:
            setattr(row, name, after)
            changes[name] = [as_text(before), as_text(after)]
    if changes:
        row.version += 1
    return changes


def as_text(value: object) -> str:
    """A field's value as it is written in the ledger."""
    if value is None:
        return ""
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)


def require_sound(row: models.Model) -> None:
    """Check what was typed, field by field, without asking the database for what it holds anyway.

    References are rows already, and the database's own constraints stand behind the services'
    rules; this saves a query for each of them.
    """
    relations = {field.name for field in row._meta.fields if field.is_relation}
    editable = {field.name for field in row._meta.fields if field.editable}
    row.clean_fields(exclude=relations | ({field.name for field in row._meta.fields} - editable))
    row.clean()
