"""What every record in the product has in common."""

import uuid
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.identity import uuid7

SYSTEM_LOG = uuid.UUID(int=0)
FIRST_YEAR, LAST_YEAR = 1800, 2200
"""Moments outside are slips of the pen, and at the ends of time no clock can tell them."""


class Subject(models.Model):
    """Anything that a deed can be about."""

    kept: ClassVar[bool] = False
    """True for records of which it is kept what they said before each deed that changed them."""

    not_kept: ClassVar[tuple[str, ...]] = ()
    """Columns that only follow from other records, which have their own history."""

    kept_lists: ClassVar[tuple[str, ...]] = ()
    """Lists of other rows whose change is kept as well, where `core.kept.note_list` tells it."""

    said_before: dict[str, Any] | None = None
    """Of a row that was locked for a deed: what it said before."""

    lists_said: dict[str, list[str]] | None = None
    """Of such a row: the lists that the deed has changed, as they are now."""

    label_before: uuid.UUID | None = None
    """Of such a row: the label it bore."""

    class Meta:
        abstract = True

    @property
    def ledger_log(self) -> uuid.UUID:
        """The chain of the ledger that deeds on it are written in."""
        return SYSTEM_LOG

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read it anew; what it said before is no longer what a deed on it began with."""
        self.said_before = self.lists_said = self.label_before = None
        super().refresh_from_db(*args, **kwargs)

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> Any:  # noqa: N802
        """The words for what was chosen, in the reader's language.

        Django's own way says every choice there is in that language before it picks the one: a
        third of the work of a list.
        """
        chosen = getattr(self, field.attname)
        words = choices_of(field).get(chosen, chosen)
        return words if words is None else str(words)


@cache
def choices_of(field: models.Field[Any, Any]) -> dict[Any, Any]:
    """The words for each choice of a field, which take on a language only when they are said."""
    return dict(field.flatchoices)


class Record(Subject):
    """A row that can be named outside this database: its id never collides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse moments that cannot be meant."""
        super().clean()
        said = {field.name: getattr(self, field.attname) for field in self._meta.concrete_fields}
        moments = {name: value for name, value in said.items() if isinstance(value, datetime)}
        wrong = [name for name, at in moments.items() if not FIRST_YEAR <= at.year <= LAST_YEAR]
        if wrong:
            complaint = _("Check the year: it lies outside of what can be meant.")
            raise ValidationError(dict.fromkeys(wrong, complaint))


class VersionedRecord(Record):
    """A record that people edit: its version tells a stale form from a fresh one."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True
