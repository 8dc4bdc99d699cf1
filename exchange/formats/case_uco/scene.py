"""Markings, agencies, attacks and places as nodes."""

from collections.abc import Iterator

from exchange.formats.case_uco.words import (
    Node,
    dated,
    decimal,
    head,
    named,
    node,
    node_id,
    own_words,
    part_id,
)
from exchange.formats.stix.extensions import extension_id
from exchange.formats.stix.words import Stix

CLASSES = {
    "organization": "uco-identity:Organization",
    "group": "uco-identity:Organization",
    "individual": "uco-identity:Person",
}
STATEMENT = "statement"


def marking(thing: Stix) -> Iterator[Node]:
    """A colour of the Traffic Light Protocol, as a statement."""
    said = part_id("StatementMarking", thing["id"])
    yield node(
        "uco-marking:StatementMarking",
        said,
        uco_marking__definitionType=STATEMENT,
        uco_marking__statement=thing.get("name"),
    )
    yield {
        **head({name: thing[name] for name in ("created",) if name in thing}),
        **node(
            "uco-marking:MarkingDefinition",
            node_id(thing["id"]),
            uco_core__name=thing.get("name"),
            uco_marking__definitionType=STATEMENT,
            uco_marking__definition=[named(said)],
        ),
    }


def identity(thing: Stix) -> Iterator[Node]:
    """An agency, the program itself, or somebody whom a released finding is about."""
    facts = thing.get("extensions", {}).get(extension_id("vestige-actor"), {})
    kind = CLASSES.get(str(thing.get("identity_class")), "uco-identity:Identity")
    if thing["type"] == "threat-actor" and facts.get("actor_kind") == "individual":
        kind = "uco-identity:Person"
    yield {
        **head(thing),
        **node(kind, node_id(thing["id"]), uco_core__name=thing.get("name")),
        **own_words("vestige-actor", facts),
    }


def attack(thing: Stix) -> Iterator[Node]:
    """An attack as an event."""
    facts = thing.get("extensions", {}).get(extension_id("vestige-incident"), {})
    yield {
        **head(thing),
        **node(
            "uco-core:Event",
            node_id(thing["id"]),
            uco_core__name=thing.get("name"),
            uco_core__description=thing.get("description"),
            uco_core__eventType=facts.get("attack_mode"),
            uco_core__startTime=dated(facts.get("occurred_from")),
            uco_core__endTime=dated(facts.get("occurred_to")),
        ),
        **own_words("vestige-incident", facts, without=("occurred_from", "occurred_to")),
    }


def place(thing: Stix) -> Iterator[Node]:
    """A place with its point in degrees of WGS 84 and its country, as far as they are known."""
    facets = list(facets_of(thing))
    yield from facets
    facts = thing.get("extensions", {}).get(extension_id("vestige-place"), {})
    yield {
        **head(thing),
        **node(
            "uco-location:Location",
            node_id(thing["id"]),
            uco_core__name=thing.get("name"),
            uco_core__hasFacet=[named(facet["@id"]) for facet in facets],
        ),
        **own_words("vestige-place", facts),
        **node_facts(thing),
    }


def node_facts(thing: Stix) -> Node:
    """How exactly a point is known, in metres."""
    precise = decimal(thing.get("precision"))
    return {"vestige:uncertainty_m": precise} if precise else {}


def facets_of(thing: Stix) -> Iterator[Node]:
    """The point, and the country."""
    if "latitude" in thing:
        yield node(
            "uco-location:LatLongCoordinatesFacet",
            part_id("LatLongCoordinatesFacet", thing["id"]),
            uco_location__latitude=decimal(thing["latitude"]),
            uco_location__longitude=decimal(thing["longitude"]),
        )
    if thing.get("country"):
        yield node(
            "uco-location:SimpleAddressFacet",
            part_id("SimpleAddressFacet", thing["id"]),
            uco_location__country=thing["country"],
        )
