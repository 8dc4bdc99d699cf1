"""Reads what a peer says of one field as the value that ours holds, or says that it is none."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

TEXT, MOMENT, MEASURE, WHOLE, CODE, CODES = (
    *("text", "moment", "measure", "whole"),
    *("code", "codes"),
)

INCIDENT_FIELDS = {
    "title": TEXT,
    "narrative": TEXT,
    "occurred_from": MOMENT,
    "occurred_to": MOMENT,
    "occurred_precision": CODE,
    "occurred_as_stated": TEXT,
    "occurred_zone": TEXT,
    "place_name": TEXT,
    "latitude": MEASURE,
    "longitude": MEASURE,
    "place_precision": CODE,
    "uncertainty_m": WHOLE,
    "attack_mode": CODE,
    "outcome": CODE,
    "target_type": CODE,
    "weapon_as_stated": TEXT,
}
EXHIBIT_FIELDS = {
    "description": TEXT,
    "recovered_at": MOMENT,
    "recovered_precision": CODE,
    "recovered_as_stated": TEXT,
    "recovered_by": TEXT,
    "condition": TEXT,
    "packaging": TEXT,
    "hazards": CODES,
    "quantity": WHOLE,
    "unit": TEXT,
    "mass_g": MEASURE,
    "length_mm": MEASURE,
    "width_mm": MEASURE,
    "height_mm": MEASURE,
}
"""What can be taken over, by the name of the field on either side, and what sort of value it is."""


class WrongValue(ValueError):
    """What is said of a field is no value of its sort."""


def value_of(sort: str, said: Any) -> Any:
    """The value; what is not known is nothing, or empty words."""
    if sort in (TEXT, CODE):
        return said
    if sort == CODES:
        return list(said)
    if said == "":
        return None
    try:
        if sort == MOMENT:
            return moment_in(said)
        if sort == WHOLE:
            return int(said)
        return measure_in(said)
    except (ValueError, InvalidOperation, OverflowError):
        raise WrongValue(str(said)[:60]) from None


def moment_in(said: str) -> datetime:
    """A moment with its zone; without one nobody knows which moment it is."""
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError(said)
    return moment


def measure_in(said: str) -> Decimal:
    """A finite number."""
    measure = Decimal(said)
    if not measure.is_finite():
        raise ValueError(said)
    return measure
