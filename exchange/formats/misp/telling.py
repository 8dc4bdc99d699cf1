"""What a part of an event from elsewhere tells of an attack, as far as it can be understood."""

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from exchange.formats.misp.arriving import EVENT
from exchange.formats.misp.words import Misp
from exchange.formats.stix.telling import (
    COUNTS,
    LONGEST_TEXT,
    WORDS,
    Told,
    counts_in,
    line,
    plain,
    point_of,
)

AROUND = ("geolocation", "uav")
"""The objects that are read along with it."""

PLACES, LONGEST_NUMBER = "geolocation", 30


def told_of(thing: Misp, kind: str, around: Iterable[Misp]) -> Told:
    """What a part tells, with the place that it points at."""
    others = list(around)
    if kind == EVENT:
        return told_of_event(thing, others)
    said = list(sayings(thing))
    facts = {comment: value for _relation, value, comment in said if comment}
    start, end = (moment_in(thing.get(name)) for name in ("first_seen", "last_seen"))
    place = placed(place_of(thing, others))
    return Told(
        title=line(first(said, "summary", "name")),
        narrative=plain(narrative_in(said), LONGEST_TEXT),
        occurred_from=start,
        occurred_to=end if start and end and end >= start else None,
        occurred_as_stated=line(facts.get("occurred_as_stated")),
        weapon_as_stated=line(facts.get("weapon_as_stated")),
        words={name: line(facts[name]) for name in WORDS if name in facts},
        counts=counts_in({name: whole(facts.get(name)) for name in COUNTS}),
        **{**place, "place_name": place["place_name"] or line(facts.get("place_as_stated"))},
    )


def told_of_event(event: Misp, others: list[Misp]) -> Told:
    """What an event tells as a whole; its date is often that of the report, so it is only cited."""
    places = [thing for thing in others if thing.get("name") == PLACES]
    weapons = {first(sayings(thing), "model") for thing in others if thing.get("name") == "uav"}
    named = sorted(filter(None, weapons))
    return Told(
        title=line(event.get("info")),
        narrative="",
        occurred_as_stated=line(event.get("date")),
        weapon_as_stated=line(named[0]) if len(named) == 1 else "",
        **placed(places[0] if len(places) == 1 else {}),
    )


def sayings(thing: Misp) -> Iterator[tuple[str, str, str]]:
    """The relation, the value and the comment of each attribute that was not deleted."""
    attributes = thing.get("Attribute", [])
    for each in attributes if isinstance(attributes, list) else []:
        if isinstance(each, dict) and each.get("deleted") is not True:
            relation, comment = each.get("object_relation"), each.get("comment")
            told = comment if isinstance(comment, str) else ""
            yield str(relation), str(each.get("value", "")), told


def first(said: Iterable[tuple[str, str, str]], *relations: str) -> str:
    """The first value of one of these relations, in the order of the object."""
    return next((value for relation, value, _comment in said if relation in relations), "")


def narrative_in(said: list[tuple[str, str, str]]) -> str:
    """The description: the one that is called so, or all that are not called anything."""
    told = [(value, comment) for relation, value, comment in said if relation == "description"]
    named = [value for value, comment in told if comment == "narrative"]
    return "\n\n".join(named or [value for value, comment in told if not comment])


def place_of(thing: Misp, others: list[Misp]) -> Misp:
    """The place that an object points at; where it points at none, the only one there is."""
    places = {each.get("uuid"): each for each in others if each.get("name") == PLACES}
    references = thing.get("ObjectReference", [])
    for each in references if isinstance(references, list) else []:
        target = each.get("referenced_uuid") if isinstance(each, dict) else None
        if isinstance(target, str) and target in places:
            return places[target]
    return next(iter(places.values())) if len(places) == 1 else {}


def placed(place: Misp) -> dict[str, Any]:
    """Where a place is, in our words."""
    said = list(sayings(place))
    point = point_of({name: number(first(said, name)) for name in ("latitude", "longitude")})
    return {
        "place_name": line(first(said, "address", "city", "neighborhood", "region")),
        "country": plain(first(said, "countrycode"), 2).upper(),
        "latitude": point[0] if point else None,
        "longitude": point[1] if point else None,
    }


def number(text: str) -> float | None:
    """A number as MISP writes it, in text; nothing for what is none."""
    try:
        value = float(text) if len(text) <= LONGEST_NUMBER else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def whole(text: object) -> int | None:
    """A whole number of at most seven digits; nothing for what is none."""
    told = str(text).strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 7 else None


def moment_in(text: object) -> datetime | None:
    """A moment that says in which zone it is; nothing for what is none."""
    if not isinstance(text, str) or len(text) > LONGEST_NUMBER + 10:
        return None
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
