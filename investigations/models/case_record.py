"""What every row inside a case has in common: its case, and the gate that comes with it."""

from typing import Self, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Record, VersionedRecord
from investigations.models.case import Case

Row = TypeVar("Row", bound=models.Model, covariant=True)


class CaseRecordQuerySet(models.QuerySet[Row]):
    """Rows of cases; start every reading with `visible_to`."""

    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))


class CaseRecord(Record):
    """A row that belongs to exactly one case."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="%(class)s_rows", verbose_name=_("case")
    )

    class Meta:
        abstract = True

    @property
    def ledger_log(self) -> UUID:
        """Deeds on it are written in the chain of its case."""
        return self.case_id


class VersionedCaseRecord(VersionedRecord, CaseRecord):
    """A row of a case that people edit."""

    class Meta:
        abstract = True
