"""Names of actors, in every spelling, and where they stand in a text."""

from collections.abc import Collection

from attribution.models.actor import Actor, ActorQuerySet
from attribution.models.actor_name import ActorName
from attribution.models.naming import by_folded_name, stands_in
from core.scope import system_scope
from investigations.models import Case

AS_PLACES = (Actor.Kind.STATE, Actor.Kind.PLACEHOLDER)
"""A state's name also says where something happened, and a placeholder names nobody."""

BLAMED = [
    Actor.Kind.ARMED_GROUP,
    Actor.Kind.STATE_ORGAN,
    Actor.Kind.NETWORK,
    Actor.Kind.CELL,
    Actor.Kind.BROKER,
    Actor.Kind.INDIVIDUAL,
    Actor.Kind.FACADE,
]
"""Kinds whose names are held back from what leaves; states and firms also stand in places and on
labels."""


def names_of(actors: ActorQuerySet) -> dict[str, str]:
    """Every name by which they go, by itself folded, if it is long enough to mean them."""
    return by_folded_name(name for names in spellings_of(actors).values() for name in names)


def spellings_of(actors: ActorQuerySet) -> dict[Actor, list[str]]:
    """Each of these actors with every spelling of every name."""
    found = {one.pk: (one, [one.name, one.native_name]) for one in actors}
    for name in ActorName.objects.filter(actor__in=list(found)) if found else ():
        found[name.actor_id][1].extend(name.spellings)
    return dict(found.values())


def named_in(texts: Collection[str], actors: ActorQuerySet) -> list[Actor]:
    """Those of these actors of whom some name stands in one of the texts."""
    return [one for one, names in spellings_of(actors).items() if stands_in(texts, names)]


def named_in_title(case: Case) -> list[Actor]:
    """Actors of a case whom its public title names, whoever may know of them.

    People outside of the case read that title, also of a case without any finding. States are
    let pass: their names say where something happened.
    """
    with system_scope("a public title names nobody, whoever may know of whom"):
        actors = Actor.objects.filter(case=case).exclude(kind__in=AS_PLACES)
        return named_in([case.public_title], actors)
