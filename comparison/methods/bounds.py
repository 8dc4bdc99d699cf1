"""Between which numbers each parameter of the method must lie."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Bound(NamedTuple):
    """The lowest and the highest value that make sense; `whole` numbers only where they count."""

    low: float
    high: float
    whole: bool = False


_FACTOR = Bound(0.0001, 1)
_CAP = Bound(1, 1_000_000)

BOUNDS: Mapping[str, Bound] = {
    "minimum_recoveries": Bound(30, 100_000, whole=True),
    "minimum_serials": Bound(2, 1_000, whole=True),
    "feature_cap": _CAP,
    "total_cap": _CAP,
    "label_cap": _CAP,
    "unexplained_cap": _CAP,
    "batch_scale": Bound(1, 10_000),
    "batch_weight": Bound(0.01, 0.99),
    "category_differs": _FACTOR,
    "maker_differs": _FACTOR,
    "part_differs": _FACTOR,
    "lot_differs": _FACTOR,
    "construction_differs": _FACTOR,
    "date_differs": _FACTOR,
    "proposal_floor": Bound(1, 10_000),
    "promise_floor": Bound(0, 10),
    "earliest_year": Bound(1900, 2100, whole=True),
    "latest_year": Bound(1900, 2100, whole=True),
    "date_tolerance_days": Bound(0, 366, whole=True),
    "measure_tolerance": Bound(0, 0.5),
}
ERROR = Bound(0.0001, 0.5)
"""The chance that a marking was misread."""


class OutOfBounds(ValueError):
    """A parameter that cannot be: its name, and between what it must lie."""

    def __init__(self, name: str, bound: Bound) -> None:
        kind = "a whole number" if bound.whole else "a number"
        super().__init__(f"{name} must be {kind} between {bound.low:g} and {bound.high:g}")
        self.name, self.bound = name, bound


def out_of_bounds(values: Mapping[str, Any], errors: Mapping[str, Any]) -> tuple[str, Bound] | None:
    """The first value that is no number within its bounds, and what these are."""
    every = {name: (values[name], bound) for name, bound in BOUNDS.items()}
    every |= {reading: (value, ERROR) for reading, value in errors.items()}
    for name, (value, bound) in every.items():
        if not _fits(value, bound):
            return name, bound
    return None


def _fits(value: Any, bound: Bound) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or (bound.whole and not isinstance(value, int)):
        return False
    return bool(bound.low <= value <= bound.high)
