"""The smallest words of STIX: identifiers, moments, and one way to write an object down."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

Stix = dict[str, Any]
"""One object as a program reads it."""

SPEC = "2.1"
MEDIA_TYPE = "application/stix+json;version=2.1"
NAMESPACE = UUID("7a9bb733-526e-4074-bf53-2d562e211e83")
"""Ours: an object's identifier is drawn from the key of its record, the same for ever."""

LONGEST_ID = 120
HEAD = ("type", "spec_version", "id", "created_by_ref", "created", "modified")
IDENTIFIER = re.compile(
    r"([a-z][a-z0-9-]*[a-z0-9])--"
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z")
TO_MICROSECONDS = 26
"""The characters of a moment that Python tells apart: `2026-03-14T02:40:00.000000`."""


def object_id(kind: str, key: object) -> str:
    """The identifier of what is drawn from the record with this key, as a UUID of version 5."""
    return f"{kind}--{uuid5(NAMESPACE, f'{kind}/{key}')}"


def is_identifier(text: object) -> bool:
    """True for `type--UUID` of a sane length."""
    return (
        isinstance(text, str) and len(text) <= LONGEST_ID and IDENTIFIER.fullmatch(text) is not None
    )


def kind_of(identifier: str) -> str:
    """The type that an identifier names."""
    return identifier.partition("--")[0]


def moment(at: datetime) -> str:
    """A moment in UTC, to the millisecond."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def read_moment(text: object) -> datetime | None:
    """The moment that a text states, to the microsecond; nothing for what is no moment of STIX."""
    if not isinstance(text, str) or MOMENT.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text[:-1][:TO_MICROSECONDS]).replace(tzinfo=UTC)
    except ValueError:
        return None


def to_milliseconds(at: datetime) -> datetime:
    """The same moment without what STIX does not carry."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def said(properties: Mapping[str, Any]) -> Stix:
    """What is known of them; STIX has no empty values. Nought and no are values."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], {})}


def canonical(thing: Stix) -> str:
    """The one way an object is written: its head first, all else by name, no idle blanks."""
    head = {name: thing[name] for name in HEAD if name in thing}
    rest = {name: in_order(thing[name]) for name in sorted(thing) if name not in head}
    return json.dumps({**head, **rest}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def in_order(value: Any) -> Any:
    """The same value, every object in it by name."""
    if isinstance(value, Mapping):
        return {name: in_order(value[name]) for name in sorted(value)}
    return [in_order(each) for each in value] if isinstance(value, list) else value


def digest_of(thing: Stix) -> str:
    """What tells one version of an object from another: SHA-256 of all but its `modified`."""
    rest = {name: value for name, value in thing.items() if name != "modified"}
    return hashlib.sha256(canonical(rest).encode()).hexdigest()
