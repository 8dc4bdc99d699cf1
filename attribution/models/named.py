"""Names of actors, in every spelling, where they stand in a text, and which are held back there."""

import re
from collections.abc import Collection, Iterable
from itertools import chain
from uuid import UUID

from attribution.models.actor import Actor, ActorQuerySet
from attribution.models.actor_name import ActorName
from attribution.models.naming import by_folded_name, pattern_of, stands_in
from catalogue.folding import fold_maker
from catalogue.models import Country, Theatre
from core.scope import system_scope
from evidence.models import Component
from investigations.models import Case, Incident

BLAMED = [kind for kind in Actor.Kind if kind != Actor.Kind.PLACEHOLDER]
"""Kinds whose names are held back from what leaves: all but placeholders, who are nobody.

Whoever is an actor of a case is supposed of something, and a state, a firm or a channel is blamed
by its name as a group is: principal and native name, aliases, former, code and front names, each
as it is written and in Latin letters. Three namings blame nobody and are let through:

- the name of a state that is only that of the country in which an attack of the case took place,
  or of its theatre, as the catalogue spells it: it says where. Any other name of that state, and
  any other state, is held back;
- in texts, though not in a title, the name of a firm as it stands on a recorded part as its maker:
  where a thing was made is another question than who used it;
- the name of a firm of which a released finding speaks: it could answer before that release.
"""


def names_of(actors: ActorQuerySet) -> dict[str, str]:
    """Every name by which they go, by itself folded, if it is long enough to mean them."""
    return by_folded_name(name for names in spellings_of(actors).values() for name in names)


def spellings_of(actors: ActorQuerySet) -> dict[Actor, list[str]]:
    """Each of these actors with every spelling of every name."""
    found = {one.pk: (one, [one.name, one.native_name]) for one in actors}
    for name in ActorName.objects.filter(actor__in=list(found)) if found else ():
        found[name.actor_id][1].extend(name.spellings)
    return dict(found.values())


def named_in_title(case: Case) -> list[Actor]:
    """Actors of a case whom its public title blames, whoever may know of them.

    People outside of the case read that title, also of a case without any finding.
    """
    with system_scope("a public title names nobody, whoever may know of whom"):
        return [
            actor
            for actor, names in blaming_names({case.pk}).items()
            if stands_in([case.public_title], names)
        ]


def neutral_title(case: Case) -> str:
    """The public title for programs outside of the case, or nothing while it blames somebody."""
    return "" if named_in_title(case) else case.public_title


def neutral_titles(cases: Iterable[Case]) -> dict[UUID, str]:
    """The same of many, by case: only a title in which any name stands is looked at closely."""
    known = {case.pk: case for case in cases}
    with system_scope("a public title names nobody, whoever may know of whom"):
        spelled = spellings_of(Actor.objects.filter(case__in=list(known), kind__in=BLAMED))
    doubtful = {
        actor.case_id
        for actor, names in spelled.items()
        if stands_in([known[actor.case_id].public_title], names)
    }
    return {
        key: neutral_title(case) if key in doubtful else case.public_title
        for key, case in known.items()
    }


def held_back_in(
    cases: Collection[UUID], *, concluded: Collection[UUID], told: Collection[str] = ()
) -> re.Pattern[str] | None:
    """What finds each name in a text that blames somebody of these cases too early.

    `concluded` are the actors that findings which are told are about; `told` is their prose.
    """
    with system_scope("a name is held back whoever may see whose it is"):
        blaming = blaming_names(cases)
        firms = [one for one in blaming if one.kind == Actor.Kind.COMPANY]
        made = makers_in(cases) if firms else set()
    for firm in firms:
        names = [] if stands_in(told, blaming[firm]) else blaming[firm]
        blaming[firm] = [name for name in names if fold_maker(name) not in made]
    free = by_folded_name(chain(*(blaming[one] for one in blaming if one.pk in concluded)))
    held = by_folded_name(chain(*blaming.values()))
    return pattern_of(name for folded, name in held.items() if folded not in free)


def blaming_names(cases: Collection[UUID]) -> dict[Actor, list[str]]:
    """The actors of these cases, each with the names that do more than say where it happened."""
    spelled = spellings_of(Actor.objects.filter(case__in=cases, kind__in=BLAMED))
    states = [one for one in spelled if one.kind == Actor.Kind.STATE]
    places = by_folded_name(names_of_places(cases)) if states else {}
    for state in states:
        named = spelled[state]
        spelled[state] = [one for one in named if not by_folded_name([one]).keys() <= places.keys()]
    return spelled


def names_of_places(cases: Collection[UUID]) -> Iterable[str]:
    """What the countries and theatres are called in which attacks of these cases took place."""
    attacks = Incident.objects.filter(case__in=cases)
    for country in Country.objects.filter(pk__in=attacks.values("country")):
        yield from (country.name, country.name_ar, country.iso3, *country.synonyms)
    for theatre in Theatre.objects.filter(pk__in=attacks.values("theatre")):
        yield from (theatre.name, theatre.name_ar, theatre.native_name)


def makers_in(cases: Collection[UUID]) -> set[str]:
    """The makers of recorded parts, as marked and as the catalogue calls them, folded."""
    rows = Component.objects.filter(case__in=cases).order_by()
    told = rows.values_list("maker_as_marked", "maker__name", "maker__aliases").distinct()
    names = (name for marked, known, others in told for name in (marked, known, *(others or ())))
    return {fold_maker(name) for name in names if name}
