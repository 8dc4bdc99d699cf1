"""What an object from elsewhere tells of an attack, as far as it can be understood."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exchange.formats.stix.extensions import extension_id
from exchange.formats.stix.words import Stix, kind_of, read_moment

LONGEST_LINE, LONGEST_TEXT = 200, 20_000
LARGEST_COUNT = 1_000_000
UNWRITTEN = {"Cc", "Cs"}
"""Control signs and halves of signs, which no text of ours holds."""

COUNTS = [
    f"{name}_{end}" for name in ("launched", "intercepted", "arrived") for end in ("min", "max")
]
AROUND = ("location", "relationship")
"""The objects that are read along with an incident."""

WORDS = ("attack_mode", "outcome", "target_type", "occurred_precision", "status")


@dataclass(frozen=True)
class Told:
    """What is told of one attack; what is not told is empty. Degrees are of WGS 84."""

    title: str
    narrative: str
    occurred_from: datetime | None = None
    occurred_to: datetime | None = None
    occurred_as_stated: str = ""
    weapon_as_stated: str = ""
    place_name: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


def plain(value: object, longest: int) -> str:
    """A text without signs that cannot be written, cut to a length; nothing for what is no text."""
    if not isinstance(value, str):
        return ""
    signs = (
        sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in UNWRITTEN
    )
    return "".join(signs).strip()[:longest]


def line(value: object) -> str:
    """A text on one line."""
    return " ".join(plain(value, LONGEST_TEXT).split())[:LONGEST_LINE]


def told_of(incident: Stix, others: Iterable[Stix]) -> Told:
    """What an incident tells, with the place that another object of its bundle puts it at."""
    extensions = incident.get("extensions")
    found = (
        extensions.get(extension_id("vestige-incident"))
        if extensions and is_object(extensions)
        else None
    )
    facts: Mapping[str, Any] = found if found and is_object(found) else {}
    place = place_of(str(incident.get("id")), list(others))
    point = point_of(place)
    start, end = (read_moment(facts.get(f"occurred_{end}")) for end in ("from", "to"))
    return Told(
        title=line(incident.get("name")),
        narrative=plain(incident.get("description"), LONGEST_TEXT),
        occurred_from=start,
        occurred_to=end if start and end and end >= start else None,
        occurred_as_stated=line(facts.get("occurred_as_stated")),
        weapon_as_stated=line(facts.get("weapon_as_stated")),
        place_name=line(place.get("name") or facts.get("place_as_stated")),
        country=plain(place.get("country"), 2).upper(),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        words={name: line(facts[name]) for name in WORDS if name in facts},
        counts=counts_in(facts),
    )


def is_object(value: object) -> bool:
    return isinstance(value, dict)


def counts_in(facts: Mapping[str, Any]) -> dict[str, int]:
    """How many weapons, each least before its most; a pair the wrong way round is left out."""
    counts = {
        name: facts[name]
        for name in COUNTS
        if type(facts.get(name)) is int and 0 <= facts[name] <= LARGEST_COUNT
    }
    for name in ("launched", "intercepted", "arrived"):
        least, most = counts.get(f"{name}_min"), counts.get(f"{name}_max")
        if least is not None and most is not None and least > most:
            del counts[f"{name}_min"], counts[f"{name}_max"]
    return counts


def place_of(identifier: str, others: list[Stix]) -> Stix:
    """The first location of the bundle that a relationship puts the incident at."""
    places = {thing.get("id"): thing for thing in others if thing.get("type") == "location"}
    for thing in others:
        if thing.get("relationship_type") == "located-at" and thing.get("source_ref") == identifier:
            target = thing.get("target_ref")
            if isinstance(target, str) and kind_of(target) == "location" and target in places:
                return places[target]
    return {}


def point_of(place: Stix) -> tuple[float, float] | None:
    """Latitude and longitude, if both are degrees that there are."""
    point = [place.get("latitude"), place.get("longitude")]
    for value, limit in zip(point, (90, 180), strict=True):
        if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > limit:
            return None
    return float(point[0]), float(point[1])  # type: ignore[arg-type]
