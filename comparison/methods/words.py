"""The words a comparison may be reported in, as versioned data; never the other way round."""

from collections.abc import Sequence
from enum import StrEnum

from core.verbal_scale import Scale, Support

BANNED = ("match", "matches", "matched", "matching")
"""Words that may not stand in any output about a comparison: they claim an identity unproven."""


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

REACH = {
    Conclusion.SIMILAR: 0,
    Conclusion.CONSISTENT: 1,
    Conclusion.SAME_MAKE: 2,
    Conclusion.SAME_MODEL: 3,
    Conclusion.SAME_RUN: 4,
    Conclusion.IDENTICAL_ITEM: 5,
}
"""How far each linking conclusion goes; none of the others goes anywhere."""

SHOWN_BY_FEATURES = frozenset({Conclusion.SAME_MAKE, Conclusion.SAME_MODEL, Conclusion.SAME_RUN})
"""Conclusions that the recorded features must carry; one item is shown by fit or unique number."""


def goes_too_far(conclusion: str, level: str) -> bool:
    """Whether a conclusion says more than the most that the recorded features allow."""
    if conclusion not in SHOWN_BY_FEATURES:
        return False
    return REACH[Conclusion(conclusion)] > REACH.get(Conclusion(level), 0)


def least_of(conclusions: Sequence[str]) -> str:
    """The linking conclusion that goes least far: what all of them hold; empty for none."""
    return min(conclusions, key=lambda word: REACH[Conclusion(word)], default="")


def word_of(scale: Scale, ratio: float) -> tuple[Support, Side]:
    """The word for a likelihood ratio, and the proposition it supports."""
    word = scale.strength(ratio)
    side = Side.SAME if ratio >= 1 else Side.DIFFERENT
    return word, Side.NEITHER if word == Support.NONE else side


def spoken_figure(ratio: float) -> str:
    """The figure for a sentence, never below 1 and to two significant digits: 6,399 is `6,400`."""
    figure = float(f"{max(ratio, 1 / ratio):.1e}")
    return f"{figure:,.{0 if figure >= 10 else 1}f}"
