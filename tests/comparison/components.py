"""The components of the worked examples. Their frequencies are invented: an oracle, not a fact."""

from datetime import date
from typing import Any

from comparison.methods.facts import ComponentFacts
from comparison.methods.rarity import Statistics

TODAY = date(2026, 11, 23)


def gyroscope(**changes: Any) -> ComponentFacts:
    """A rare vertical gyroscope, seen in few recoveries."""
    values: dict[str, Any] = {
        "category": "gyroscope",
        "maker": "Aerotek",
        "part_number": "V10-A",
        "serial": "SN-004120",
        "construction": {"casting": "five ribs"},
    }
    return ComponentFacts(**(values | changes))


def servo(**changes: Any) -> ComponentFacts:
    """A servo found in every second hobby aircraft."""
    values = {"category": "servo", "maker": "Motomaker", "part_number": "SG-90"}
    return ComponentFacts(**(values | changes))


def reference(**changes: Any) -> Statistics:
    """A reference set of 1,000 recoveries of the category."""
    values = {
        "recoveries": 1_000,
        "holders": {"maker": 40, "part": 3, "lot": 1, "casting": 1, "concealment": 10},
        "serial_range": 3_000,
        "as_of": TODAY,
    }
    return Statistics(**(values | changes))


SERVOS = reference(holders={"maker": 600, "part": 248, "concealment": 10})
