"""The ways a service may say no, each with a sentence for the person who asked."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Refused(Exception):
    """The request makes sense, but the rules of the investigation forbid it (HTTP 422)."""

    code = "refused"


class Stale(Refused):
    """Somebody else changed the record since this person read it (HTTP 409)."""


class WrittenDown(Refused):
    """A refusal whose line in the ledger stays, though nothing else of the request does."""


class Reason(NamedTuple):
    """One of several grounds for a no, and the address of the page where it is mended."""

    words: str
    url: str


class Barred(Refused):
    """A refusal on several grounds at once, so that whoever asked can mend them all (HTTP 422)."""

    code = "barred"

    def __init__(self, sentence: str, reasons: Sequence[Reason]) -> None:
        super().__init__(" ".join([sentence, *(reason.words for reason in reasons)]))
        self.sentence, self.reasons = sentence, tuple(reasons)


class RowsRefused(Refused):
    """Some of many rows that were sent at once break a rule; none is written (HTTP 422).

    `rows` says what is wrong with each, by its number, counted from 0.
    """

    def __init__(self, rows: Mapping[int, Exception]) -> None:
        super().__init__(" ".join(dict.fromkeys(str(error) for error in rows.values())))
        self.rows = dict(rows)
