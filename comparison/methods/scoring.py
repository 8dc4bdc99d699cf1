"""Assess one pair of components: rows, groups, caps, and the words the total may be said in."""

from collections.abc import Mapping
from dataclasses import replace
from math import exp, log10

from comparison.methods.assessment import (
    BLOCKING,
    Agreement,
    Alert,
    Assessment,
    Cap,
    Outcome,
    Override,
    Reason,
    Row,
)
from comparison.methods.facts import UNSPECIFIC_CATEGORIES, ComponentFacts
from comparison.methods.features import compare_features
from comparison.methods.ladder import climb
from comparison.methods.order import Pair, promise_of
from comparison.methods.parameters import IDENTITY, PARAMETERS, Parameters
from comparison.methods.rarity import Statistics
from comparison.methods.sequence import compare_serials, serial_alerts, shares_part
from comparison.methods.totals import total_of
from comparison.methods.words import Conclusion, Side, word_of
from core.verbal_scale import Support

_NO_OVERRIDES: Mapping[str, Override] = {}
_WITHHELD_RANK = 99.0


def assess(
    left: ComponentFacts,
    right: ComponentFacts,
    statistics: Statistics,
    parameters: Parameters = PARAMETERS,
    overrides: Mapping[str, Override] = _NO_OVERRIDES,
) -> Assessment:
    """How alike `left` and `right` are, given what the reference set holds about the pair."""
    pair, category = (left, right), _category_row(left, right, parameters)
    ladder = climb(left, right, statistics, parameters, overrides)
    serial = compare_serials(left, right, ladder, statistics, parameters)
    if category.agreement is Agreement.DIFFER:
        alerts = _alarms_across_kinds(left, right, ladder, serial)
        numbers = [*ladder, *([serial] if serial else [])] if alerts else []
        return _conclude((category, *numbers), alerts, pair, statistics, parameters, None)
    features = compare_features(left, right, statistics, parameters, overrides)
    compared = [*ladder, *([serial] if serial else []), *features]
    rows = tell_overlong(compared, left, right, parameters)
    settle(rows)
    alerts = serial_alerts(serial, ladder) + _reading_alerts(left, right, rows)
    return _conclude((category, *rows), alerts, pair, statistics, parameters, _distance(serial))


def tell_overlong(
    rows: list[Row], left: ComponentFacts, right: ComponentFacts, parameters: Parameters
) -> list[Row]:
    """Say of each text that is too long to be a marking that it was not compared."""
    if not (left.overlong or right.overlong):
        return rows
    told = {row.feature: row for row in rows}
    for feature in sorted(left.overlong | right.overlong):
        seen = left.as_seen[feature], right.as_seen[feature]
        group = parameters.group_of(feature)
        stands = Agreement.NOT_COMPARABLE
        told[feature] = Row(feature, *seen, stands, group, dropped_because=Reason.TOO_LONG)
    return list(told.values())


def settle(rows: list[Row]) -> None:
    """Let each group of dependent features speak once: its strongest agreement and difference.

    Every row that speaks gets its log10; the others keep their ratio and say why they are dropped.
    """
    speakers: dict[tuple[str, bool], tuple[float, Row]] = {}
    for row in rows:
        if row.ratio is None or row.dropped_because or row.ratio == 1:
            continue
        key, told = (row.group, row.ratio > 1), log10(row.ratio)
        row.dropped_because = Reason.STRONGER_IN_GROUP
        if key not in speakers or abs(told) > abs(speakers[key][0]):
            speakers[key] = told, row
    for told, row in speakers.values():
        row.log10, row.dropped_because = told, Reason.NONE


def _conclude(
    rows: tuple[Row, ...],
    alerts: tuple[Alert, ...],
    pair: Pair,
    statistics: Statistics,
    parameters: Parameters,
    distance: int | None,
) -> Assessment:
    """Turn settled rows into an answer, or say why there is none."""
    outcome = _outcome(rows, alerts, statistics, parameters)
    ratio, cap = total_of(rows, parameters)
    words, side = word_of(parameters.scale, ratio)
    spoken = Assessment(
        outcome=outcome,
        ratio=ratio,
        log10=log10(ratio),
        words=words,
        side=side,
        level=_level(rows, outcome, distance, parameters),
        level_if_explained=_level(_explained(rows), outcome, distance, parameters),
        rows=rows,
        alerts=alerts,
        statistics=statistics,
        parameters_version=parameters.version,
        scale_version=parameters.scale_version,
        serial_distance=distance,
        is_capped=cap is not Cap.NONE,
        capped_because=cap,
        rank=promise_of(rows, pair, statistics, distance, parameters),
    )
    return spoken if outcome is Outcome.ASSESSED else _without_figures(spoken, parameters)


def _without_figures(spoken: Assessment, parameters: Parameters) -> Assessment:
    """The same assessment in words only: no number that a reader could add up for himself."""
    rank = _rank_unspoken(spoken, parameters)
    for row in spoken.rows:
        row.ratio, row.log10 = None, 0.0
    return replace(
        spoken,
        ratio=None,
        log10=None,
        words=_SILENT[spoken.outcome],
        side=Side.NEITHER,
        is_capped=False,
        capped_because=Cap.NONE,
        rank=rank,
    )


