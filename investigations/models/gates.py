"""The gates of one person: which cases and which labels they may read, put into words once.

A gate holds no answer. It is a question, asked anew within each statement; all that is settled is
how it reads for this person, with the rights they have, in this second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core.settled import Among, Settled
from investigations.models.case import Case
from investigations.models.label import Label


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


Known = dict[tuple[object, ...], Gates]

_known: ContextVar[Known | None] = ContextVar("vestige_known_gates", default=None)


@contextmanager
def gates_kept() -> Iterator[None]:
    """Within it, which is one request, the gates of a person are put into words once."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def gates_of(user: User) -> Gates:
    """The gates of this person, with every right that they are made of, as it is now."""
    known = _known.get()
    if known is None:
        return Gates(user)
    rights = (
        *(user.pk, user.is_active, user.agency_id, user.clearance),
        *(tuple(user.compartments), tuple(user.bound_to_cases)),
        timezone.now().replace(microsecond=0),
    )
    if rights not in known:
        known[rights] = Gates(user)
    return known[rights]
