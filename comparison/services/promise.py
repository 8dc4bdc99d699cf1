"""What a reading that was found promises, before it is held against the other one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One key to look under: in how many recoveries at most, and what finding something there says.

    `features` are known to agree then; `hint` is added to what these are worth (log10).
    """

    hash: int
    most: int
    features: tuple[str, ...] = ()
    hint: float = 0.0


@dataclass(slots=True)
class Found:
    """Where one reading was found: under which questions, and how near its serial lies."""

    recovery: str
    under: set[int]
    near: float = 0.0


BESIDE = 0
"""The number under which stands what lies beside a serial: nothing but the part is known of it."""


class Promise:
    """About what a reading will be worth (log10), by the features that are known to agree.

    As the list of links is ordered: whatever agrees counts, dependent or not. Thousands are found
    under few sets of questions, and agree in few ways: each is weighed once.
    """

    def __init__(self, questions: list[Question], worth: dict[str, float]) -> None:
        self.questions = [Question(0, 0, ("part",)), *questions]
        self.worth = worth
        self._told: dict[frozenset[int], tuple[frozenset[str], float]] = {}
        self._weighed: dict[frozenset[str], float] = {}

    def of(self, one: Found, held: Iterable[str] = ()) -> float:
        """What agrees, the best hint, and how near the serial lies.

        Known to agree is what it was found under, and what else it is seen to hold.
        """
        under = frozenset(one.under)
        if under not in self._told:
            asked = [self.questions[number] for number in under]
            features = frozenset([feature for question in asked for feature in question.features])
            self._told[under] = features, max([question.hint for question in asked])
        features, hint = self._told[under]
        return self._weigh(features.union(held)) + hint + one.near

    def _weigh(self, agreed: frozenset[str]) -> float:
        if agreed not in self._weighed:
            self._weighed[agreed] = sum([self.worth.get(feature, 0.0) for feature in agreed])
        return self._weighed[agreed]
