"""What is held of the actors: names in their scripts, parents over time, and cited assertions."""

import tomllib
from functools import cache
from typing import Any

from django.db import transaction

from accounts.models import User
from attribution import services as attribution
from attribution.models import Actor, Assertion, Claim
from evidence.models import Item
from investigations.models import Case
from workspace.exercise.story import HERE
from workspace.exercise.testimony import testimony


@cache
def told() -> dict[str, Any]:
    """Names, parents and assertions; a claim is called by its key in the testimony."""
    return tomllib.loads((HERE / "assertions.toml").read_text(encoding="utf-8"))


@transaction.atomic
def hold(case: Case, *, analyst: User) -> None:
    """Enter all of it once, with a third actor that changed sides."""
    if Assertion.objects.filter(case=case).exists():
        return
    attribution.enter_actor(
        case, by=analyst, name="Brinax Column", native_name="رتل بريناكس", kind="cell"
    )
    actors = {actor.name: actor for actor in Actor.objects.filter(case=case)}
    for row in told()["name"]:
        facts = dict(row)
        attribution.name_actor(actors[facts.pop("actor")], by=analyst, **facts)
    for row in told()["parent"]:
        facts = dict(row)
        actor, parent = actors[facts.pop("actor")], actors[facts.pop("parent")]
        attribution.place_under(actor, parent, by=analyst, **facts)
    for row in told()["assertion"]:
        attribution.assert_of_actor(case, by=analyst, **named(case, row, actors))


def named(case: Case, row: dict[str, Any], actors: dict[str, Actor]) -> dict[str, Any]:
    """What an assertion says, with the records for the names by which the story calls them."""
    facts = dict(row)
    texts = {claim["key"]: claim["text"] for claim in testimony()["claim"]}
    claims = [Claim.objects.get(case=case, text=texts[key]) for key in facts.pop("claims", [])]
    items = [Item.objects.get(case=case, exhibit_no=number) for number in facts.pop("exhibits", [])]
    return {**facts, "actor": actors[facts["actor"]], "evidence": [*claims, *items]}
