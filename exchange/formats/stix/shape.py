"""Looks at our own objects before they leave: what would be no STIX stays, with the reason."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from exchange.formats.stix.extensions import BY_NAME, MORE, NEW_TYPES, extension_id
from exchange.formats.stix.fields import (
    COUNT,
    FIELDS,
    ID,
    IDS,
    MOMENT,
    NUMBER,
    REQUIRED,
    ROWS,
    TEXT,
    TEXTS,
)
from exchange.formats.stix.words import SPEC, Stix, is_identifier, kind_of, read_moment

HEAD = {"type", "spec_version", "id", "created"}
CORE: Mapping[str, tuple[str, ...]] = {
    "identity": ("modified", "name"),
    "incident": ("modified", "name"),
    "location": ("modified",),
    "threat-actor": ("modified", "name"),
    "relationship": ("modified", "relationship_type", "source_ref", "target_ref"),
    "grouping": ("modified", "context", "object_refs"),
    "extension-definition": ("modified", "created_by_ref", "name", "schema", "version"),
    "marking-definition": ("extensions",),
}
OWN = {
    *("type", "spec_version", "id", "created_by_ref", "created", "modified", "revoked"),
    *("external_references", "object_marking_refs", "extensions"),
}
EMPTY: tuple[Any, ...] = (None, "", [], {})


class Misshapen(ValueError):
    """An object that is no STIX, and what is wrong with it; a fault of ours."""


def is_list_of(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    """Whether something is a list, not empty, of what fits."""
    return lambda value: isinstance(value, list) and bool(value) and all(map(fits, value))


def is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


FITS: Mapping[str, Callable[[object], bool]] = {
    TEXT: is_text,
    COUNT: is_count,
    NUMBER: is_number,
    MOMENT: lambda value: read_moment(value) is not None,
    ID: is_identifier,
    TEXTS: is_list_of(is_text),
    IDS: is_list_of(is_identifier),
    ROWS: is_list_of(lambda value: isinstance(value, dict) and bool(value)),
}


def require_shape(thing: Stix) -> Stix:
    """The object itself; raises Misshapen with everything that is wrong with it."""
    if wrong := list(complaints(thing)):
        raise Misshapen(f"{thing.get('id', 'an object')}: {'; '.join(wrong)}")
    return thing


def without_references(thing: Stix, is_hidden: Callable[[str], bool]) -> Stix | None:
    """The object without references to what is hidden; nothing where it cannot be without them."""
    kept: Stix = {}
    for name, value in thing.items():
        if name.endswith("_refs"):
            value = [each for each in value if not is_hidden(each)]
        if name.endswith("_refs") and not value:
            continue
        if not (name.endswith("_ref") and is_hidden(value)):
            kept[name] = value
    kind = str(thing.get("type"))
    needed = {*CORE.get(kind, ()), *REQUIRED.get(kind, ())}
    return None if needed & (set(thing) - set(kept)) else kept


def complaints(thing: Stix) -> Iterator[str]:
    """Everything that is wrong with an object of ours."""
    kind = str(thing.get("type"))
    if kind not in CORE and kind not in NEW_TYPES:
        yield f"no type of ours: {kind}"
        return
    for name in sorted(HEAD.union(CORE.get(kind, ("modified",))) - set(thing)):
        yield f"{name} is lacking"
    yield from wrong_heads(thing, kind)
    yield from wrong_references(thing)
    yield from (f"{name} is empty" for name, value in thing.items() if value in EMPTY)
    yield from wrong_facts(thing, kind)


def wrong_heads(thing: Stix, kind: str) -> Iterator[str]:
    """What is wrong with type, identifier and moments."""
    if thing.get("spec_version") != SPEC:
        yield "spec_version is another one"
    if not is_identifier(thing.get("id")) or kind_of(thing["id"]) != kind:
        yield "id does not fit the type"
    moments = [read_moment(thing[name]) for name in ("created", "modified") if name in thing]
    if None in moments:
        yield "created or modified is no moment"
    elif moments != sorted(moment for moment in moments if moment):
        yield "modified lies before created"
    if kind == "location" and not {"country", "latitude"} & set(thing):
        yield "a location needs a point or a country"


def wrong_references(thing: Stix) -> Iterator[str]:
    """References that name nothing."""
    for name, value in thing.items():
        if name.endswith("_ref") and not is_identifier(value):
            yield f"{name} is no identifier"
        if name.endswith("_refs") and not FITS[IDS](value):
            yield f"{name} is no list of identifiers"


def wrong_facts(thing: Stix, kind: str) -> Iterator[str]:
    """What is wrong with the properties of our extensions."""
    if kind in NEW_TYPES:
        facts = {name: value for name, value in thing.items() if name not in OWN}
        yield from unlike(kind, facts)
        if extension_id(kind) not in thing.get("extensions", {}):
            yield "it does not say which extension defines it"
    for name, extension in BY_NAME.items():
        facts = thing.get("extensions", {}).get(extension_id(name))
        if facts is not None and extension.kind == MORE:
            yield from unlike(name, {k: v for k, v in facts.items() if k != "extension_type"})


def unlike(extension: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """Properties that the extension does not know, lacks, or knows as something else."""
    fields = FIELDS[extension]
    for name in REQUIRED[extension]:
        if name not in facts:
            yield f"{name} is lacking"
    for name, value in facts.items():
        if name not in fields:
            yield f"{name} is unknown"
        elif not FITS[fields[name]](value):
            yield f"{name} is no {fields[name]}"
