"""All that comparison can say of one set of components, a weapon's or an incident's, or of two."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from accounts.models import User
from comparison.models import Link
from comparison.services.batch import seen_by
from comparison.services.parameters import current_parameters
from comparison.services.terminus import Age, age_of
from comparison.services.weapon_link import Relation, compare_sets, name_of, relatives_of
from evidence.models import Component, WeaponInstance
from evidence.models.component import ComponentQuerySet
from investigations.models import CaseRecord, Incident

LARGEST = 500
"""Components of one set that a page lists."""


@dataclass(frozen=True)
class Relatives:
    """The sets that one set links to, and its own age."""

    age: Age
    relations: list[Relation]

    @property
    def shown(self) -> list[CaseRecord]:
        """All that a page of it shows, for its marking."""
        links = [link for one in self.relations for link in one.links.values()]
        others = [one.other for one in self.relations if one.other]
        return [*links, *others, *(said.reading for said in self.age.said)]


@dataclass(frozen=True)
class Side:
    """One of two sets: its components, those that a link names first, and its age."""

    subject: WeaponInstance | Incident
    components: list[Component]
    age: Age
    linked: set[UUID] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What it is called, beside its number."""
        return name_of(self.subject)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Its components, those linked to the other side first."""
        rows = [{"component": one, "is_linked": one.pk in self.linked} for one in self.components]
        return sorted(rows, key=lambda row: not row["is_linked"])


@dataclass(frozen=True)
class Pair:
    """Two sets side by side, and how they are linked."""

    sides: list[Side]
    relation: Relation

    @property
    def shown(self) -> list[CaseRecord]:
        """All that a page of it shows, for its marking."""
        parts: list[CaseRecord] = [*self.relation.links.values()]
        for side in self.sides:
            parts += [*side.components, *(said.reading for said in side.age.said)]
        return parts


def components_seen(subject: WeaponInstance | Incident, user: User) -> ComponentQuerySet:
    """The components of a weapon or of an incident that this person may see."""
    seen = Component.objects.visible_to(user)
    if isinstance(subject, Incident):
        return seen.filter(item__incident=subject)
    return subject.components_in(seen)


def relatives(subject: WeaponInstance | Incident, user: User) -> Relatives:
    """What a weapon or an incident links to, and before which day it cannot have been made."""
    components = components_seen(subject, user)
    ours = set(components.order_by().values_list("pk", flat=True))
    readings = seen_by(user).filter(component__in=ours)[:LARGEST]
    age = age_of(readings, user, current_parameters())
    return Relatives(age, relatives_of(ours, user, other_than=subject))


def against(left: WeaponInstance | Incident, right: WeaponInstance | Incident, user: User) -> Pair:
    """Two weapons, or two incidents, with both sets of components."""
    sets = [parts_of(subject, user) for subject in (left, right)]
    relation = compare_sets(sets[0].keys, sets[1].keys, user)
    linked = {end for link in relation.links.values() for end in ends_of(link)}
    parameters = current_parameters()
    listed = {one.pk for parts in sets for one in parts.listed}
    readings = list(seen_by(user).filter(component__in=listed))
    sides = []
    for subject, parts in zip((left, right), sets, strict=True):
        own = [one for one in readings if one.component_id in parts.keys]
        sides.append(Side(subject, parts.listed, age_of(own, user, parameters), linked))
    return Pair(sides, relation)


class Parts(NamedTuple):
    """Components of a weapon or of an incident: those that a page lists, and the keys of all."""

    listed: list[Component]
    keys: set[UUID]


def parts_of(subject: WeaponInstance | Incident, user: User) -> Parts:
    """Its components, as far as this person may see them, by the number of their exhibits."""
    seen = components_seen(subject, user)
    listed = list(seen.with_lists().order_by("item__exhibit_no", "id")[:LARGEST])
    keys = {one.pk for one in listed}
    if len(listed) == LARGEST:
        keys = set(seen.order_by().values_list("pk", flat=True))
    return Parts(listed, keys)


def ends_of(link: Link) -> tuple[UUID, UUID]:
    """Both components of a link."""
    return link.left_id, link.right_id
