"""The result of one comparison, complete enough to be frozen and read again years later."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, NamedTuple

from comparison.methods.rarity import Statistics
from comparison.methods.words import Conclusion, Side
from core.verbal_scale import Support


class Outcome(StrEnum):
    """What kind of answer the method could give."""

    ASSESSED = "assessed"
    WITHHELD = "withheld"
    INSUFFICIENT = "insufficient"
    NOT_COMPARABLE = "not-comparable"


class Agreement(StrEnum):
    """How one feature stands between the two components."""

    AGREE = "agree"
    SIMILAR = "similar"
    DIFFER = "differ"
    NOT_COMPARABLE = "not-comparable"
    NOT_EXAMINED = "not-examined"


class Alert(StrEnum):
    """Something an examiner must look at; those in `BLOCKING` withhold any figure."""

    IDENTICAL_SERIAL = "identical-serial"
    SAME_PHOTOGRAPH = "same-photograph"
    SERIAL_MAY_BE_IDENTICAL = "serial-may-be-identical"
    READING_UNCERTAIN = "reading-uncertain"
    COUNTERFEIT = "counterfeit-suspected"


BLOCKING = (Alert.IDENTICAL_SERIAL, Alert.SAME_PHOTOGRAPH)
"""Signs that one object may stand on both sides: recorded twice, cloned or counterfeit."""


class Reason(StrEnum):
    """Why a row carries no weight, or why it stands as it does."""

    NONE = ""
    DEEPER_RUNG = "deeper-rung-used"
    STRONGER_IN_GROUP = "stronger-in-group"
    DIFFERS_ABOVE = "differs-above"
    NO_COMMON_PART = "no-common-part"
    COUNTERFEIT = "counterfeit-suspected"
    INFERRED = "maker-inferred"
    NOT_COUNTED = "not-counted-in-reference-set"
    TOO_FEW = "too-few-recoveries"
    PARTIAL = "partial-reading"
    MISREADING = "possible-misreading"
    LESS_DETAIL = "one-says-less"
    TOO_LONG = "too-long-to-be-a-marking"
    DATE_UNREADABLE = "date-unreadable"
    NEAR_DATE = "within-date-tolerance"
    WITHIN_TOLERANCE = "within-tolerance"
    NO_WEIGHT = "carries-no-weight"
    ABSENCE = "absence-on-both"
    NOT_THE_SAME_PART = "not-the-same-part"
    OTHER_COUNTER = "different-numbering"
    UNREADABLE = "no-counter-readable"
    RANGE_UNKNOWN = "serial-range-unknown"
    IDENTICAL = "identical-serial"
    ONE_SIDE_ONLY = "recorded-on-one-side"
    WITHIN_CATEGORY = "counts-are-within-category"


class Cap(StrEnum):
    """Why a figure was kept below what its rows multiply to."""

    NONE = ""
    TOTAL = "convenience-sample"
    LABEL = "label-could-be-copied"
    UNEXPLAINED = "difference-unexplained"


@dataclass(slots=True)
class Row:
    """One compared feature: both values as seen, how they stand, and what that weighs.

    `ratio` is the feature's own likelihood ratio; `log10` what it added to the total, 0 if dropped.
    `needs_explaining` marks a difference that stands in the way of any positive conclusion.
    Filled in while a pair is assessed, which is done a million times over; left alone afterwards.
    """

    feature: str
    left: str
    right: str
    agreement: Agreement
    group: str = ""
    rung: int | None = None
    holders: int | None = None
    recoveries: int | None = None
    ratio: float | None = None
    log10: float = 0.0
    dropped_because: Reason = Reason.NONE
    note: str = ""
    needs_explaining: bool = False

    def mirrored(self) -> "Row":
        """The same row with the two components exchanged."""
        return replace(self, left=self.right, right=self.left)

    def to_json(self) -> dict[str, Any]:
        """Plain values, by name."""
        return {name: getattr(self, name) for name in _NAMES}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Row":
        """The row that `to_json` wrote."""
        stands = Agreement(values["agreement"]), Reason(values["dropped_because"])
        return cls(**{**values, "agreement": stands[0], "dropped_because": stands[1]})


_NAMES = tuple(one.name for one in fields(Row))


class Override(NamedTuple):
    """An examiner's own factor for a difference, in (0, 1]; 1 explains it away. Needs a reason."""

    factor: float
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """How alike two components are. Says nothing about who used either.

    `ratio` and `log10` are None unless assessed. `rank` orders a work list and is never shown.
    `level` is the most the recorded features allow an examiner to conclude, None when blocked;
    `level_if_explained` the same where every difference that stands in the way was explained.
    """

    outcome: Outcome
    ratio: float | None
    log10: float | None
    words: Support
    side: Side
    level: Conclusion | None
    rows: tuple[Row, ...]
    alerts: tuple[Alert, ...]
    statistics: Statistics
    parameters_version: str
    scale_version: str
    serial_distance: int | None = None
    is_capped: bool = False
    capped_because: Cap = Cap.NONE
    rank: float = 0.0
    level_if_explained: Conclusion | None = None

    @property
    def alert(self) -> Alert | None:
        """The alarm that blocks a conclusion until it is resolved."""
        return next((alert for alert in BLOCKING if alert in self.alerts), None)

    @property
    def unexplained(self) -> tuple[str, ...]:
        """Features whose difference must be explained before a positive conclusion is saved."""
        return tuple(row.feature for row in self.rows if row.needs_explaining)

    def row(self, feature: str) -> Row | None:
        """The row of one feature, or None where neither side recorded it."""
        return next((row for row in self.rows if row.feature == feature), None)

    def mirrored(self) -> "Assessment":
        """The same assessment with the two components exchanged."""
        return replace(self, rows=tuple(row.mirrored() for row in self.rows))

    def to_json(self) -> dict[str, Any]:
        """Plain values, to be frozen with the comparison."""
        return {
            "outcome": self.outcome.value,
            "ratio": self.ratio,
            "log10": self.log10,
            "words": self.words.value,
            "side": self.side.value,
            "level": self.level.value if self.level else None,
            "level_if_explained": self.level_if_explained and self.level_if_explained.value,
            "rows": [row.to_json() for row in self.rows],
            "alerts": [alert.value for alert in self.alerts],
            "statistics": self.statistics.to_json(),
            "parameters_version": self.parameters_version,
            "scale_version": self.scale_version,
            "serial_distance": self.serial_distance,
            "is_capped": self.is_capped,
            "capped_because": self.capped_because.value,
            "rank": self.rank,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Assessment":
        """The assessment that `to_json` wrote."""
        return cls(
            **{
                **values,
                "outcome": Outcome(values["outcome"]),
                "words": Support(values["words"]),
                "side": Side(values["side"]),
                "level": _conclusion(values["level"]),
                "level_if_explained": _conclusion(values.get("level_if_explained")),
                "rows": tuple(Row.from_json(row) for row in values["rows"]),
                "alerts": tuple(Alert(alert) for alert in values["alerts"]),
                "statistics": Statistics.from_json(values["statistics"]),
                "capped_because": Cap(values.get("capped_because", "")),
            }
        )


def _conclusion(value: str | None) -> Conclusion | None:
    return Conclusion(value) if value else None
