"""The identity ladder: maker, then part, then lot or firmware. Only its deepest rung counts.

The rungs are nested: a shared lot implies the part and the maker. Multiplying them would count one
fact three times.
"""

from collections.abc import Mapping
from operator import attrgetter

from comparison.methods.assessment import Agreement, Override, Reason, Row
from comparison.methods.facts import ComponentFacts
from comparison.methods.marks import compare_marks, compare_names
from comparison.methods.parameters import IDENTITY, Parameters
from comparison.methods.rarity import Statistics, agreement_ratio

DEPTHS = {"maker": 1, "part": 2, "lot": 3, "firmware": 3}
DIFFERS = {feature: attrgetter(f"{feature}_differs") for feature in ("maker", "part", "lot")}
_NEEDS_ROOT = frozenset({"part", "lot"})
"""Numbers a maker assigns: equal ones mean nothing once the maker, or the part above, differs."""


def climb(
    left: ComponentFacts,
    right: ComponentFacts,
    statistics: Statistics,
    parameters: Parameters,
    overrides: Mapping[str, Override],
) -> list[Row]:
    """The rows of the ladder, each with its own ratio; all agreed rungs but the deepest dropped."""
    error = max(parameters.error_of(left.transcription), parameters.error_of(right.transcription))
    rows: list[Row] = []
    for feature in DEPTHS:
        row = _stand(feature, left, right)
        if row is None:
            continue
        if row.agreement is Agreement.AGREE and not row.dropped_because:
            _weigh_agreement(row, rows, statistics, parameters, error)
        elif row.agreement is Agreement.DIFFER:
            _weigh_difference(row, parameters, overrides)
        rows.append(row)
    _deepest_only(rows)
    return rows


def _stand(feature: str, left: ComponentFacts, right: ComponentFacts) -> Row | None:
    """How one rung stands, not yet weighed; None where neither side recorded it."""
    a, b = left.marks.get(feature), right.marks.get(feature)
    if a is None and b is None:
        return None
    agreement, reason = Agreement.NOT_COMPARABLE, Reason.ONE_SIDE_ONLY
    if a is not None and b is not None:
        agreement, reason = compare_names(a, b) if feature == "maker" else compare_marks(a, b)
        agreement, reason = _trusted(feature, agreement, reason, left, right)
    return Row(
        feature,
        left.as_seen[feature],
        right.as_seen[feature],
        agreement,
        IDENTITY,
        DEPTHS[feature],
        dropped_because=reason,
    )


def _trusted(
    feature: str,
    agreement: Agreement,
    reason: Reason,
    left: ComponentFacts,
    right: ComponentFacts,
) -> tuple[Agreement, Reason]:
    """A counterfeit's label says nothing of its maker, and its numbers are shown without weight.

    An inferred maker is no observation either. Firmware is read from the object, not its label.
    """
    is_fake = left.is_counterfeit_suspected or right.is_counterfeit_suspected
    if is_fake and feature == "maker":
        return Agreement.NOT_COMPARABLE, Reason.COUNTERFEIT
    if is_fake and feature in ("part", "lot"):
        return agreement, Reason.COUNTERFEIT
    if feature == "maker" and "inferred" in (left.maker_status, right.maker_status):
        return agreement, Reason.INFERRED
    return agreement, reason


def _weigh_agreement(
    row: Row, above: list[Row], statistics: Statistics, parameters: Parameters, error: float
) -> None:
    """Give an agreeing rung its rarity ratio, unless what stands above it takes the ground away."""
    counted = statistics.count(row.feature)
    if row.feature in _NEEDS_ROOT and any(map(contradicts, above)):
        row.dropped_because = Reason.DIFFERS_ABOVE
    elif row.feature == "lot" and not any(map(_holds, above)):
        row.dropped_because = Reason.NO_COMMON_PART
    elif counted is None:
        row.dropped_because = Reason.NOT_COUNTED
    else:
        held, row.recoveries = counted
        # whoever holds this rung holds every agreed one above
        row.holders = min([held, *(one.holders for one in above if one.holders is not None)])
        if row.recoveries < parameters.minimum_recoveries:
            row.dropped_because = Reason.TOO_FEW
        else:
            row.ratio = agreement_ratio(row.holders, row.recoveries, error)


def _weigh_difference(row: Row, parameters: Parameters, overrides: Mapping[str, Override]) -> None:
    if row.dropped_because in (Reason.INFERRED, Reason.COUNTERFEIT):
        return
    if row.feature not in DIFFERS:
        return
    row.ratio, row.dropped_because = DIFFERS[row.feature](parameters), Reason.NONE
    row.needs_explaining = row.feature != "lot"
    override(row, overrides)


def override(row: Row, overrides: Mapping[str, Override]) -> None:
    """Put the examiner's own factor and reason in place of the parameter's."""
    own = overrides.get(row.feature)
    if own is None:
        return
    if not 0 < own.factor <= 1 or not own.reason.strip():
        raise ValueError("an override needs a factor above 0 and not above 1, and a reason")
    row.ratio, row.note, row.needs_explaining = own.factor, own.reason, False


def _holds(row: Row) -> bool:
    """Whether this rung was observed to agree."""
    return row.agreement is Agreement.AGREE and row.dropped_because is Reason.NONE


def contradicts(row: Row) -> bool:
    """Whether this rung differs and nobody explained it away."""
    return row.agreement is Agreement.DIFFER and row.ratio is not None and row.ratio < 1


def _deepest_only(rows: list[Row]) -> None:
    """Mark every agreed rung but the deepest as nested; of two as deep the rarer stays."""
    agreed = [row for row in rows if row.agreement is Agreement.AGREE and row.ratio is not None]
    if len(agreed) < 2:
        return
    deepest = max(agreed, key=lambda row: (row.rung or 0, row.ratio or 0.0))
    for row in agreed:
        if row is not deepest:
            row.dropped_because = Reason.DEEPER_RUNG
