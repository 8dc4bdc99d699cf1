"""The words a comparison may be reported in, as versioned data; never the other way round."""

from bisect import bisect_left
from enum import StrEnum
from typing import NamedTuple

BANNED = ("match", "matches", "matched", "matching")
"""Words that may not stand in any output about a comparison: they claim an identity unproven."""


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


class Side(StrEnum):
    """Which proposition the observations support."""

    SAME = "one-production-run"
    DIFFERENT = "unrelated-supply"
    NEITHER = "neither"


class Conclusion(StrEnum):
    """What an examiner may conclude (AFTE's four ways, with the levels below identity told apart).

    `consistent-with` means no unexplained difference and says nothing about rarity.
    """

    IDENTICAL_ITEM = "identical-item"
    SAME_RUN = "same-production-run"
    SAME_MODEL = "same-make-and-model"
    SAME_MAKE = "same-make-different-model"
    CONSISTENT = "consistent-with"
    SIMILAR = "similar"
    INCONCLUSIVE_TOWARDS = "inconclusive-some-agreement"
    INCONCLUSIVE = "inconclusive"
    INCONCLUSIVE_AGAINST = "inconclusive-some-disagreement"
    EXCLUDED = "excluded"
    UNSUITABLE = "unsuitable"


POSITIVE = frozenset(
    {
        Conclusion.IDENTICAL_ITEM,
        Conclusion.SAME_RUN,
        Conclusion.SAME_MODEL,
        Conclusion.SAME_MAKE,
        Conclusion.CONSISTENT,
        Conclusion.SIMILAR,
    }
)
"""Conclusions that link two components, and so need every difference explained first."""

NEGATIVE = frozenset({Conclusion.EXCLUDED})


class Scale(NamedTuple):
    """A verbal scale: the upper bound of each band (a ratio, inclusive) and its word."""

    version: str
    bounds: tuple[float, ...]
    words: tuple[Support, ...]

    def word(self, ratio: float) -> tuple[Support, Side]:
        """The word for a likelihood ratio, and the proposition it supports.

        A figure on a boundary takes the weaker word: a capped one never claims the band above.
        """
        side = Side.SAME if ratio >= 1 else Side.DIFFERENT
        word = self.words[bisect_left(self.bounds, ratio if ratio >= 1 else 1 / ratio)]
        return word, Side.NEITHER if word == Support.NONE else side


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


def spoken_figure(ratio: float) -> str:
    """The figure for a sentence, never below 1 and to two significant digits: 6,399 is `6,400`."""
    figure = float(f"{max(ratio, 1 / ratio):.1e}")
    return f"{figure:,.{0 if figure >= 10 else 1}f}"
