"""Objects of STIX 2.1, built of plain values: the same values are the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exchange.formats.stix.extensions import BY_NAME, extension_id
from exchange.formats.stix.markings import TLP_IDS
from exchange.formats.stix.words import SPEC, Stix, moment, object_id, said

HANDLING = "vestige-handling"
SOURCE = "vestige"
"""Under this name an object tells the reference that people know its record by."""


@dataclass(frozen=True)
class About:
    """What every object says of itself: from which record it is drawn, by whom, how marked.

    `key` names the record; `by` is the identity that says so; `reference` is for people;
    `releasable_to` are the agencies that alone may have it, none meaning no such limit.
    """

    key: str
    created: datetime
    modified: datetime
    tlp: str
    by: str
    reference: str = ""
    releasable_to: tuple[str, ...] = ()


def built(kind: str, about: About, properties: Mapping[str, Any]) -> Stix:
    """An object with its head, its mark and what is known of it."""
    references = [{"source_name": SOURCE, "external_id": about.reference}]
    return {
        "type": kind,
        "spec_version": SPEC,
        "id": object_id(kind, about.key),
        "created_by_ref": about.by,
        "created": moment(about.created),
        "modified": moment(max(about.created, about.modified)),
        **said(properties),
        **limited(about, properties),
        **({"external_references": references} if about.reference else {}),
        "object_marking_refs": [TLP_IDS[about.tlp]],
    }


def limited(about: About, properties: Mapping[str, Any]) -> Stix:
    """The extensions of an object that only some agencies may have: one more, which names them."""
    if not about.releasable_to:
        return {}
    mark = {**BY_NAME[HANDLING].mark, "releasable_to": list(about.releasable_to)}
    return {"extensions": {**properties.get("extensions", {}), extension_id(HANDLING): mark}}


def extended(kind: str, about: About, properties: Mapping[str, Any], **more: Any) -> Stix:
    """An object of STIX with what only our extension of it says; `more` is that, under its name."""
    extensions = {
        extension_id(name): {**BY_NAME[name].mark, **said(facts)}
        for name, facts in ((word.replace("_", "-"), facts) for word, facts in more.items())
        if said(facts)
    }
    return built(kind, about, {**properties, "extensions": extensions})


def new_object(kind: str, about: About, facts: Mapping[str, Any]) -> Stix:
    """An object of one of the types that we define."""
    return built(kind, about, {**facts, "extensions": {extension_id(kind): BY_NAME[kind].mark}})


def incident(about: About, *, name: str, description: str, facts: Mapping[str, Any]) -> Stix:
    """An attack."""
    words = {"name": name, "description": description}
    return extended("incident", about, words, vestige_incident=facts)


def location(
    about: About,
    *,
    name: str,
    country: str,
    point: tuple[float, float] | None,
    precision: int | None,
    facts: Mapping[str, Any],
) -> Stix | None:
    """A place in WGS 84 degrees, latitude first; nothing where neither point nor country is known.

    `precision` is the uncertainty of the point in metres.
    """
    if point is None and not country:
        return None
    words: dict[str, Any] = {"name": name, "country": country}
    if point is not None:
        words |= {"latitude": point[0], "longitude": point[1], "precision": precision}
    return extended("location", about, words, vestige_place=facts)


def identity(about: About, *, name: str, identity_class: str, facts: Mapping[str, Any]) -> Stix:
    """An organisation, a group or a person."""
    words = {"name": name, "identity_class": identity_class}
    return extended("identity", about, words, vestige_actor=facts)


def threat_actor(about: About, *, name: str, facts: Mapping[str, Any]) -> Stix:
    """An actor whom a released finding holds to have used or directed a weapon."""
    return extended("threat-actor", about, {"name": name}, vestige_actor=facts)


def relationship(about: About, *, name: str, source: str, target: str) -> Stix:
    """That one object stands in this relation to another."""
    ends = {"relationship_type": name, "source_ref": source, "target_ref": target}
    return built("relationship", about, ends)


def grouping(about: About, *, name: str, members: Sequence[str]) -> Stix | None:
    """A case: what belongs together; nothing where it has no members."""
    if not members:
        return None
    words = {"name": name, "context": "unspecified", "object_refs": sorted(members)}
    return built("grouping", about, words)


def taken_back(thing: Stix) -> Stix:
    """The same object as one that its author no longer holds."""
    return {**thing, "revoked": True}
