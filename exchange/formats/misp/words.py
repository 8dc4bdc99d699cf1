"""The smallest words of MISP: identifiers, moments, colours as tags, and what they mean there."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import uuid5

from exchange.formats.stix.markings import READ_AS, strictest
from exchange.formats.stix.words import NAMESPACE, Stix, in_order, read_moment

Misp = dict[str, Any]
"""One object, attribute or event as a program reads it."""

MEDIA_TYPE = "application/json"
INHERIT = "5"
"""The distribution of what goes as far as its event does."""

DISTRIBUTION = {"clear": "3", "green": "2", "amber": "1", "amber+strict": "0", "red": "0"}
"""How far an event of this colour goes: everybody, connected communities, this one, or nobody.

A colour that is for an organisation alone, or for those in the room, goes nowhere by itself.
"""

TLP = "tlp:"
PAP = "PAP:"
ACTIONS = ("clear", "green", "amber", "red")
"""The colours of the PAP, from the freest to the most restrictive."""

WHITE = {"white": "clear"}
"""The colour of TLP 1 that is called otherwise since."""


def uuid_of(identifier: str) -> str:
    """The UUID of a STIX identifier: the same record has the same one in every format."""
    return identifier.partition("--")[2]


def part_id(whole: str, name: str) -> str:
    """The UUID of a part, drawn from that of its whole: the same for ever."""
    return str(uuid5(NAMESPACE, f"misp/{whole}/{name}"))


def epoch(text: object) -> str:
    """A STIX moment as MISP stamps it: whole seconds since 1970, as digits."""
    at = read_moment(text)
    return str(int(at.timestamp())) if at else "0"


def moment_of(text: object) -> str:
    """A STIX moment as MISP writes one; nothing for what is none."""
    at = read_moment(text)
    return at.isoformat(timespec="microseconds") if at else ""


def day_of(at: datetime) -> str:
    """The day of an event."""
    return f"{at:%Y-%m-%d}"


def tag(name: str) -> dict[str, str]:
    """A tag, which is known by its name."""
    return {"name": name}


def predicate(taxonomy: str, name: str, value: object) -> str:
    """A machine tag of three parts."""
    return f'{taxonomy}:{name}="{value}"'


def colour_of(thing: Stix) -> str:
    """The colour of the TLP that an object of ours bears."""
    return strictest(thing.get("object_marking_refs", []))


def colours_in(names: Iterable[object]) -> list[str]:
    """The colours of the TLP that these tags name; one that means nothing here is red."""
    return colours_after(TLP, names, set(READ_AS.values()))


def actions_in(names: Iterable[object]) -> list[str]:
    """The colours of the PAP that these tags name; one that means nothing here is red."""
    return colours_after(PAP.casefold(), names, set(ACTIONS))


def colours_after(prefix: str, names: Iterable[object], known: Collection[str]) -> list[str]:
    """The colours of the tags that begin so."""
    told = [str(name).casefold() for name in names]
    colours = [name.removeprefix(prefix) for name in told if name.startswith(prefix)]
    return [WHITE.get(each, each if each in known else "red") for each in colours]


def written(thing: Misp) -> str:
    """The one way an object is written: by name, no idle blanks."""
    return json.dumps(in_order(thing), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
