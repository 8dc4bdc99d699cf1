"""By what sort of evidence a pair was found and is held together, and its place in the queue by it.

It says under which heading a pair stands in the queue and weighs nothing. It follows from how the
two are recorded alone, whatever is counted elsewhere: a count that moves puts no pair under another
heading, and nobody learns from a heading how many others hold a value.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum

from comparison.methods.assessment import BLOCKING, Agreement, Alert, Reason, Row
from comparison.methods.ladder import DEPTHS
from comparison.methods.marks import is_one_off
from core.normalise import normalise


class FoundBy(StrEnum):
    """The sorts of evidence, the most telling first."""

    ONE_OBJECT = "one-object"
    NEAR_SERIAL = "near-serial"
    BATCH_MARK = "batch-mark"
    CONCEALMENT = "concealment"
    PART = "part"
    MISREADING = "misreading"
    OTHER_VALUES = "other-values"


Rows = Mapping[str, Row]
"""The rows of one assessment by their feature."""

_ONE_OBJECT = frozenset(BLOCKING)
_RUN_MARKS = ("date-code", "qc-stamp", "inspector-mark")
"""What marks a run of one part, and says nothing of two parts."""

_READ = (*DEPTHS, "serial", "date-code")
_MAY_BE_ONE = frozenset({Reason.MISREADING, Reason.PARTIAL})
_ASSIGNED = ("part", "lot")
_APART = 1_000.0
_FURTHEST = 499.0


def found_by(rows: Iterable[Row], alerts: Collection[str]) -> FoundBy:
    """The most telling sort of evidence on which the two agree.

    `alerts` are those of the assessment, resolved or not. Where nothing else brought the pair up,
    it is several other values together.
    """
    if not _ONE_OBJECT.isdisjoint(alerts):
        return FoundBy.ONE_OBJECT
    if Alert.SERIAL_MAY_BE_IDENTICAL in alerts:
        return FoundBy.NEAR_SERIAL
    told = {row.feature: row for row in rows}
    return next((way for way, holds in _WAYS.items() if holds(told)), FoundBy.OTHER_VALUES)


def place_in_queue(way: FoundBy, rank: float) -> float:
    """One number that puts pairs in the order of the queue: by their evidence, then by their rank.

    A rank is a sum of a few dozen log10 and stays far within the distance of two sorts.
    """
    return _APART * (len(FoundBy) - _ORDER[way]) + max(-_FURTHEST, min(_FURTHEST, rank))


def _agrees(told: Rows, *features: str) -> bool:
    """Whether any of these was read alike on both, weighed or not."""
    return any(
        feature in told and told[feature].agreement is Agreement.AGREE for feature in features
    )


def _near_serial(told: Rows) -> bool:
    """Two numbers of one numbering within two batches; on different parts that is chance."""
    serial = told.get("serial")
    if serial is None or serial.agreement is not Agreement.SIMILAR or not serial.note:
        return False
    return serial.dropped_because is not Reason.NOT_THE_SAME_PART


def _batch_mark(told: Rows) -> bool:
    """One firmware, one lot of one maker or part, or one mark of a run on one part."""
    if _agrees(told, "firmware"):
        return True
    if _agrees(told, "lot") and told["lot"].dropped_because is not Reason.DIFFERS_ABOVE:
        return _agrees(told, "maker", "part")
    return _agrees(told, "part") and _agrees(told, *_RUN_MARKS)


def _concealment(told: Rows) -> bool:
    """One noted way of removal; that both serials are gone is no way."""
    return _agrees(told, "concealment")


def _part(told: Rows) -> bool:
    return _agrees(told, "part")


def _misreading(told: Rows) -> bool:
    """Markings that may be one: unread or confused characters, or numbers one character apart."""
    read = [told[feature] for feature in _READ if feature in told]
    if any(row.dropped_because in _MAY_BE_ONE for row in read):
        return True
    return any(
        row.agreement is Agreement.DIFFER and is_one_off(normalise(row.left), normalise(row.right))
        for row in read
        if row.feature in _ASSIGNED
    )


_WAYS: Mapping[FoundBy, Callable[[Rows], bool]] = {
    FoundBy.NEAR_SERIAL: _near_serial,
    FoundBy.BATCH_MARK: _batch_mark,
    FoundBy.CONCEALMENT: _concealment,
    FoundBy.PART: _part,
    FoundBy.MISREADING: _misreading,
}
_ORDER = {way: place for place, way in enumerate(FoundBy)}