_SILENT = {
    Outcome.WITHHELD: Support.WITHHELD,
    Outcome.INSUFFICIENT: Support.INSUFFICIENT,
    Outcome.NOT_COMPARABLE: Support.NOT_COMPARABLE,
}
_COMPARED = frozenset({Agreement.AGREE, Agreement.SIMILAR, Agreement.DIFFER})
_UNCOUNTED = frozenset({Reason.TOO_FEW, Reason.NOT_COUNTED})
_BLOCKING = frozenset(BLOCKING)


def _outcome(
    rows: tuple[Row, ...],
    alerts: tuple[Alert, ...],
    statistics: Statistics,
    parameters: Parameters,
) -> Outcome:
    if not _BLOCKING.isdisjoint(alerts):
        return Outcome.WITHHELD
    category, *others = rows
    if not (category.ratio or any(row.agreement in _COMPARED for row in others)):
        return Outcome.NOT_COMPARABLE
    if statistics.recoveries < parameters.minimum_recoveries and any(
        row.dropped_because in _UNCOUNTED for row in others
    ):
        return Outcome.INSUFFICIENT
    return Outcome.ASSESSED


def _rank_unspoken(spoken: Assessment, parameters: Parameters) -> float:
    """An order for pairs without a figure: alarms first, then rungs and groups that agree."""
    if spoken.outcome is Outcome.WITHHELD:
        return _WITHHELD_RANK
    agreed = [row for row in spoken.rows if row.agreement is Agreement.AGREE and row.group]
    depth = max((row.rung or 0 for row in agreed), default=0)
    groups = len({row.group for row in agreed} - {IDENTITY})
    distance = spoken.serial_distance
    near = exp(-distance / parameters.batch_scale) if distance is not None else 0.0
    return 0.5 * depth + 0.5 * groups + near


def _level(
    rows: tuple[Row, ...], outcome: Outcome, distance: int | None, parameters: Parameters
) -> Conclusion | None:
    """The most the recorded features allow: class agreement stated at its true level."""
    if outcome is Outcome.WITHHELD:
        return None
    if outcome is Outcome.NOT_COMPARABLE:
        return Conclusion.UNSUITABLE
    agreed = {
        row.feature
        for row in rows
        if row.agreement is Agreement.AGREE and row.dropped_because not in _GROUNDLESS
    }
    unexplained = {row.feature for row in rows if row.needs_explaining}
    if unexplained:
        another_model = "maker" in agreed and unexplained == {"part"}
        return Conclusion.SAME_MAKE if another_model else Conclusion.INCONCLUSIVE_AGAINST
    if "part" in agreed:
        near = distance is not None and distance <= 2 * parameters.batch_scale
        return Conclusion.SAME_RUN if near or "lot" in agreed else Conclusion.SAME_MODEL
    return Conclusion.CONSISTENT if agreed - {"category"} else Conclusion.INCONCLUSIVE


def _explained(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows as they stand to somebody who has explained every difference away."""
    if not any(row.needs_explaining for row in rows):
        return rows
    return tuple(
        replace(row, agreement=Agreement.AGREE, needs_explaining=False)
        if row.needs_explaining
        else row
        for row in rows
    )


_GROUNDLESS = frozenset(
    {Reason.DIFFERS_ABOVE, Reason.NO_COMMON_PART, Reason.INFERRED, Reason.COUNTERFEIT}
)


def _category_row(left: ComponentFacts, right: ComponentFacts, parameters: Parameters) -> Row:
    """Whether both are the same kind of thing; a servo and a gyroscope share no production run."""
    row = Row("category", left.category, right.category, Agreement.NOT_COMPARABLE)
    if left.category in UNSPECIFIC_CATEGORIES or right.category in UNSPECIFIC_CATEGORIES:
        row.dropped_because = Reason.ONE_SIDE_ONLY
    elif left.category == right.category:
        row.agreement, row.dropped_because = Agreement.AGREE, Reason.WITHIN_CATEGORY
    else:
        row.agreement, row.needs_explaining = Agreement.DIFFER, True
        row.ratio = parameters.category_differs
        row.log10 = log10(row.ratio)
    return row


def _alarms_across_kinds(
    left: ComponentFacts, right: ComponentFacts, ladder: list[Row], serial: Row | None
) -> tuple[Alert, ...]:
    """Signs that one object was entered as two kinds: its part and serial, or its photograph."""
    alarms = serial_alerts(serial, ladder) if shares_part(ladder) else ()
    identical = tuple(alarm for alarm in alarms if alarm in BLOCKING)
    return identical + _photograph_alerts(left, right)


def _photograph_alerts(left: ComponentFacts, right: ComponentFacts) -> tuple[Alert, ...]:
    is_shared = not set(left.photos).isdisjoint(right.photos)
    return (Alert.SAME_PHOTOGRAPH,) if is_shared else ()


def _reading_alerts(
    left: ComponentFacts, right: ComponentFacts, rows: list[Row]
) -> tuple[Alert, ...]:
    alerts = [*_photograph_alerts(left, right)]
    if any(row.dropped_because is Reason.MISREADING for row in rows):
        alerts.append(Alert.READING_UNCERTAIN)
    if left.is_counterfeit_suspected or right.is_counterfeit_suspected:
        alerts.append(Alert.COUNTERFEIT)
    return tuple(alerts)


def _distance(serial: Row | None) -> int | None:
    return int(serial.note) if serial and serial.note else None
