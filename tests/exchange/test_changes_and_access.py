"""Following changes while access is given, taken and narrowed: nothing is told past it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Agency, ApiToken, User
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Item
from investigations import services
from investigations.models import Case, Label, Role
from investigations.services import ask_to_lower, lower_label
from tests.conftest import person
from tests.exchange.following import SNAPSHOT, Copy, commit


@pytest.fixture
def petra(night_raid: Case, soraya: User) -> User:
    """A partner contributor of another agency."""
    abroad = Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")
    user = person("petra", agency=abroad)
    services.admit_member(night_raid, user, roles=[Role.PARTNER], by=soraya)
    return user


def test_who_leaves_a_case_is_told_to_forget_it_and_nothing_more(
    following, sticker, amal, soraya, night_raid
):
    copy = following(amal)
    place = night_raid.memberships.current().get(user=amal)
    services.end_membership(place, by=soraya)
    Item.objects.update(quantity=7)
    commit()
    assert copy.follow() == [{"op": "lost", "case": str(night_raid.pk)}]
    assert copy.records == {}
    Item.objects.update(quantity=8)
    commit()
    assert copy.follow() == []


def test_who_comes_onto_a_case_is_told_of_all_of_it(
    following, sticker, amal, omar, soraya, night_raid
):
    copy, whole = following(omar), following(amal)
    services.admit_member(night_raid, omar, roles=[Role.ANALYST], by=soraya)
    commit()
    whole.follow()
    assert copy.follow()[0] == {"op": "gained", "case": str(night_raid.pk)}
    assert copy.records == whole.records


def test_what_is_marked_beyond_a_reader_goes_with_all_that_was_drawn_from_it(
    following, sticker, amal, hide, gyro
):
    copy = following(amal)
    hide(gyro)
    commit()
    gone = {(line["op"], line["kind"]) for line in copy.follow()}
    assert gone == {("gone", kind) for kind in ("items", "components", "markings")}
    assert {kind for kind, _key in copy.records} == {"cases", "incidents"}
    Item.objects.update(quantity=7)
    commit()
    assert copy.follow() == []


def test_what_is_marked_less_strictly_comes_with_all_that_was_drawn_from_it(
    following, sticker, amal, hide, gyro, dana, cleared
):
    hide(gyro)
    dana.clearance = 4
    dana.save()
    copy = following(amal)
    gyro.refresh_from_db()
    lower_label(ask_to_lower(gyro, Handling(), by=cleared, reason="It is known."), by=dana)
    commit()
    told = {(line["op"], line["kind"]) for line in copy.follow()}
    assert {("put", kind) for kind in ("items", "components", "markings")} <= told


def test_of_what_was_hidden_between_two_answers_nothing_is_said(
    following, gyro, strike, amal, hide
):
    copy = following(amal)
    made = evidence.log_item(
        gyro.case, by=amal, incident=strike, kind=gyro.kind, description="For few"
    )
    hide(made)
    commit()
    assert copy.follow() == []


def test_of_what_was_never_shown_it_is_not_said_that_it_changed(following, gyro, amal, hide):
    hide(gyro)
    copy = following(amal)
    Item.objects.filter(pk=gyro.pk).update(quantity=5)
    commit()
    assert copy.follow() == []


def test_who_is_cleared_otherwise_is_told_of_the_case_anew(following, sticker, amal, hide, board):
    hide(board)
    copy = following(amal)
    assert "components" not in {kind for kind, _key in copy.records}
    amal.clearance = 3
    amal.save()
    assert [line["op"] for line in copy.follow()][:2] == ["lost", "gained"]
    assert "components" in {kind for kind, _key in copy.records}
    amal.clearance = 0
    amal.save()
    copy.follow()
    assert "components" not in {kind for kind, _key in copy.records}


def test_a_partner_is_told_of_what_is_shared_and_when_it_is_no_longer(following, gyro, petra):
    copy = following(petra)
    assert {kind for kind, _key in copy.records} == {"cases"}
    shared = Label.for_handling(Handling(shared_with=frozenset({petra.agency_id})))
    Item.objects.filter(pk=gyro.pk).update(label=shared)
    commit()
    assert [(line["op"], line["id"]) for line in copy.follow()] == [("put", str(gyro.pk))]
    Item.objects.filter(pk=gyro.pk).update(label=None)
    commit()
    assert [(line["op"], line["id"]) for line in copy.follow()] == [("gone", str(gyro.pk))]
    Item.objects.filter(pk=gyro.pk).update(quantity=4)
    commit()
    assert copy.follow() == []


def test_a_place_that_ends_by_its_day_is_lost_on_that_day(following, gyro, amal, night_raid):
    copy = following(amal)
    place = night_raid.memberships.current().filter(user=amal)
    place.update(until=timezone.now() - timedelta(seconds=1))
    assert [line["op"] for line in copy.follow()] == ["lost"]


def test_a_snapshot_tells_nothing_of_a_case_that_is_lost_meanwhile(
    sticker, amal, soraya, night_raid, as_program
):
    commit()
    copy = Copy(as_program(amal))
    pieces = iter(copy.program.get(SNAPSHOT))
    assert json.loads(next(pieces).splitlines()[0])["kind"] == "cases"
    services.end_membership(night_raid.memberships.current().get(user=amal), by=soraya)
    (last,) = b"".join(pieces).splitlines()
    copy.cursor, copy.cases = json.loads(last)["cursor"], {str(night_raid.pk)}
    commit()
    assert copy.follow() == [{"op": "lost", "case": str(night_raid.pk)}]


def test_a_snapshot_ends_with_the_key_it_was_asked_for_with(sticker, amal, as_program):
    pieces = iter(as_program(amal).get(SNAPSHOT))
    next(pieces)
    ApiToken.objects.update(revoked_at=timezone.now())
    (last,) = b"".join(pieces).splitlines()
    assert json.loads(last)["op"] == "broken-off"


def test_what_changes_during_a_snapshot_is_told_after_it(gyro, amal, hide, as_program):
    """The cursor is from before the first row: told of the exhibit, the copy hears that it went."""
    commit()
    copy = Copy(as_program(amal))
    pieces = iter(copy.program.get(SNAPSHOT))
    lines = []
    while "items" not in {line["kind"] for line in lines}:
        lines += [json.loads(line) for line in next(pieces).splitlines()]
    hide(gyro)
    commit()
    lines += [json.loads(line) for line in b"".join(pieces).splitlines()]
    copy.cursor = lines.pop()["cursor"]
    for line in lines:
        copy.cases.add(line["case"])
        copy.take_in(line)
    assert [(line["op"], line["id"]) for line in copy.follow()] == [("gone", str(gyro.pk))]
