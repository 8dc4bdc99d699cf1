"""An event of MISP as it comes in from elsewhere: its head, its attributes and its objects.

Each is kept with everything that it came with; nothing of a wrong event is used.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from exchange.formats.elsewhere import (
    LONGEST_NAME,
    LONGEST_TYPE,
    MOST,
    Arrived,
    WrongBundle,
    kept_whole,
    read_json,
)
from exchange.formats.misp.words import ACTIONS, Misp, actions_in, colours_in
from exchange.formats.stix.markings import STRICTNESS
from exchange.formats.stix.telling import plain

EVENT, ATTRIBUTE = "misp-event", "misp-attribute"
"""What the head of an event, and an attribute of no object, are called among its objects."""

PARTS = ("Object", "Attribute")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
BY_DISTRIBUTION = {"3": "clear", "2": "green", "1": "amber"}
"""The colour of an event that bears none: as far as it was to go."""

UNMARKED = "amber"
CLOSE = "amber+strict"
"""For one organisation alone, or a list of them."""

LABELS = (
    *("summary", "name", "full-name", "model", "item-number", "authority", "address", "text"),
    *("description", "country", "countrycode"),
)
"""The relations by which people know an object, the best first."""


def read_event(data: bytes) -> list[Arrived]:
    """The head of an event, then all of its parts; WrongBundle says what is wrong with it."""
    return parts_of(read_json(data))


def is_event(told: Any) -> bool:
    """True for what calls itself an event, or the answer of a server with events."""
    return isinstance(told, dict) and bool({"Event", "response"} & set(told))


def parts_of(told: Any) -> list[Arrived]:
    """The parts of what was read, if that is one event."""
    event = event_in(told)
    lists = {name: event.get(name, []) for name in PARTS}
    if not all(isinstance(some, list) for some in lists.values()):
        raise WrongBundle("no-event")
    if 1 + sum(map(len, lists.values())) > MOST:
        raise WrongBundle("too-many")
    colour, pap = colour_of_event(event), strictest_pap([event])
    head = {name: value for name, value in event.items() if name not in PARTS}
    found = [part(1, head, EVENT, name=event["info"], tlp=colour, pap=pap)]
    for thing in lists["Attribute"]:
        require_attribute(thing, len(found) + 1)
        handled = handling_of(thing, [thing], colour, event)
        found.append(part(len(found) + 1, thing, ATTRIBUTE, name=str(thing["value"]), **handled))
    for thing in lists["Object"]:
        kind, inner = described(thing, len(found) + 1)
        handled = handling_of(thing, inner, colour, event)
        found.append(part(len(found) + 1, thing, kind, name=label_of(inner), **handled))
    return found


def event_in(told: Any) -> Misp:
    """The one event of a file: alone, or as a server answers."""
    if isinstance(told, dict) and isinstance(told.get("response"), list):
        answers = told["response"]
        if len(answers) > 1:
            raise WrongBundle("many-events")
        told = answers[0] if answers else None
    event = told.get("Event") if isinstance(told, dict) else None
    if not isinstance(event, dict) or not isinstance(event.get("info"), str):
        raise WrongBundle("no-event")
    return event


def part(number: int, thing: Misp, kind: str, *, name: str, tlp: str, pap: str) -> Arrived:
    """One part, if it says which it is."""
    identifier = thing.get("uuid")
    if not isinstance(identifier, str) or UUID.fullmatch(identifier) is None:
        raise WrongBundle("wrong-object", str(number))
    return Arrived(
        number=number,
        stix_id=identifier.lower(),
        kind=kind,
        name=plain(name, LONGEST_NAME),
        tlp=tlp,
        body=kept_whole(thing, identifier),
        pap=pap,
    )


def described(thing: Any, number: int) -> tuple[str, list[Misp]]:
    """The name of an object's template, and its attributes."""
    if not isinstance(thing, dict):
        raise WrongBundle("wrong-object", str(number))
    kind, inner = thing.get("name"), thing.get("Attribute", [])
    if not isinstance(kind, str) or not 0 < len(kind) <= LONGEST_TYPE or not kind.isprintable():
        raise WrongBundle("wrong-object", str(number))
    if not isinstance(inner, list):
        raise WrongBundle("wrong-object", str(number))
    for each in inner:
        require_attribute(each, number)
    return kind, inner


def require_attribute(thing: Any, number: int) -> None:
    """Refuse an attribute that does not say of which type it is, or what."""
    if not isinstance(thing, dict) or not isinstance(thing.get("type"), str):
        raise WrongBundle("wrong-object", str(number))
    if not isinstance(thing.get("value"), str | int | float):
        raise WrongBundle("wrong-object", str(number))


def label_of(inner: Iterable[Misp]) -> str:
    """What an object is called for people; nothing where it says nothing of the kind."""
    said = {each.get("object_relation"): each["value"] for each in reversed(list(inner))}
    return next((str(said[name]) for name in LABELS if said.get(name)), "")


def colour_of_event(event: Misp) -> str:
    """The strictest colour of an event; of one that bears none, by how far it was to go."""
    if told := colours_in(tags_of(event)):
        return max(told, key=STRICTNESS.index)
    distribution = event.get("distribution")
    if distribution is None:
        return UNMARKED
    return BY_DISTRIBUTION.get(str(distribution), CLOSE)


def handling_of(thing: Misp, inner: list[Misp], colour: str, event: Misp) -> dict[str, str]:
    """How strictly a part is marked, and what may be done with it."""
    tlp = strictest_of(thing, inner, colour)
    return {"tlp": tlp, "pap": strictest_pap([event, thing, *inner])}


def strictest_pap(marked: Iterable[Misp]) -> str:
    """The strictest colour of the PAP that any of them bears; clear where none does."""
    told = [colour for thing in marked for colour in actions_in(tags_of(thing))]
    return max(told, key=ACTIONS.index) if told else ACTIONS[0]


def strictest_of(thing: Misp, inner: Iterable[Misp], colour: str) -> str:
    """The strictest colour of a part's attributes; what bears none has that of the event."""
    told = colours_in(tags_of(thing))
    for each in inner:
        told += colours_in(tags_of(each)) or [colour]
    return max(told, key=STRICTNESS.index) if told else colour


def tags_of(thing: Misp) -> Iterator[str]:
    """The names of the tags that something bears; WrongBundle where they are none."""
    tags = thing.get("Tag", [])
    if not isinstance(tags, list):
        raise WrongBundle("wrong-object", str(thing.get("uuid", ""))[:LONGEST_NAME])
    for each in tags:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            raise WrongBundle("wrong-object", str(thing.get("uuid", ""))[:LONGEST_NAME])
        yield each["name"]
