"""What changed between two texts, word by word, for people who read a redline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\S+\s*")
FEWEST_KEPT = 3
"""A shorter run between two changes is read as changed too: islands of one word hide the sense."""


@dataclass(frozen=True)
class Piece:
    """A run of words: `kept`, `taken` out or `put` in."""

    what: str
    words: str


def redline(before: str, after: str) -> list[Piece]:
    """The pieces in reading order; kept and put pieces spell `after`, kept and taken `before`."""
    return list(pieces(WORDS.findall(before), WORDS.findall(after)))


def pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    """What is kept, and before each kept run what was taken out and put in since the last."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    old = new = 0
    for start, begin, length in matcher.get_matching_blocks():
        first = start == begin == 0
        last = (start + length, begin + length) == (len(before), len(after))
        if length < FEWEST_KEPT and not (first or last):
            continue
        yield from run("taken", before[old:start])
        yield from run("put", after[new:begin])
        yield from run("kept", before[start : start + length])
        old, new = start + length, begin + length


def run(what: str, words: list[str]) -> Iterator[Piece]:
    """One piece, unless there is nothing in it."""
    if words:
        yield Piece(what, "".join(words))
