"""Holds the rival answers of the exercise against the evidence, by two people, each alone."""

import tomllib
from typing import Any

from django.db import transaction

from accounts.models import User
from attribution import services as attribution
from attribution.models import Claim, Hypothesis, MatrixRow
from evidence.models import Item
from investigations.models import Case
from workspace.exercise.story import HERE

KEPT = {"shows", "credibility", "relevance"}


@transaction.atomic
def weigh(case: Case, *, analyst: User, lead: User) -> None:
    """Four rows, two sheets and a snapshot, once."""
    if MatrixRow.objects.filter(case=case).exists():
        return
    told = tomllib.loads((HERE / "matrix.toml").read_text(encoding="utf-8"))["row"]
    rows = {}
    for line in told:
        facts = {name: value for name, value in line.items() if name in KEPT}
        row = attribution.add_matrix_row(case, thing(case, line), by=analyst, **facts)
        rows[row.pk] = line
    rivals = in_order(case)
    for rater in (analyst, lead):
        given = {
            (key, rival.pk): (rating, "")
            for key, line in rows.items()
            for rival, rating in zip(rivals, line[rater.username].split(), strict=True)
        }
        attribution.hand_in_sheet(case, by=rater, version=0, ratings=given)
    attribution.take_matrix_snapshot(
        case, by=analyst, reason="Two analysts, before the maker's reply"
    )


def thing(case: Case, line: dict[str, Any]) -> Item | Claim:
    """What a row is about."""
    if "exhibit" in line:
        return Item.objects.get(case=case, exhibit_no=line["exhibit"])
    return Claim.objects.get(case=case, text=line["claim"])


def in_order(case: Case) -> list[Hypothesis]:
    """The rivals as they were numbered."""
    return list(Hypothesis.objects.filter(case=case).active().order_by("id"))
