"""What the whole team of a case reads and no partner is shown: everything that weighs blame."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from investigations.models import Case, CaseRecordQuerySet, Label

Row = TypeVar("Row", bound=models.Model, covariant=True)


class WholeTeamQuerySet(CaseRecordQuerySet[Row]):
    """Rows for those who read their case as a whole."""

    def visible_to(self, user: User) -> Self:
        """Rows of the cases that this person reads as a whole, as far as labels let.

        Who is shown shared rows alone reads no case as a whole, and what is shared is asked of the
        same label: the other half of the gate has nothing to add here.
        """
        return self.filter(open_label(user), case__in=Case.objects.read_whole_by(user)).narrowed()


def open_label(user: User) -> Q:
    """Rows without a label of their own, or with one that is open to this person."""
    return Q(label__isnull=True) | Q(label__in=Label.objects.open_to(user))
