"""What the whole team of a case reads and no partner is shown: everything that weighs blame."""

from typing import Self, TypeVar

from django.db import models

from accounts.models import User
from investigations.models import Case, CaseRecordQuerySet

Row = TypeVar("Row", bound=models.Model, covariant=True)


class WholeTeamQuerySet(CaseRecordQuerySet[Row]):
    """Rows for those who read their case as a whole."""

    def visible_to(self, user: User) -> Self:
        """Rows of the cases that this person reads as a whole, as far as labels let."""
        return super().visible_to(user).filter(case__in=Case.objects.read_whole_by(user))
