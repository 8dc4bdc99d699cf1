"""What a reading that was found promises, before it is held against the other one."""

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
    """Where one reading was found: under which questions, a bit for each by its number, and how
    near its serial lies.
    """

    recovery: str
    under: int = 0
    near: float = 0.0


BESIDE = 1 << 0
"""Under which stands what lies beside a serial: nothing but the part is known of it."""


class Promise:
    """About what a reading will be worth (log10), by the features that are known to agree.

    As the list of links is ordered: whatever agrees counts, dependent or not. Thousands are found
    under few sets of questions: each is weighed once.
    """

    def __init__(self, questions: list[Question], worth: dict[str, float]) -> None:
        self.questions = [Question(0, 0, ("part",)), *questions]
        self.worth = worth
        self._told: dict[int, tuple[float, float]] = {}

    def of(self, one: Found) -> float:
        """What agrees by what it was found under, the best hint, and how near the serial lies."""
        agreed, hint = self._under(one.under)
        return agreed + hint + one.near

    def hint(self, one: Found) -> float:
        """What it was found under says beside the features that agree."""
        return self._under(one.under)[1] + one.near

    def _under(self, numbers: int) -> tuple[float, float]:
        if numbers not in self._told:
            asked = [one for at, one in enumerate(self.questions) if numbers >> at & 1]
            features = {feature for question in asked for feature in question.features}
            agreed = sum([self.worth.get(feature, 0.0) for feature in features])
            self._told[numbers] = agreed, max([question.hint for question in asked])
        return self._told[numbers]
