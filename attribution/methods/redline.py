"""What changed between two texts, word by word, for people who read a redline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """A run of words: `kept`, `taken` out or `put` in."""

    what: str
    words: str


def redline(before: str, after: str) -> list[Piece]:
    """The pieces in reading order; kept and put pieces spell `after`, kept and taken `before`."""
    return list(pieces(WORDS.findall(before), WORDS.findall(after)))


def pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Walk both lists of words along what they have in common."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, begin, stop in matcher.get_opcodes():
        if what == "equal":
            yield Piece("kept", "".join(before[start:end]))
            continue
        if start < end:
            yield Piece("taken", "".join(before[start:end]))
        if begin < stop:
            yield Piece("put", "".join(after[begin:stop]))
