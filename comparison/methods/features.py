"""Compare what else is recorded: date code, removal of markings, construction, measures."""

from collections.abc import Mapping

from comparison.methods.assessment import Agreement, Override, Reason, Row
from comparison.methods.date_codes import days_apart, read_date_code
from comparison.methods.facts import (
    FALSIFIED,
    NEVER_PRESENT,
    NOT_EXAMINED,
    REMOVED,
    ComponentFacts,
)
from comparison.methods.ladder import override
from comparison.methods.marks import compare_marks
from comparison.methods.parameters import CONCEALMENT, Parameters
from comparison.methods.rarity import Statistics, agreement_ratio
from core.normalise import could_be_same

_TELLING = REMOVED | {NEVER_PRESENT, NOT_EXAMINED, FALSIFIED}
"""States of a serial that say something whatever the other side's is."""


def compare_features(
    left: ComponentFacts,
    right: ComponentFacts,
    statistics: Statistics,
    parameters: Parameters,
    overrides: Mapping[str, Override],
) -> list[Row]:
    """Every row beside the ladder and the serial, agreements weighed by rarity and capped."""
    error = max(parameters.error_of(left.transcription), parameters.error_of(right.transcription))
    stands = [
        _date_code(left, right, parameters),
        _serial_state(left, right),
        _concealment(left, right),
        *_construction(left, right, parameters),
        *_measures(left, right, parameters),
    ]
    rows = [row for row in stands if row is not None]
    for row in rows:
        if row.agreement is Agreement.AGREE and not row.dropped_because:
            _weigh(row, statistics, parameters, error)
        elif row.agreement is Agreement.DIFFER and row.feature in left.made:
            row.ratio, row.needs_explaining = parameters.construction_differs, True
            override(row, overrides)
    return rows


def _weigh(row: Row, statistics: Statistics, parameters: Parameters, error: float) -> None:
    """The rarity ratio of an agreeing feature, at most the cap for a single feature."""
    counted = statistics.count(row.feature)
    if counted is None:
        row.dropped_because = Reason.NOT_COUNTED
        return
    row.holders, row.recoveries = holders, recoveries = counted
    if recoveries < parameters.minimum_recoveries:
        row.dropped_because = Reason.TOO_FEW
        return
    row.ratio = min(agreement_ratio(holders, recoveries, error), parameters.feature_cap)


def _date_code(left: ComponentFacts, right: ComponentFacts, parameters: Parameters) -> Row | None:
    """Equal codes agree; codes whose weeks lie close, in any reading, are similar."""
    a, b = left.marks.get("date-code"), right.marks.get("date-code")
    if a is None and b is None:
        return None
    row = _two_sided("date-code", left.as_seen["date-code"], right.as_seen["date-code"], parameters)
    if a is None or b is None:
        return row
    row.agreement, row.dropped_because = compare_marks(a, b)
    if row.agreement is Agreement.DIFFER:
        bounds = parameters.earliest_year, parameters.latest_year
        apart = days_apart(read_date_code(a, *bounds), read_date_code(b, *bounds))
        _weigh_dates(row, apart, parameters)
    return row


def _weigh_dates(row: Row, apart: int | None, parameters: Parameters) -> None:
    """Two different codes: weeks that lie close are similar, far ones speak against one run."""
    if apart is None:
        row.dropped_because = Reason.DATE_UNREADABLE
    elif apart <= parameters.date_tolerance_days:
        row.agreement, row.dropped_because = Agreement.SIMILAR, Reason.NEAR_DATE
    else:
        row.ratio, row.dropped_because = parameters.date_differs, Reason.NONE


def _serial_state(left: ComponentFacts, right: ComponentFacts) -> Row | None:
    """How the serial was treated: one way of removing it shared by both is behaviour.

    Removed and never present look alike and mean opposite things, so they differ.
    """
    a, b = left.serial_state, right.serial_state
    if a not in _TELLING and b not in _TELLING:
        return None
    stands = Agreement.NOT_COMPARABLE, Reason.ONE_SIDE_ONLY
    if NOT_EXAMINED in (a, b):
        stands = Agreement.NOT_EXAMINED, Reason.ONE_SIDE_ONLY
    elif a and b and "illegible-damage" not in (a, b):
        stands = _of_states(left, right)
    return Row("serial-state", a, b, stands[0], CONCEALMENT, dropped_because=stands[1])


