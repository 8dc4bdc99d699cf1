"""What a record says, in the plain form in which it is kept once a deed has changed it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

NOT_SAID = frozenset({"id", "case", "label", "created_at", "updated_at", "version"})
"""Columns that say where a row belongs and when it was stored, and nothing of its subject."""


def said_by(row: models.Model) -> dict[str, Any]:
    """Every fact of a row by the name of its field, in JSON's own types; references by key."""
    left_out = NOT_SAID.union(getattr(row, "not_kept", ()))
    return {
        field.name: plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.name not in left_out
    }


def named_in(rows: Iterable[models.Model]) -> list[str]:
    """A list of rows as it is kept: their keys, in one order."""
    return sorted(str(row.pk) for row in rows)


def note_list(
    row: Any, name: str, before: Iterable[models.Model], after: Iterable[models.Model]
) -> None:
    """Let a row that was locked for a deed know that one of its lists of others changed.

    Whoever writes a list knows it before and after: so nobody has to ask for it again.
    """
    if row.said_before is None:
        return
    lists = row.lists_said or {}
    row.said_before.setdefault(name, named_in(before))
    row.lists_said = {**lists, name: named_in(after)}


def plain(value: Any) -> Any:
    """A value as JSON holds it; the same fact gives the same text, typed or read back."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | str):
        return str(value)
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    return value


def remember(rows: Iterable[Any]) -> None:
    """Let rows that were locked for a deed know what they said before it."""
    for row in rows:
        if isinstance(row, models.Model):
            row.said_before, row.lists_said = said_by(row), None  # type: ignore[attr-defined]
            row.label_before = getattr(row, "label_id", None)  # type: ignore[attr-defined]
