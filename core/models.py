"""What every record in the product has in common."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.identity import uuid7

SYSTEM_LOG = uuid.UUID(int=0)


class Subject(models.Model):
    """Anything that a deed can be about."""

    class Meta:
        abstract = True

    @property
    def ledger_log(self) -> uuid.UUID:
        """The chain of the ledger that deeds on it are written in."""
        return SYSTEM_LOG


class Record(Subject):
    """A row that can be named outside this database: its id never collides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        abstract = True


class VersionedRecord(Record):
    """A record that people edit: its version tells a stale form from a fresh one."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True
