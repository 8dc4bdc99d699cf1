"""What the whole team of a case reads and no partner is shown: everything that weighs blame."""

from typing import Self, TypeVar

from django.db import models

from accounts.models import User
from core.settled import Among
from investigations.models import CaseRecordQuerySet
from investigations.models.gates import gates_of

Row = TypeVar("Row", bound=models.Model, covariant=True)


class WholeTeamQuerySet(CaseRecordQuerySet[Row]):
    """Rows for those who read their case as a whole."""

    def visible_to(self, user: User) -> Self:
        """Rows of the cases that this person reads as a whole, as far as labels let.

        Who is shown shared rows alone reads no case as a whole, and what is shared is asked of the
        same label: the other half of the gate has nothing to add here.
        """
        gates = gates_of(user)
        return self.filter(gates.label_is_open(), Among("case", gates.whole)).narrowed()
