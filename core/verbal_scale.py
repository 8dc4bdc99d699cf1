"""The verbal scale: how strongly observations support one proposition over another, in words."""

from bisect import bisect_left
from enum import StrEnum
from typing import NamedTuple


class Support(StrEnum):
    """How strongly the observations support one proposition over the other."""

    NONE = "no-support"
    WEAK = "weak"
    MODERATE = "moderate"
    MODERATELY_STRONG = "moderately-strong"
    STRONG = "strong"
    VERY_STRONG = "very-strong"
    EXTREMELY_STRONG = "extremely-strong"
    INSUFFICIENT = "insufficient-reference-data"
    WITHHELD = "withheld"
    NOT_COMPARABLE = "nothing-comparable"


class Scale(NamedTuple):
    """A verbal scale: the upper bound of each band (a ratio, inclusive) and its word."""

    version: str
    bounds: tuple[float, ...]
    words: tuple[Support, ...]

    def strength(self, ratio: float) -> Support:
        """The word for a likelihood ratio, whichever of the two propositions it supports.

        A figure on a boundary takes the weaker word: a capped one never claims the band above.
        """
        return self.words[bisect_left(self.bounds, ratio if ratio >= 1 else 1 / ratio)]


SCALE = Scale(
    version="enfsi-family-2026-1",
    bounds=(2.0, 10.0, 100.0, 1_000.0, 10_000.0, 1_000_000.0),
    words=(
        Support.NONE,
        Support.WEAK,
        Support.MODERATE,
        Support.MODERATELY_STRONG,
        Support.STRONG,
        Support.VERY_STRONG,
        Support.EXTREMELY_STRONG,
    ),
)
"""The scale of the ENFSI/AFSP family; sources differ, so the one used is printed with the words."""

SCALES = {SCALE.version: SCALE}
