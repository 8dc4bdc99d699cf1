"""The exercise: a whole fictional investigation, entered through the services."""

import pytest

from accounts.models import User
from attribution.models import Finding, Hypothesis, Statement
from attribution.services import enter_actor, matrix_of, weigh
from catalogue.services import load_catalogue
from comparison.models import Link
from comparison.services.batch import batches_with, seen_by
from comparison.services.weapon_set import against
from evidence import services as evidence
from evidence.models import (
    File,
    Item,
    LabExam,
    Marking,
    Redaction,
    StoragePlace,
    TraceReply,
    WeaponInstance,
)
from investigations.models import Case, Incident
from investigations.services import enter_incident
from ledger.models import Entry
from ledger.verification import verify
from workspace.exercise.load import load
from workspace.exercise.plates import SHAPES
from workspace.exercise.story import exhibits, story
from workspace.exercise.testimony import hear


@pytest.fixture
def loaded(admin: User) -> list[tuple[str, str]]:
    """The exercise, loaded on behalf of the administrator."""
    load_catalogue()
    return load(by=admin, on_step=lambda _text, _done, _steps: None)


def test_the_exercise_stands_complete_and_a_second_load_adds_nothing(loaded, admin):
    assert Incident.objects.count() == 3
    assert Item.objects.count() == 60
    assert File.objects.count() == 61, "each exhibit's photograph, and one redacted copy"
    link = Link.objects.get(left__item__exhibit_no="A-07", right__item__exhibit_no="B-07")
    assert (link.band, link.cross_theatre, round(link.ratio)) == ("strong", True, 6399)
    one, other = WeaponInstance.objects.order_by("ref")
    analyst = User.objects.get(username="amal")
    pair = against(one, other, analyst)
    assert link in pair.relation.proposed, "a second examiner is still to judge it"
    assert not pair.relation.confirmed
    assert pair.sides[0].age.rests_on[0].reading.component.item.exhibit_no == "A-04"
    lot = batches_with(link.left, seen_by(analyst))[0]
    assert [place.gap for place in lot.places] == [None, 8, 3, 2]
    assert len(lot.theatres) == 3
    assert Hypothesis.objects.active().count() == 5
    assert Finding.objects.get().status == "in-review"
    matrix = matrix_of(Case.objects.get(), analyst)
    assert [actor.name for actor in matrix.actors] == [
        *("Brinax Column", "Obsidian Jackal", "Silver Mantis"),
    ]
    assert len(matrix.assertions) == 7
    handed_over = Entry.objects.filter(act="evidence.item_handed_over")
    assert handed_over.exclude(body__contains='"within"').count() == 15
    assert not Item.objects.with_open_gaps().exists()
    assert verify().flaws == []
    assert not Case.objects.visible_to(admin).exists(), "administrators see no case content"
    assert {name for name, _roles in loaded} == {row["username"] for row in story()["person"]}

    lines = Entry.objects.count()
    load(by=admin, on_step=lambda _text, _done, _steps: None)
    assert (Item.objects.count(), File.objects.count()) == (60, 61)
    assert Entry.objects.count() == lines


def test_claims_of_the_exercise_conflict_repeat_and_deny(night_raid, amal):
    title, jackal = story()["incident"]["residence"]["title"], story()["actor"]["jackal"]
    enter_incident(night_raid, by=amal, title=title)
    enter_actor(night_raid, by=amal, **jackal)
    for _twice in range(2):
        hear(night_raid, analyst=amal)
    weighed = weigh(night_raid, amal)
    assert len(weighed.claims) == 6
    accounts = {one.fact: one for one in weighed.accounts(weighed.claims.values())}
    hour = accounts["time"]
    assert (hour.number, hour.origins, hour.is_contested) == (3, 2, True), "one pair is circular"
    assert accounts["launch-place"].is_contested, "a detainee says so, the ministry denies it"
    held = Statement.objects.get(speaks_as="detainee")
    assert held.coercion_note and held.translation


def test_every_page_of_evidence_has_something_to_show(loaded):
    box = StoragePlace.objects.with_path().get(name="Box 3")
    assert box.path.startswith("Nacre Evidence Depot") and box.kind == "box"
    assert Item.objects.get(exhibit_no="A-06").storage_id == box.pk
    marking = Marking.objects.get(confirmed_by__isnull=False)
    assert marking.region and marking.photo and marking.transcribed_by != marking.confirmed_by
    redaction = Redaction.objects.get()
    assert redaction.state == "accepted" and redaction.reviewed_by != redaction.made_by
    (gap,) = evidence.gaps_of(Item.objects.get(exhibit_no="S-07"))
    assert gap.waiver and gap.waiver.said_by != gap.explanations[0].said_by
    assert LabExam.objects.exists() and TraceReply.objects.exists()


def test_every_exhibit_of_the_story_can_be_drawn_and_has_its_parent_before_it():
    for group in exhibits().values():
        seen: set[str] = set()
        for number, row in group.items():
            assert row["shape"] in SHAPES
            assert row.get("parent", number) in seen | {number}
            seen.add(number)
