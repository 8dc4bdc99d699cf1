"""The gates of one person: which cases and which labels they may read, put into words once.

A gate holds no answer. It is a question, asked anew within each statement, with the clock of the
database; all that is settled is how it reads for somebody with these rights.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from core.settled import Among, Settled
from investigations.models.case import Case
from investigations.models.label import Label


@dataclass(frozen=True)
class Rights:
    """All that the words of a gate depend on: who asks, and what they are cleared for."""

    person: UUID
    is_active: bool
    agency: UUID | None
    clearance: int
    compartments: tuple[str, ...]
    cases: tuple[UUID, ...]

    @classmethod
    def of(cls, user: User) -> Self:
        """Those that a person has at this moment."""
        return cls(
            user.pk,
            user.is_active,
            user.agency_id,
            user.clearance,
            tuple(user.compartments),
            tuple(user.bound_to_cases),
        )

    @property
    def holder(self) -> User:
        """Somebody who has these rights and is nothing else."""
        user = User(
            pk=self.person,
            is_active=self.is_active,
            agency_id=self.agency,
            clearance=self.clearance,
            compartments=list(self.compartments),
        )
        user.bound_to_cases = self.cases
        return user


@dataclass(frozen=True)
class Gates:
    """Cases read as a whole and those shared in parts; labels open to the person and shared."""

    user: User

    @cached_property
    def whole(self) -> Settled:
        """The cases that the person reads as a whole."""
        return Settled.of(Case.objects.read_whole_by(self.user))

    @cached_property
    def shared(self) -> Settled:
        """The cases of which the person is shown what names their agency."""
        return Settled.of(Case.objects.shared_with(self.user))

    @cached_property
    def open_labels(self) -> Settled:
        """The labels that the person is cleared for."""
        return Settled.of(Label.objects.open_to(self.user))

    @cached_property
    def shared_labels(self) -> Settled:
        """The labels that name the person's agency."""
        return Settled.of(Label.objects.shared_with(self.user))

    def label_is_open(self) -> Q:
        """Rows without a label of their own, or with one that is open to the person."""
        return Q(label__isnull=True) | Q(Among("label", self.open_labels))


MOST_KEPT = 500


@lru_cache(maxsize=MOST_KEPT)
def gates_for(rights: Rights) -> Gates:
    """The gates of whoever has these rights; of the last people who asked they are kept."""
    return Gates(rights.holder)


def gates_of(user: User) -> Gates:
    """The gates of this person, with every right that they are made of, as it is now."""
    return gates_for(Rights.of(user))
