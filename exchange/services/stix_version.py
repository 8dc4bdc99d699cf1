"""Keeps each object as it leaves: the same identifier and moment never stand for other words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils import timezone

from core.scope import system_scope
from exchange.content.gathering import AT_ONCE, Leaf
from exchange.content.whole import is_of_others
from exchange.formats.stix.words import (
    Stix,
    canonical,
    digest_of,
    moment,
    read_moment,
    to_milliseconds,
)
from exchange.models import StixVersion
from investigations.models import Case

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Written:
    """One version as it leaves: its row and its text."""

    key: UUID
    body: str


def versions_of(case: Case, leaves: Iterator[Leaf]) -> Iterator[Written]:
    """The version of each object: the one that left before, if it says the same, else a new one.

    Whoever calls writes the line.
    """
    while some := list(islice(leaves, AT_ONCE)):
        known = known_versions(case, [leaf.thing["id"] for leaf in some])
        found = [version_for(case, leaf, known) for leaf in some]
        StixVersion.objects.bulk_create([row for row in found if row._state.adding])
        yield from (Written(row.pk, row.body) for row in found)


def known_versions(case: Case, identifiers: list[str]) -> dict[str, list[StixVersion]]:
    """What left before of these objects, the newest last."""
    found: dict[str, list[StixVersion]] = {identifier: [] for identifier in identifiers}
    with system_scope("what left once stays what it was, whoever may see it"):
        rows = StixVersion.objects.filter(case=case, stix_id__in=identifiers)
        for row in rows.order_by("modified"):
            found[row.stix_id].append(row)
    return found


def version_for(case: Case, leaf: Leaf, known: dict[str, list[StixVersion]]) -> StixVersion:
    """The version that says what the object says now."""
    thing, before = leaf.thing, known[leaf.thing["id"]]
    digest = digest_of(thing)
    if is_of_others(leaf):
        return as_told(case, leaf, before)
    if before and before[-1].digest == digest:
        return before[-1]
    modified = read_moment(thing.get("modified", thing["created"])) or timezone.now()
    if before:
        modified = to_milliseconds(max(timezone.now(), before[-1].modified + MILLISECOND))
    if "modified" in thing:
        thing = {**thing, "modified": moment(modified)}
    row = new_version(case, leaf, thing, modified)
    known[leaf.thing["id"]].append(row)
    return row


def as_told(case: Case, leaf: Leaf, before: list[StixVersion]) -> StixVersion:
    """The version of an object of others, at the moment that they gave it."""
    stated = read_moment(leaf.thing.get("modified")) or (leaf.source or case).created_at
    modified = to_milliseconds(stated)
    for row in before:
        if row.modified == modified:
            return row
    row = new_version(case, leaf, leaf.thing, modified)
    before.append(row)
    return row


def new_version(case: Case, leaf: Leaf, thing: Stix, modified: datetime) -> StixVersion:
    """A row that bears the label of the record it is drawn from."""
    sources: dict[str, Any] = {}
    if leaf.source is not None:
        sources[FIELD_OF[leaf.source._meta.label_lower]] = leaf.source
    return StixVersion(
        case=case,
        label_id=leaf.source.label_id if leaf.source else None,
        stix_id=thing["id"],
        kind=thing["type"],
        modified=modified,
        body=canonical(thing),
        digest=digest_of(thing),
        is_revoked=thing.get("revoked") is True,
        exhibits=list(leaf.exhibits),
        **sources,
    )


def fields_by_kind() -> dict[str, str]:
    """Which column names a record of each kind."""
    columns: dict[str, Any] = {
        name: StixVersion._meta.get_field(name) for name in StixVersion.derives_from
    }
    return {column.related_model._meta.label_lower: name for name, column in columns.items()}


FIELD_OF = fields_by_kind()
