"""What points at what, in the verbs of MISP; our own word for it stands in the comment."""

from collections.abc import Iterator, Mapping

from exchange.formats.misp.scene import assessment_id
from exchange.formats.misp.words import uuid_of
from exchange.formats.stix.extensions import extension_id
from exchange.formats.stix.words import Stix

VERBS = {
    "located-at": "located-at",
    "has-site": "related-to",
    "recovered-from": "recovered-from",
    "attributed-to": "attributed-to",
    "derived-from": "derived-from",
    "designed-by": "mentions",
    "made-by": "mentions",
    "supplied-by": "mentions",
    "concerns": "mentions",
}
"""Relations of ours in verbs that MISP knows; what is not known there is only related."""

POINTERS: Mapping[str, Mapping[str, str]] = {
    "x-evidence-item": {"parent_ref": "part-of"},
    "x-weapon-component": {"item_ref": "part-of"},
    "x-weapon-system": {
        "incident_ref": "involved-in",
        "item_refs": "contains",
        "model_ref": "instance-of",
    },
    "x-file": {"item_ref": "documents", "derived_ref": "derived-from"},
    "x-comparison": {"component_refs": "annotates"},
    "x-trace-request": {"component_refs": "annotates"},
    "x-attribution-finding": {"supporting_refs": "supported-by", "contrary_refs": "weakened-by"},
    "x-sanction": {"finding_ref": "based-on", "target_ref": "targets"},
}
"""The properties of our objects that name others, and the verb of each."""

Pointer = tuple[str, str, str, str]
"""From which object to which, by which verb, and our own word."""


def between(relation: Stix) -> Iterator[Pointer]:
    """What a relationship of ours says."""
    name = str(relation["relationship_type"])
    ends = uuid_of(relation["source_ref"]), uuid_of(relation["target_ref"])
    yield (*ends, VERBS.get(name, "related-to"), name)


def pointing_at(thing: Stix) -> Iterator[Pointer]:
    """What the properties of an object name."""
    own = uuid_of(thing["id"])
    for name, verb in POINTERS.get(thing["type"], {}).items():
        told = thing.get(name, [])
        for target in told if isinstance(told, list) else [told]:
            yield own, uuid_of(target), verb, name
    facts = thing.get("extensions", {}).get(extension_id("vestige-incident"), {})
    if model := facts.get("weapon_model_ref"):
        yield own, uuid_of(model), "related-to", "weapon_model_ref"
    for number, _grading in enumerate(facts.get("gradings", []), start=1):
        yield assessment_id(thing, number), own, "characterizes", "grading"
