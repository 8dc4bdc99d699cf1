"""Names in a text: however their words are parted, and never as a part of another word."""

import re
from collections.abc import Iterable
from unicodedata import normalize

SHORTEST_NAME = 3
"""Letters; a shorter name stands in any text."""

WORD = re.compile(r"[^\W_]+")
BEFORE, BEHIND = r"(?<![^\W_])", r"(?![^\W_])"
"""No letter or digit on either side; an underscore parts words in names of files."""


def by_folded_name(names: Iterable[str]) -> dict[str, str]:
    """Each name by itself folded, its words parted by single spaces, if it is long enough."""
    plain = [" ".join(WORD.findall(normalize("NFC", name))) for name in names]
    return {name.casefold(): name for name in plain if len(name) >= SHORTEST_NAME}


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of these names, the longest first, in a text normalised to NFC."""
    plain = by_folded_name(names).values()
    longest_first = sorted(plain, key=len, reverse=True)
    words = "|".join(as_written(name) for name in longest_first)
    return re.compile(f"{BEFORE}(?:{words}){BEHIND}", re.IGNORECASE) if words else None


def as_written(name: str) -> str:
    """A name however its words are parted: by spaces, hyphens, dots or underscores."""
    return r"[\W_]+".join(re.escape(word) for word in name.split())


def stands_in(texts: Iterable[str], names: Iterable[str]) -> bool:
    """True when one of these names stands in one of the texts."""
    pattern = pattern_of(names)
    return pattern is not None and any(pattern.search(normalize("NFC", text)) for text in texts)