def _of_states(left: ComponentFacts, right: ComponentFacts) -> tuple[Agreement, Reason]:
    """Two states that were seen; removal on both tells nothing once it was done in other ways."""
    if left.serial_state != right.serial_state:
        return Agreement.DIFFER, Reason.NO_WEIGHT
    if left.serial_state == NEVER_PRESENT:
        return Agreement.AGREE, Reason.ABSENCE
    ways = {facts.marks.get("concealment", "") for facts in (left, right)} - {""}
    return Agreement.AGREE, Reason.NO_WEIGHT if len(ways) > 1 else Reason.NONE


def _concealment(left: ComponentFacts, right: ComponentFacts) -> Row | None:
    """The pattern in which markings were removed: which lines, with which tool."""
    a, b = left.marks.get("concealment"), right.marks.get("concealment")
    if a is None and b is None:
        return None
    seen = left.as_seen["concealment"], right.as_seen["concealment"]
    stands = Agreement.NOT_COMPARABLE, Reason.ONE_SIDE_ONLY
    if a is not None and b is not None:
        same = Agreement.AGREE, Reason.NONE
        stands = same if a == b else (Agreement.DIFFER, Reason.NO_WEIGHT)
    return Row("concealment", *seen, stands[0], CONCEALMENT, dropped_because=stands[1])


def _construction(left: ComponentFacts, right: ComponentFacts, parameters: Parameters) -> list[Row]:
    rows = []
    for feature in sorted(left.made.keys() | right.made.keys()):
        seen = left.construction.get(feature, ""), right.construction.get(feature, "")
        row = _two_sided(feature, *seen, parameters)
        stands = _compare_notes(left.made.get(feature), right.made.get(feature))
        row.agreement, row.dropped_because = stands
        rows.append(row)
    return rows


def _compare_notes(a: str | None, b: str | None) -> tuple[Agreement, Reason]:
    """How two notes stand, as sets of words."""
    if NOT_EXAMINED in (a, b):
        return Agreement.NOT_EXAMINED, Reason.ONE_SIDE_ONLY
    if a is None or b is None:
        return Agreement.NOT_COMPARABLE, Reason.ONE_SIDE_ONLY
    if a == b:
        return Agreement.AGREE, Reason.NONE
    ours, theirs = set(a.split()), set(b.split())
    if ours < theirs or theirs < ours:
        return Agreement.SIMILAR, Reason.LESS_DETAIL
    if could_be_same(a, b):
        return Agreement.SIMILAR, Reason.PARTIAL
    return Agreement.DIFFER, Reason.NONE


def _measures(left: ComponentFacts, right: ComponentFacts, parameters: Parameters) -> list[Row]:
    """Sizes and masses: a tolerance test, never an equality, and no weight of their own."""
    rows = []
    for feature in sorted(left.measures.keys() | right.measures.keys()):
        a, b = left.measures.get(feature), right.measures.get(feature)
        seen = ("" if a is None else f"{a:g}", "" if b is None else f"{b:g}")
        row = _two_sided(feature, *seen, parameters)
        if a is not None and b is not None:
            within = abs(a - b) <= parameters.measure_tolerance * max(abs(a), abs(b))
            row.agreement = Agreement.SIMILAR if within else Agreement.DIFFER
            row.dropped_because = Reason.WITHIN_TOLERANCE if within else Reason.NO_WEIGHT
        rows.append(row)
    return rows


def _two_sided(feature: str, left: str, right: str, parameters: Parameters) -> Row:
    """A row before its two sides are compared: as if only one side were recorded."""
    return Row(
        feature,
        left,
        right,
        Agreement.NOT_COMPARABLE,
        parameters.group_of(feature),
        dropped_because=Reason.ONE_SIDE_ONLY,
    )
