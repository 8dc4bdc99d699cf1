"""Actors by dimensions, in words and sources: nothing is counted, added up or ranked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from attribution.models import Actor, Assertion, AssertionEvidence
from attribution.models.assertion import AssertionQuerySet
from attribution.models.assertion_words import GROUPS, Dimension
from comparison.models import Link
from investigations.models import Case


@dataclass(frozen=True)
class Cell:
    """What is asserted of one actor on one dimension, and what speaks against it."""

    actor: Actor
    dimension: Dimension | None
    held: list[Assertion]
    against: list[Assertion]

    @property
    def is_empty(self) -> bool:
        """True where nothing was asserted: that is not the same as nothing being so."""
        return not self.held and not self.against


@dataclass(frozen=True)
class Line:
    """One dimension, with a cell for each actor; `label` names it."""

    label: Any
    cells: list[Cell]


@dataclass(frozen=True)
class Group:
    """Dimensions that are read together, such as the four of means."""

    label: Any
    lines: list[Line]


@dataclass(frozen=True)
class ActorMatrix:
    """The actors of a case in the order of their names, which says nothing about them."""

    actors: list[Actor]
    groups: list[Group]
    overall: Line
    assertions: list[Assertion]


def matrix_of(case: Case, reader: User) -> ActorMatrix:
    """Everything asserted of the actors of a case, as far as this person may read it."""
    actors = list(Actor.objects.visible_to(reader).filter(case=case).order_by("name"))
    rows = cited(Assertion.objects.visible_to(reader).filter(case=case).standing(), reader)
    assertions = list(rows.order_by("valid_from", "id"))
    groups = [
        Group(label, [line_of(one, actors, assertions) for one in dimensions])
        for label, dimensions in GROUPS
    ]
    return ActorMatrix(actors, groups, line_of(None, actors, assertions), assertions)


def line_of(
    dimension: Dimension | None, actors: Iterable[Actor], assertions: list[Assertion]
) -> Line:
    """One dimension for every actor; without one, what speaks against an actor as a whole."""
    label = dimension.label if dimension else Dimension.COUNTER.label
    return Line(label, [cell_of(dimension, actor, assertions) for actor in actors])


def cell_of(dimension: Dimension | None, actor: Actor, assertions: list[Assertion]) -> Cell:
    """What is asserted of one actor there, and against it."""
    of_actor = [one for one in assertions if one.actor_id == actor.pk]
    held = [one for one in of_actor if not one.is_against and one.dimension == dimension]
    against = [one for one in of_actor if one.is_against and one.counters == (dimension or "")]
    return Cell(actor, dimension, held, against)


def of_actor(actor: Actor, reader: User) -> list[Assertion]:
    """All that is or was asserted of an actor, by dimension and then by time."""
    rows = cited(Assertion.objects.visible_to(reader).filter(actor=actor), reader)
    order = list(Dimension.values)
    return sorted(rows.order_by("valid_from", "id"), key=lambda one: order.index(one.dimension))


def cited(rows: AssertionQuerySet, reader: User) -> AssertionQuerySet:
    """Assertions with what they rest on, in a fixed number of questions."""
    evidence = AssertionEvidence.objects.visible_to(reader).with_sources()
    return rows.with_lists().prefetch_related(Prefetch("evidence", evidence))


def open_links(assertions: Iterable[Assertion], reader: User) -> frozenset[Any]:
    """The cited comparisons whose page this person may open."""
    keys = {row.link_id for one in assertions for row in one.evidence.all() if row.link_id}
    if not keys:
        return frozenset()
    links = Link.objects.visible_to(reader).told_to(reader).filter(pk__in=keys)
    return frozenset(links.values_list("pk", flat=True))


def fallen_links(assertions: Iterable[Assertion], reader: User) -> frozenset[Any]:
    """Those of them that two examiners no longer confirm."""
    known = open_links(assertions, reader)
    if not known:
        return frozenset()
    standing = Link.objects.visible_to(reader).filter(pk__in=known).established()
    return known - frozenset(standing.values_list("pk", flat=True))
