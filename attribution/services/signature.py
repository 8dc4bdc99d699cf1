"""Signature components: what confirmed comparisons tie across incidents, as technical facts only.

It tells where like parts were found, and never who used, ordered or supplied anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from attribution.models import Assertion
from comparison.models import Link
from core.normalise import normalise
from evidence.models import Component
from investigations.models import Case, Incident


@dataclass
class Signature:
    """Components that belong together, two examiners having said so of each pair."""

    components: dict[UUID, Component] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The model they share, or each of their models."""
        named = {normalise(str(one)): str(one) for one in self.components.values()}
        return " · ".join(sorted(named.values()))

    @property
    def is_one_model(self) -> bool:
        """Whether all of them bear one name."""
        return len({normalise(str(one)) for one in self.components.values()}) == 1

    @property
    def incidents(self) -> list[Incident]:
        """Where they were found, the earliest entered first."""
        found = {one.item.incident_id: one.item.incident for one in self.components.values()}
        return sorted((one for one in found.values() if one), key=lambda one: one.pk)

    @property
    def theatres(self) -> list[str]:
        """The theatres of those incidents."""
        return sorted({str(one.theatre) for one in self.incidents if one.theatre})

    @property
    def numbers(self) -> dict[str, int]:
        """How many incidents and theatres: counts of places, and no measure of anybody."""
        return {"incidents": len(self.incidents), "theatres": len(self.theatres)}


def signatures_of(case: Case, reader: User) -> list[Signature]:
    """What the case's confirmed comparisons tie across incidents, as far as the reader may see."""
    links = Link.objects.visible_to(reader).told_to(reader).of_case(case).established()
    groups = together(links.with_lists().order_by("id"))
    across = [one for one in groups if len(one.incidents) > 1]
    return sorted(across, key=lambda one: one.name)


def together(links: Iterable[Link]) -> list[Signature]:
    """Links that share a component, directly or over others, in one group."""
    group_of: dict[UUID, Signature] = {}
    for link in links:
        met = {
            id(group_of[part.pk]): group_of[part.pk] for part in link.ends if part.pk in group_of
        }
        merged = Signature()
        for one in met.values():
            merged.components |= one.components
            merged.links += one.links
        merged.components |= {part.pk: part for part in link.ends}
        merged.links.append(link)
        group_of |= dict.fromkeys(merged.components, merged)
    return list({id(one): one for one in group_of.values()}.values())


def cited_by(assertions: Iterable[Assertion], signatures: Iterable[Signature]) -> list[Signature]:
    """Those of which some part is cited in these assertions."""
    items: set[UUID] = set()
    components: set[UUID] = set()
    for row in (row for one in assertions for row in one.evidence.all()):
        items |= {key for key in (row.item_id, row.claim and row.claim.item_id) if key}
        components |= {part.pk for part in row.link.ends} if row.link else set()
        if row.claim and row.claim.component_id:
            components.add(row.claim.component_id)
    return [
        one
        for one in signatures
        if components & set(one.components)
        or items & {part.item_id for part in one.components.values()}
    ]
