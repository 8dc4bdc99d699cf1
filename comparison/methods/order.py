"""Put pairs in the order in which they are looked at. To order is not to weigh.

A figure counts what is sure, so that a marking which may have been misread says nothing in it. Here
it says nearly what it would say if it had been read right: whoever looks can read it again.
"""

from collections.abc import Iterable, Mapping
from math import exp, log10

from comparison.methods.assessment import Agreement, Reason, Row
from comparison.methods.date_codes import days_apart, read_date_code
from comparison.methods.facts import ComponentFacts
from comparison.methods.ladder import DIFFERS
from comparison.methods.marks import compare_marks, compare_names, is_one_off
from comparison.methods.parameters import Parameters
from comparison.methods.rarity import Statistics, agreement_ratio

Pair = tuple[ComponentFacts, ComponentFacts]

_SHARES = {Reason.MISREADING: 0.9, Reason.PARTIAL: 0.9, Reason.LESS_DETAIL: 0.5}
"""How much of what agreement would be worth counts where it is only likely."""

_ONE_OFF = {"part": 0.5, "lot": 0.5, "date-code": 0.0}
"""The same where one character is another, missing or added: an error, but it may be the next lot
as well, and a week one character off is as often another week.
"""

_ANOTHER_TIME = -1.3
"""What weeks far apart cost beside their factor (log10) unless one error makes them one: two errors
in one code are rare, and one run is made in one stretch of time.
"""

_NEAR_DATE = 0.5
_GROUNDLESS = {Reason.DIFFERS_ABOVE: 1.5, Reason.NO_COMMON_PART: 1.5}
_TELLING = frozenset({*_SHARES, *_GROUNDLESS, Reason.NEAR_DATE})
_NEAR = 1.5
_UNCOUNTED = 1.0
"""log10, each."""

_USUAL_ERROR = 0.02


def promise_of(
    rows: tuple[Row, ...],
    pair: Pair,
    statistics: Statistics,
    distance: int | None,
    parameters: Parameters,
) -> float:
    """Where a pair stands in the work list: everything that speaks, dependent or not, uncapped.

    Of two pairs whose label agrees, the one whose wiring agrees as well is looked at first, though
    its figure is the same.
    """
    told = sum([log10(row.ratio) for row in rows if row.ratio])
    told += sum(
        [
            _hint(row, pair, statistics, parameters)
            for row in rows
            if row.dropped_because in _TELLING or row.agreement is Agreement.DIFFER
        ]
    )
    if distance is None or any(row.feature == "serial" and row.ratio for row in rows):
        return told
    return told + _NEAR * exp(-distance / parameters.batch_scale)


def _hint(row: Row, pair: Pair, statistics: Statistics, parameters: Parameters) -> float:
    """What a row says beside its ratio (log10)."""
    reason = row.dropped_because
    if row.agreement is Agreement.AGREE:
        return _GROUNDLESS.get(reason, 0.0) if row.rung else 0.0
    if row.agreement is Agreement.DIFFER:
        return _of_slip(row, pair, statistics, parameters)
    if reason in _SHARES:
        return _SHARES[reason] * _worth(row.feature, statistics, parameters)
    return _NEAR_DATE if reason is Reason.NEAR_DATE else 0.0


def _of_slip(row: Row, pair: Pair, statistics: Statistics, parameters: Parameters) -> float:
    """A difference by one character may be none: it costs nothing then, and counts a little."""
    if not row.ratio or row.feature not in _ONE_OFF:
        return 0.0
    if not is_one_off(*(facts.marks[row.feature] for facts in pair)):
        return _ANOTHER_TIME if row.feature == "date-code" else 0.0
    share = _ONE_OFF[row.feature]
    return share * _worth(row.feature, statistics, parameters) - log10(row.ratio)


def _worth(feature: str, statistics: Statistics, parameters: Parameters) -> float:
    """What agreement would be worth (log10) by its counts, however few; a misread value seems rare,
    so never more than the cap of one feature.
    """
    counted = statistics.count(feature)
    if counted is None:
        return _UNCOUNTED
    return log10(min(agreement_ratio(*counted, _USUAL_ERROR), parameters.feature_cap))


class Held(dict[str, float]):
    """What each value that another component holds (`feature=value`) adds to its order (log10).

    About what it will add when the pair is assessed. Hundreds hold few different values: each is
    weighed once.
    """

    def __init__(
        self, values: Iterable[tuple[str, str]], worth: Mapping[str, float], parameters: Parameters
    ) -> None:
        self._mine = dict(values)
        super().__init__((f"{one}={mine}", worth.get(one, 0.0)) for one, mine in self._mine.items())
        self._parameters = parameters
        most = log10(parameters.feature_cap)
        self._likely = {feature: min(told, most) for feature, told in worth.items()}

    def __missing__(self, value: str) -> float:
        told = self[value] = self._beside(*value.split("=", 1))
        return told

    def promise(self, held: Iterable[str]) -> float:
        """All of these values together."""
        return sum([self[value] for value in held])

    def _beside(self, feature: str, theirs: str) -> float:
        """A value that is not the component's own."""
        mine = self._mine.get(feature)
        if mine is None or feature in _WEIGHTLESS:
            return 0.0
        if feature in _READ:
            return self._read(feature, mine, theirs)
        ours, others = set(mine.split()), set(theirs.split())
        if ours < others or others < ours:
            return self._share(feature, _SHARES[Reason.LESS_DETAIL])
        return log10(self._parameters.construction_differs)

    def _read(self, feature: str, mine: str, theirs: str) -> float:
        """A marking that was read otherwise."""
        compare = compare_names if feature == "maker" else compare_marks
        _agreement, reason = compare(mine, theirs)
        if reason in _SHARES:
            return self._share(feature, _SHARES[reason])
        if feature == "date-code":
            return self._of_dates(mine, theirs)
        if feature in _ONE_OFF and is_one_off(mine, theirs):
            return self._share(feature, _ONE_OFF[feature])
        return log10(DIFFERS[feature](self._parameters))

    def _of_dates(self, mine: str, theirs: str) -> float:
        """Two codes that cannot be one reading."""
        chosen = self._parameters
        bounds = chosen.earliest_year, chosen.latest_year
        apart = days_apart(read_date_code(mine, *bounds), read_date_code(theirs, *bounds))
        if apart is not None and apart <= chosen.date_tolerance_days:
            return _NEAR_DATE
        is_known = apart is not None and not is_one_off(mine, theirs)
        return log10(chosen.date_differs) + _ANOTHER_TIME if is_known else 0.0

    def _share(self, feature: str, share: float) -> float:
        return share * self._likely.get(feature, 0.0)


_READ = frozenset({"maker", *_ONE_OFF})
_WEIGHTLESS = frozenset({"firmware", "serial-state", "concealment"})
"""Whose differences weigh nothing."""
