"""A bundle of STIX as it comes in from elsewhere: all of its objects, or what is wrong with one."""

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
from exchange.formats.stix.markings import strictest
from exchange.formats.stix.telling import plain
from exchange.formats.stix.words import SPEC, is_identifier, kind_of, read_moment

MOMENTS = ("created", "modified")


def read_bundle(data: bytes) -> list[Arrived]:
    """Every object of a bundle in its order; WrongBundle says what is wrong with it."""
    return objects_of(read_json(data))


def objects_of(bundle: Any) -> list[Arrived]:
    """The objects of what was read, if that is a bundle."""
    if not isinstance(bundle, dict) or bundle.get("type") != "bundle":
        raise WrongBundle("no-bundle")
    objects = bundle.get("objects")
    if not isinstance(objects, list) or not objects:
        raise WrongBundle("no-objects")
    if len(objects) > MOST:
        raise WrongBundle("too-many")
    return [arrived(number, thing) for number, thing in enumerate(objects, start=1)]


def arrived(number: int, thing: Any) -> Arrived:
    """One object, if it says what it is."""
    if not isinstance(thing, dict):
        raise WrongBundle("wrong-object", str(number))
    kind, identifier = thing.get("type"), thing.get("id")
    if not isinstance(kind, str) or len(kind) > LONGEST_TYPE or not is_identifier(identifier):
        raise WrongBundle("wrong-object", str(number))
    if kind_of(str(identifier)) != kind:
        raise WrongBundle("wrong-object", str(identifier))
    if thing.get("spec_version", SPEC) != SPEC:
        raise WrongBundle("other-version", str(identifier))
    if not all(map(read_moment, moments_of(thing))):
        raise WrongBundle("no-moment", str(identifier))
    marks = thing.get("object_marking_refs", [])
    if not isinstance(marks, list):
        raise WrongBundle("wrong-object", str(identifier))
    return Arrived(
        number=number,
        stix_id=str(identifier),
        kind=kind,
        name=plain(thing.get("name"), LONGEST_NAME),
        tlp=strictest(marks),
        body=kept_whole(thing, str(identifier)),
    )


def moments_of(thing: dict[str, Any]) -> list[Any]:
    """When it was created and modified; an incident has to say both, others where they say it."""
    always = thing["type"] == "incident"
    return [thing.get(name) for name in MOMENTS if always or name in thing]
