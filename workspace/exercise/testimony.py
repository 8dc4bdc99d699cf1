"""What people say of the attack: statements, and claims that conflict, repeat, deny and boast."""

import tomllib
from functools import cache
from typing import Any

from django.db import transaction

from accounts.models import User
from attribution import services as attribution
from attribution.models import Actor, Claim
from investigations import services as investigations
from investigations.models import Case, Incident
from workspace.exercise.story import HERE, story


@cache
def testimony() -> dict[str, Any]:
    """Sources, statements and claims; a claim names by its key what it repeats or denies."""
    return tomllib.loads((HERE / "testimony.toml").read_text(encoding="utf-8"))


@transaction.atomic
def hear(case: Case, *, analyst: User) -> None:
    """Enter all of it once: two claims in conflict, a pair of one origin, and a denial."""
    if Claim.objects.filter(case=case).exists():
        return
    told = testimony()
    sources = {
        key: investigations.enter_source(case, by=analyst, **facts)
        for key, facts in told["source"].items()
    }
    statements = {}
    for row in told["statement"]:
        facts = {name: value for name, value in row.items() if name not in {"key", "source"}}
        statements[row["key"]] = attribution.take_statement(
            sources[row["source"]], by=analyst, **facts
        )
    claims: dict[str, Claim] = {}
    for row in told["claim"]:
        facts = {**named(case, row, claims), "statement": statements.get(row.get("statement"))}
        claims[row["key"]] = attribution.enter_claim(case, by=analyst, **facts)


def named(case: Case, row: dict[str, Any], claims: dict[str, Claim]) -> dict[str, Any]:
    """What a claim says, with the records for the names by which the story calls them."""
    facts = {name: value for name, value in row.items() if name not in {"key", "statement"}}
    title = story()["incident"]["residence"]["title"]
    facts["incident"] = Incident.objects.get(case=case, title=title)
    if "actor" in facts:
        facts["actor"] = Actor.objects.get(case=case, name=facts["actor"])
    if "answers" in facts:
        facts["answers"] = claims[facts["answers"]]
    facts["rests_on"] = [claims[key] for key in facts.get("rests_on", [])]
    return facts
