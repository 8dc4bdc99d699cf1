"""Objects of MISP, built of plain values by their templates: the same values are the same bytes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from exchange.formats.misp.templates import CATEGORIES, MOMENT, TEMPLATES, Template
from exchange.formats.misp.words import (
    INHERIT,
    TLP,
    Misp,
    colour_of,
    epoch,
    moment_of,
    part_id,
    tag,
    uuid_of,
)
from exchange.formats.stix.words import Stix

OTHER = "Other"


class Untemplated(ValueError):
    """A value that its template has no place for; a fault of ours."""


@dataclass(frozen=True)
class Value:
    """What one relation of an object says; `comment` is the name that we know it by."""

    relation: str
    value: object
    comment: str = ""
    tags: tuple[str, ...] = ()


@dataclass
class Known:
    """What was told before: how the types of weapon are called that others point at."""

    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """What an object has from the record it is drawn from: what names it, when, how marked."""

    uuid: str
    timestamp: str
    tlp: str
    deleted: bool = False

    @classmethod
    def of(cls, thing: Stix, part: str = "") -> "Head":
        """That of one of our objects, or of a part of it."""
        whole = uuid_of(thing["id"])
        return cls(
            uuid=part_id(whole, part) if part else whole,
            timestamp=epoch(thing.get("modified", thing.get("created"))),
            tlp=colour_of(thing),
            deleted=thing.get("revoked") is True,
        )


def misp_object(
    name: str, head: Head, values: Iterable[Value], *, comment: str = "", **seen: object
) -> Misp:
    """One object by its template; `first_seen` and `last_seen` are moments of STIX."""
    template = TEMPLATES[name]
    moments = {key: moment_of(value) for key, value in seen.items()}
    return {
        "uuid": head.uuid,
        "name": name,
        "meta-category": template.category,
        "template_uuid": template.uuid,
        "template_version": str(template.version),
        "timestamp": head.timestamp,
        "distribution": INHERIT,
        "comment": comment,
        "deleted": head.deleted,
        **{key: value for key, value in moments.items() if value},
        "Attribute": list(attributes(name, head, values)),
        "ObjectReference": [],
    }


def attributes(name: str, head: Head, values: Iterable[Value]) -> Iterator[Misp]:
    """The attributes of an object: what is known, each under a number of its own."""
    template, numbers = TEMPLATES[name], Counter[str]()
    for each in values:
        if text := text_of(each.value):
            numbers[each.relation] += 1
            require_place(template, each.relation, numbers[each.relation])
            number = numbers[each.relation]
            yield attribute(template, head, each, text, f"{each.relation}/{number}")


def require_place(template: Template, relation: str, number: int) -> None:
    """Raise for a relation that the template does not have, or has only once."""
    if relation not in template.types:
        raise Untemplated(f"no relation {relation}")
    if number > 1 and relation not in template.several:
        raise Untemplated(f"{relation} stands only once")


def attribute(template: Template, head: Head, said: Value, text: str, key: str) -> Misp:
    """One value of an object."""
    kind = template.types[said.relation]
    return {
        "uuid": part_id(head.uuid, key),
        "object_relation": said.relation,
        "type": kind,
        "category": CATEGORIES.get(kind, OTHER),
        "value": moment_of(text) if kind == MOMENT else text,
        "to_ids": False,
        "disable_correlation": said.relation not in template.tells_apart,
        "distribution": INHERIT,
        "timestamp": head.timestamp,
        "comment": said.comment,
        "deleted": head.deleted,
        "Tag": [tag(TLP + head.tlp), *map(tag, said.tags)],
    }


def text_of(value: object) -> str:
    """A value as MISP holds it: without blanks around it; nothing for what is not known."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).strip()


def told_as(facts: Mapping[str, Any], relation: str, names: Iterable[str]) -> Iterator[Value]:
    """These facts, each in an attribute of its own that bears its name."""
    for name in names:
        yield Value(relation, facts.get(name), comment=name)


def remarks(facts: Mapping[str, Any], names: Iterable[str]) -> str:
    """What the template has no relation for, in one line."""
    known = [(name, text_of(facts.get(name))) for name in names]
    return "; ".join(f"{name}: {text}" for name, text in known if text)


def reference(source: str, target: str, verb: str, *, comment: str, timestamp: str) -> Misp:
    """That one object stands in a relation to another."""
    return {
        "uuid": part_id(source, f"reference/{verb}/{comment}/{target}"),
        "object_uuid": source,
        "referenced_uuid": target,
        "relationship_type": verb,
        "comment": comment,
        "timestamp": timestamp,
        "deleted": False,
    }
