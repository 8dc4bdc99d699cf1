"""One reading: a page shows one moment, so what it asks of a person's place is asked once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from investigations.models.membership import Duty

Known = dict[tuple[UUID, UUID], set[Duty]]

_known: ContextVar[Known | None] = ContextVar("vestige_known_duties", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Within it a person's duties in a case are read once; for what is shown, never for deeds."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def known_duties() -> Known:
    """Duties by case and person, as far as they were read; forgotten at once outside of a page."""
    known = _known.get()
    return {} if known is None else known
