"""Multiply what speaks, and keep the figure where the evidence can carry it."""

from math import prod

from comparison.methods.assessment import Agreement, Cap, Row
from comparison.methods.parameters import OBJECT, Parameters

_OF_ONE_RUN = frozenset({"lot", "date-code"})
"""What changes from run to run, beside the serial: without any of it there is only a model."""


def total_of(rows: tuple[Row, ...], parameters: Parameters) -> tuple[float, Cap]:
    """The likelihood ratio of all rows together, and what kept it down, if anything did.

    The product, then three limits, each a parameter. What is printed can be copied, and how it was
    removed says who removed it: both together stay at or below `label_cap`, which the rarest
    agreement of the object itself lifts where something agrees that changes from run to run. While
    a difference is unexplained, `unexplained_cap`. In all, between 1/`total_cap` and `total_cap`,
    because the statistics come from a convenience sample.
    """
    product = prod([row.ratio for row in rows if row.ratio and row.log10])
    ceiling, cap = _ceiling(rows, parameters)
    if product > ceiling:
        return ceiling, cap
    floor = 1 / parameters.total_cap
    return (product, Cap.NONE) if product >= floor else (floor, Cap.TOTAL)


def _ceiling(rows: tuple[Row, ...], parameters: Parameters) -> tuple[float, Cap]:
    """The lowest of the limits, and its reason."""
    lowest = parameters.total_cap, Cap.TOTAL
    if (label := _label_limit(rows, parameters)) < lowest[0]:
        lowest = label, Cap.LABEL
    if parameters.unexplained_cap < lowest[0] and any(row.needs_explaining for row in rows):
        lowest = parameters.unexplained_cap, Cap.UNEXPLAINED
    return lowest


def _label_limit(rows: tuple[Row, ...], parameters: Parameters) -> float:
    """How far agreement may go that whoever copies a label copies too.

    If a share c of unrelated parts carried a copied label, the agreement of label and object would
    have the ratio `1 / (1/LR + c/LR_object)`, so never more than `LR_object / c`; c is 1/label_cap.
    """
    tells_runs, objects = False, 1.0
    for row in rows:
        if not row.ratio:
            continue
        if row.feature in _OF_ONE_RUN and row.ratio < 1:
            return parameters.label_cap
        if row.feature in _OF_ONE_RUN or row.feature == "serial":
            tells_runs |= row.ratio > 1
        elif row.agreement is Agreement.AGREE and row.feature in OBJECT:
            objects = max(objects, row.ratio)
    return parameters.label_cap * objects if tells_runs else parameters.label_cap
