"""What is part of a conclusion is hidden with it, and by a stricter label of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from attribution.models import (
    AssertionEvidence,
    Cell,
    Citation,
    Finding,
    OriginatorConsent,
    Release,
    Review,
    ReviewReply,
    Sheet,
    Submission,
)
from attribution.services import add_matrix_row, assert_of_actor, cite
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, CaseRecord
from tests.access.scene import browser_of, world
from tests.access.walking import knock
from tests.access.world import Things, World
from tests.test_access_beyond_the_walk import ABOVE_ALL, called, labelled

__all__ = ["world"]

pytestmark = pytest.mark.django_db


def consent_to(version: Submission) -> OriginatorConsent:
    """The word of the agency that keeps control of what a finding rests on."""
    mira = called("mira")
    return OriginatorConsent.objects.create(
        case=version.case,
        submission=version,
        agency=mira.agency,
        words="By phone.",
        recorded_by=mira,
    )


def reply_in(things: Things) -> ReviewReply:
    """What the author of a finding says to a comment on it."""
    comment = things["comment"]
    return ReviewReply.objects.create(
        case=comment.case, comment=comment, kind="answers", text="At sea.", author=called("amal")
    )


PARTS: dict[str, Callable[[Things], tuple[CaseRecord, CaseRecord]]] = {
    "evidence": lambda things: (
        AssertionEvidence.objects.get(assertion=things["assertion"]),
        things["assertion"],
    ),
    "citation": lambda things: (things["citation"], things["draft"]),
    "dissent": lambda things: (things["dissent"], things["draft"]),
    "submission": lambda things: (things["submission"], things["handed_in"]),
    "consent": lambda things: (consent_to(things["submission"]), things["handed_in"]),
    "comment": lambda things: (things["comment"], things["comment"].submission.finding),
    "reply": lambda things: (reply_in(things), things["comment"].submission.finding),
    "review": lambda things: (Review.objects.get(finding=things["approved"]), things["approved"]),
    "release": lambda things: (Release.objects.get(finding=things["released"]), things["released"]),
    "step": lambda things: (things["measure_step"], things["measure"]),
    "cell": lambda things: (Cell.objects.filter(sheet=things["sheet"])[0], things["sheet"]),
    "snapshot": lambda things: (things["snapshot"], things["sheet"]),
}
"""What a conclusion is made of, each with the conclusion that it belongs to."""


@pytest.mark.parametrize("kind", PARTS)
def test_a_part_of_a_conclusion_is_seen_where_both_may_be(world: World, kind: str):
    rami = called("rami")
    with transaction.atomic():
        part, whole = PARTS[kind](world.things)

        def is_seen() -> bool:
            return type(part).objects.visible_to(rami).filter(pk=part.pk).exists()

        seen = [is_seen()]
        for hidden in (part, whole):
            with labelled(hidden, ABOVE_ALL):
                seen.append(is_seen())
        transaction.set_rollback(True)
    assert seen == [True, False, False]


CITED = {"item": "item", "source_report": "report_cited", "link": "confirmed"}


@pytest.mark.parametrize("field", CITED)
def test_what_a_finding_cites_is_named_to_those_alone_who_see_it(world: World, field: str):
    thing, rami = world.things[CITED[field]], called("rami")
    rows = Citation.objects.filter(pk=world.things["citation"].pk)
    with transaction.atomic():
        rows.update(**{**dict.fromkeys(CITED), field: thing})
        before = getattr(rows.with_sight(rami).get(), f"sees_{field}")
        with labelled(thing, ABOVE_ALL):
            after = getattr(rows.with_sight(rami).get(), f"sees_{field}")
        transaction.set_rollback(True)
    assert (before, after) == (True, False)


def test_who_wrote_one_finding_reads_no_draft_of_others(world: World):
    draft, farid = world.things["draft"], called("farid")
    with transaction.atomic():
        world.things["released"].authors.add(farid)
        seen = Finding.objects.visible_to(farid).filter(pk=draft.pk).exists()
        transaction.set_rollback(True)
    assert not seen


def test_a_cell_that_another_case_claims_is_shown_to_readers_of_one_of_them_no_more(world: World):
    cell, rami = Cell.objects.filter(sheet=world.things["sheet"])[0], called("rami")
    rows = Cell.objects.filter(pk=cell.pk)
    with transaction.atomic():
        rows.update(case=world.foreign["case"])
        seen = rows.visible_to(rami).exists()
        transaction.set_rollback(True)
    assert not seen


def test_a_hypothesis_that_is_hidden_is_not_counted_beside_its_actor(world: World):
    actor, amal = world.things["actor"], browser_of(world, "amal")

    def counted() -> int:
        page = knock(world, amal, "get", "attribution:actor_list").response.context["page"]
        return next(int(row.hypothesis_count) for row in page.rows if row == actor)

    before = counted()
    with labelled(world.things["named"], ABOVE_ALL):
        after = counted()
    assert before - after == 1


def test_an_actor_is_shown_with_those_comparisons_alone_that_its_reader_sees(world: World):
    link, actor, amal = world.things["confirmed"], world.things["bystander"], called("amal")
    cited = AssertionEvidence.objects.filter(assertion=world.things["assertion"])

    def is_shown() -> bool:
        door = browser_of(world, amal.username)
        return str(link.pk) in knock(world, door, "get", "attribution:actor_detail", of=actor).text

    with transaction.atomic():
        cited.update(claim=None, link=link)
        before = is_shown()
        with labelled(link, ABOVE_ALL):
            after = is_shown()
        transaction.set_rollback(True)
    assert (before, after) == (True, False)


def test_a_sheet_is_read_by_those_alone_whose_judgement_it_cannot_sway(world: World):
    sheet = world.things["sheet"]
    rows = Sheet.objects.filter(pk=sheet.pk)

    def seen_by() -> set[str]:
        return {
            name for name in ("amal", "farid", "rami") if rows.visible_to(called(name)).exists()
        }

    with transaction.atomic():
        concluded = seen_by()
        with system_scope("a test takes the case up again"):
            Case.objects.filter(pk=sheet.case_id).update(status=Case.Status.REOPENED)
        handed_in = seen_by()
        rows.update(handed_in_at=None)
        draft = seen_by()
        transaction.set_rollback(True)
    assert (concluded, handed_in, draft) == (
        {"amal", "farid", "rami"},
        {"amal", "rami"},
        {"amal"},
    )


CITING: dict[str, Callable[[Things, Any], object]] = {
    "assertion": lambda things, by: assert_of_actor(
        things["case"],
        by=by,
        evidence=[things["confirmed"]],
        actor=things["bystander"],
        dimension="technical-skill",
        statement="Theirs are cast alike.",
    ),
    "finding": lambda things, by: cite(
        things["draft"], things["confirmed"], by=by, stance="supports"
    ),
    "row": lambda things, by: add_matrix_row(things["case"], things["confirmed"], by=by),
}


@pytest.mark.parametrize("what", CITING)
def test_no_comparison_that_is_hidden_is_cited(world: World, what: str):
    amal = called("amal")
    with transaction.atomic():
        assert CITING[what](world.things, amal)
        transaction.set_rollback(True)
    with labelled(world.things["confirmed"], ABOVE_ALL), pytest.raises(Refused):
        CITING[what](world.things, amal)


BEGUN = {
    "attribution:assertion_create": ("actor", "bystander"),
    "attribution:claim_create": ("answers", "claim"),
}
"""Forms that an address begins with something, and what that is."""


@pytest.mark.parametrize("address", BEGUN)
def test_no_form_is_begun_with_what_is_hidden(world: World, address: str):
    field, name = BEGUN[address]
    thing, amal = world.things[name], browser_of(world, "amal")

    def begun() -> object:
        shown = knock(world, amal, "get", address, query={field: str(thing.pk)}).response
        return getattr(shown.context["form"].instance, f"{field}_id")

    before = begun()
    with labelled(thing, ABOVE_ALL):
        after = begun()
    assert (before, after) == (thing.pk, None)
