"""Exhibits with their provenance, parts, weapons, files and custody as nodes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from exchange.formats.case_uco.words import (
    Node,
    dated,
    head,
    named,
    node,
    node_id,
    own_words,
    part_id,
    pointed,
)
from exchange.formats.stix.words import Stix

COLLECTED = "collected"
SHA256 = "SHA256"


@dataclass
class Known:
    """What was told before and is needed again: roots, places, the last deed done to an exhibit."""

    roots: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    deeds: dict[str, str] = field(default_factory=dict)
    makers: set[str] = field(default_factory=set)


def exhibit(thing: Stix, known: Known) -> Iterator[Node]:
    """An exhibit, and the record of its provenance with its number and that of its whole."""
    number, own = str(thing["exhibit_no"]), node_id(thing["id"])
    known.roots[thing["id"]] = known.roots.get(str(thing.get("parent_ref")), number)
    yield {
        **head(thing),
        **node("uco-core:Item", own, uco_core__description=thing.get("short_description")),
        **own_words("x-evidence-item", thing, without=("exhibit_no", "short_description")),
    }
    yield {
        **head(thing),
        **node(
            "case-investigation:ProvenanceRecord",
            record_id(thing["id"]),
            uco_core__description=thing.get("short_description"),
            uco_core__object=[named(own)],
            case_investigation__exhibitNumber=number,
            case_investigation__rootExhibitNumber=known.roots[thing["id"]],
        ),
    }
    if whole := thing.get("parent_ref"):
        yield tie(thing, whole, "part-of")


def record_id(item: str) -> str:
    """The record of the provenance of an exhibit."""
    return part_id("ProvenanceRecord", item)


def tie(thing: Stix, target: str, name: str) -> Node:
    """A relationship that an object of ours states in a property."""
    return {
        **head(thing),
        **node(
            "uco-core:Relationship",
            part_id("Relationship", thing["id"], f"{name}/{target}"),
            uco_core__source=pointed(thing["id"]),
            uco_core__target=pointed(target),
            uco_core__kindOfRelationship=name,
        ),
        "uco-core:isDirectional": True,
    }


def component(thing: Stix, known: Known) -> Iterator[Node]:
    """A part of an exhibit as a device, with its maker where that is known."""
    maker = str(thing.get("maker", ""))
    maker_id = part_id("Organization", maker) if maker else ""
    if maker and maker not in known.makers:
        known.makers.add(maker)
        yield node("uco-identity:Organization", maker_id, uco_core__name=maker)
    facet = node(
        "uco-observable:DeviceFacet",
        part_id("DeviceFacet", thing["id"]),
        uco_observable__deviceType=thing.get("category"),
        uco_observable__manufacturer=named(maker_id) if maker else None,
        uco_observable__model=thing.get("model"),
        uco_observable__serialNumber=thing.get("serial_number"),
    )
    yield facet
    told = ("category", "maker", "model", "serial_number")
    yield {
        **head(thing),
        **device(thing, facet),
        **own_words("x-weapon-component", thing, without=told),
    }
    yield tie(thing, thing["item_ref"], "part-of")


def device(thing: Stix, facet: Node) -> Node:
    """A device with the facet that describes it."""
    return node(
        "uco-observable:Device",
        node_id(thing["id"]),
        uco_core__name=thing.get("name"),
        uco_core__hasFacet=[named(facet["@id"])],
    )


def weapon(thing: Stix, _known: Known) -> Iterator[Node]:
    """A weapon that was found, or a type of weapon; UCO has no class of weapons."""
    is_model = thing.get("system_kind") == "model"
    facet = node(
        "uco-observable:DeviceFacet",
        part_id("DeviceFacet", thing["id"]),
        uco_observable__deviceType=thing.get("weapon_type", "weapon"),
        uco_observable__model=thing.get("name") if is_model else None,
        uco_observable__serialNumber=thing.get("production_number"),
    )
    yield facet
    told = ("name", "weapon_type", "production_number")
    yield {
        **head(thing),
        **device(thing, facet),
        **own_words("x-weapon-system", thing, without=told),
    }
    for item in thing.get("item_refs", []):
        yield tie(thing, item, "contains")
    if model := thing.get("model_ref"):
        yield tie(thing, model, "instance-of")


def custody(thing: Stix, known: Known) -> Iterator[Node]:
    """One event in the custody of an exhibit, and which one it follows.

    The agency performed it; people are named in the ledger alone. Where an exhibit was collected is
    told, and where it is kept is not.
    """
    item, own = thing["item_ref"], node_id(thing["id"])
    place = known.places.get(item) if thing["event_kind"] == COLLECTED else None
    before = known.deeds.get(item)
    known.deeds[item] = own
    yield {
        **head(thing),
        **node(
            "case-investigation:InvestigativeAction",
            own,
            uco_core__name=thing["event_kind"],
            uco_action__startTime=dated(thing.get("happened_at")),
            uco_action__endTime=dated(thing.get("happened_at")),
            uco_action__performer=pointed(thing["created_by_ref"]),
            uco_action__location=[pointed(place)] if place else None,
            uco_action__object=[pointed(item)],
            uco_action__result=[named(record_id(item))],
            case_investigation__wasInformedBy=[named(before)] if before else None,
        ),
        **own_words("x-custody-event", thing, without=("item_ref", "happened_at")),
    }


def file(thing: Stix, _known: Known) -> Iterator[Node]:
    """A file by what proves it; its bytes and its name leave in evidence bundles alone."""
    digest = node(
        "uco-types:Hash",
        part_id("Hash", thing["id"]),
        uco_types__hashMethod=SHA256,
        uco_types__hashValue={"@type": "xsd:hexBinary", "@value": thing["sha256"]},
    )
    content = node(
        "uco-observable:ContentDataFacet",
        part_id("ContentDataFacet", thing["id"]),
        uco_observable__hash=[named(digest["@id"])],
        uco_observable__mimeType=thing.get("mime"),
        uco_observable__sizeInBytes=thing.get("size"),
    )
    facet = node(
        "uco-observable:FileFacet",
        part_id("FileFacet", thing["id"]),
        uco_observable__sizeInBytes=thing.get("size"),
    )
    yield from (digest, content, facet)
    facets = [named(content["@id"]), named(facet["@id"])]
    own = node("uco-observable:File", node_id(thing["id"]), uco_core__hasFacet=facets)
    yield {**head(thing), **own, "vestige:copy_type": thing.get("copy_type", "")}
    yield tie(thing, thing["item_ref"], "documents")
    if original := thing.get("derived_ref"):
        yield tie(thing, original, "derived-from")
