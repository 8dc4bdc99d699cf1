"""The smallest words of CASE/UCO: prefixes, names of nodes, typed literals, and one way to write.

CASE 1.5 and the UCO that it builds on (https://caseontology.org, Apache 2.0) name the classes
and properties.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid5

from exchange.formats.stix.fields import COUNT, FIELDS, ID, IDS, MOMENT, NUMBER, ROWS, TEXTS
from exchange.formats.stix.words import NAMESPACE, Stix, in_order, kind_of

Node = dict[str, Any]
"""One node of the graph."""

MEDIA_TYPE = "application/ld+json"
UCO = "https://ontology.unifiedcyberontology.org/uco"
CONTEXT = {
    "kb": "https://vestige.example/kb/",
    "vestige": "https://vestige.example/ns#",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{
        f"uco-{name}": f"{UCO}/{name}/"
        for name in (
            *("action", "analysis", "core", "identity", "location", "marking"),
            *("observable", "types"),
        )
    },
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Every prefix that a node uses; `kb` names our nodes, `vestige` what the ontologies do not say."""

NAMES = {
    "incident": "Event",
    "location": "Location",
    "x-evidence-item": "Item",
    "x-weapon-component": "Device",
    "x-weapon-system": "Device",
    "x-custody-event": "InvestigativeAction",
    "x-comparison": "Analysis",
    "x-attribution-finding": "Assertion",
    "identity": "Identity",
    "threat-actor": "Identity",
    "x-trace-request": "InvestigativeAction",
    "x-assistance": "InvestigativeAction",
    "x-sanction": "Action",
    "x-file": "File",
    "relationship": "Relationship",
    "grouping": "Investigation",
    "marking-definition": "MarkingDefinition",
}
"""What a node is called after, by the type of our object: the same record is the same node."""


def node_id(identifier: str) -> str:
    """The name of the node that one of our objects becomes."""
    kind, _dashes, uuid = identifier.partition("--")
    return f"kb:{NAMES[kind]}-{uuid}"


def part_id(name: str, whole: str, part: str = "") -> str:
    """The name of a node that is part of another, or goes with it."""
    return f"kb:{name}-{uuid5(NAMESPACE, f'case-uco/{name}/{whole}/{part}')}"


def named(identifier: str) -> Node:
    """A reference to a node."""
    return {"@id": identifier}


def pointed(identifier: str) -> Node:
    """A reference to the node of one of our objects."""
    return named(node_id(identifier))


def dated(text: object) -> Node | None:
    """A moment with its type; nothing for what is not known."""
    return {"@type": "xsd:dateTime", "@value": str(text)} if text else None


def decimal(value: Any) -> Node | None:
    """A number with its type, without an exponent; nothing for what is not known."""
    if value is None:
        return None
    return {"@type": "xsd:decimal", "@value": f"{Decimal(str(value)):f}"}


def typed(kind: str, value: Any) -> Any:
    """A value of one of our own properties, as a literal or a reference."""
    if kind == MOMENT:
        return dated(value)
    if kind == NUMBER:
        return decimal(value)
    if kind == ID:
        return pointed(value)
    if kind == IDS:
        return [pointed(each) for each in value]
    if kind == ROWS:
        return ["; ".join(f"{name}: {said}" for name, said in row.items()) for row in value]
    if kind == TEXTS:
        return list(value)
    return value if kind == COUNT else str(value)


def own_words(extension: str, facts: Mapping[str, Any], *, without: tuple[str, ...] = ()) -> Node:
    """What our extension says and the ontologies have no words for, under our own prefix."""
    return {
        f"vestige:{name}": typed(kind, facts[name])
        for name, kind in FIELDS[extension].items()
        if name in facts and name not in without and is_known_end(kind, facts[name])
    }


def is_known_end(kind: str, value: Any) -> bool:
    """False for a reference to what becomes no node."""
    ends = value if kind == IDS else [value] if kind == ID else []
    return all(kind_of(end) in NAMES for end in ends)


def node(kind: str, identifier: str, **properties: Any) -> Node:
    """A node with what is known of it; a property of UCO is written `uco_core__name`."""
    known = {name: value for name, value in properties.items() if value not in (None, "", [], {})}
    return {"@id": identifier, "@type": kind, **{property_of(k): v for k, v in known.items()}}


def property_of(word: str) -> str:
    """The name of a property, of the way it is written as a parameter."""
    prefix, _apart, name = word.partition("__")
    return f"{prefix.replace('_', '-')}:{name}"


def head(thing: Stix) -> Node:
    """What every node says of itself that is drawn from one of our objects."""
    known = {
        "uco-core:objectCreatedTime": dated(thing.get("created")),
        "uco-core:modifiedTime": dated(thing.get("modified")),
        "uco-core:createdBy": pointed(by) if (by := thing.get("created_by_ref")) else None,
        "uco-core:objectMarking": [pointed(mark) for mark in thing.get("object_marking_refs", [])],
        "uco-core:objectStatus": "Deprecated" if thing.get("revoked") else None,
    }
    return {name: value for name, value in known.items() if value}


def written(thing: Node) -> str:
    """The one way a node is written: by name, no idle blanks."""
    return json.dumps(in_order(thing), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
