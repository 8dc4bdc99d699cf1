"""Compare two serial numbers: near ones tell much, identical ones raise an alarm."""

from comparison.methods.assessment import Agreement, Alert, Reason, Row
from comparison.methods.facts import ComponentFacts
from comparison.methods.ladder import contradicts
from comparison.methods.marks import compare_marks
from comparison.methods.parameters import SEQUENCE, Parameters
from comparison.methods.proximity import proximity_ratio
from comparison.methods.rarity import Statistics


def compare_serials(
    left: ComponentFacts,
    right: ComponentFacts,
    ladder: list[Row],
    statistics: Statistics,
    parameters: Parameters,
) -> Row | None:
    """The row of the serials; a ratio only for one part, one numbering and a known range.

    Capped as any single feature is, and never above 1 beyond two batches: a maker's runs follow one
    another on one counter, so a near number may be the neighbouring run's however wide the range.

    `note` holds the distance in serial numbers where both were drawn from one counter.
    """
    a, b = left.marks.get("serial"), right.marks.get("serial")
    if a is None and b is None:
        return None
    row = Row(
        "serial",
        left.as_seen["serial"],
        right.as_seen["serial"],
        Agreement.NOT_COMPARABLE,
        SEQUENCE,
        dropped_because=Reason.ONE_SIDE_ONLY,
    )
    if a is None or b is None:
        return row
    agreement, reason = compare_marks(a, b)
    if agreement is Agreement.DIFFER:
        _weigh_distance(row, left, right, ladder, statistics, parameters)
    else:
        row.agreement = agreement
        row.dropped_because = Reason.IDENTICAL if agreement is Agreement.AGREE else reason
    return row


def _weigh_distance(
    row: Row,
    left: ComponentFacts,
    right: ComponentFacts,
    ladder: list[Row],
    statistics: Statistics,
    parameters: Parameters,
) -> None:
    if left.counter is None or right.counter is None:
        row.dropped_because = Reason.UNREADABLE
        return
    if not left.counter.counts_with(right.counter):
        row.dropped_because = Reason.OTHER_COUNTER
        return
    distance = abs(left.counter.number - right.counter.number)
    near = distance <= 2 * parameters.batch_scale
    row.agreement, row.note = Agreement.SIMILAR if near else Agreement.DIFFER, str(distance)
    known = statistics.serial_range
    if left.is_counterfeit_suspected or right.is_counterfeit_suspected:
        row.dropped_because = Reason.COUNTERFEIT
    elif not shares_part(ladder):
        row.dropped_because = Reason.NOT_THE_SAME_PART
    elif not known:
        row.dropped_because = Reason.RANGE_UNKNOWN
    else:
        ratio = proximity_ratio(distance, known, parameters.batch_scale, parameters.batch_weight)
        row.ratio = min(ratio, parameters.feature_cap if near else 1.0)
        row.dropped_because = Reason.NONE


def shares_part(ladder: list[Row]) -> bool:
    """Whether both carry the same part number, and nothing above it speaks against that."""
    return any(
        row.feature == "part"
        and row.agreement is Agreement.AGREE
        and row.dropped_because is not Reason.DIFFERS_ABOVE
        for row in ladder
    )


def serial_alerts(row: Row | None, ladder: list[Row]) -> tuple[Alert, ...]:
    """The alarm for one serial in two places: same item twice, cloned label or counterfeit.

    Equal numbers on different makes or parts are chance, and raise nothing.
    """
    if row is None or any(
        contradicts(rung) for rung in ladder if rung.feature in ("maker", "part")
    ):
        return ()
    if row.dropped_because is Reason.IDENTICAL:
        return (Alert.IDENTICAL_SERIAL,)
    if row.agreement is Agreement.SIMILAR and not row.note:
        return (Alert.SERIAL_MAY_BE_IDENTICAL,)
    return ()
