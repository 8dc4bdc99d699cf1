"""The ways in which it cannot go on, each with the exit code that scripts are told."""

from __future__ import annotations

DONE, CONFLICTS, USAGE, OFFLINE, REFUSED, UNVERIFIED = range(6)


class Trouble(Exception):
    """Something a person has to know of; the text is a sentence for them."""

    exit_code = USAGE


class Usage(Trouble):
    """It was asked for in a way that cannot be done."""


class Unreachable(Trouble):
    """The server did not answer, or not with a whole answer, for as long as was waited."""

    exit_code = OFFLINE


class Refused(Trouble):
    """The server answered no; `status` and `code` are its own."""

    exit_code = REFUSED

    def __init__(self, sentence: str, *, status: int = 0, code: str = "") -> None:
        super().__init__(sentence)
        self.status, self.code = status, code


class Unverified(Trouble):
    """Bytes or a checkpoint are not what they must be; nothing is taken for true that follows."""

    exit_code = UNVERIFIED
