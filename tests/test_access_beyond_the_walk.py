"""What no knock of the walk asks: codes that are scanned, keys bound to cases, a second person."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comparison.models import Hit, Judgement
from core.errors import Refused
from core.identity import uuid7
from core.markings import Clearance, Handling
from evidence.models import File, LabExam, exhibits_with
from evidence.services import describe_and_assign
from evidence.services.file import known_file
from evidence.services.lab_result import require_examiner
from evidence.services.storage_place import lock_place
from evidence.vault import Kept
from exchange.models import Delivery, Peer
from exchange.services import ours_of
from investigations.models import CaseRecord, Label, Request
from tests.access.scene import browser_of, first_insider, world
from tests.access.walking import UUID, knock
from tests.access.world import THEIRS, World
from tests.access_table import TABLE

__all__ = ["world"]

pytestmark = pytest.mark.django_db

ABOVE_ALL = Handling(clearance=Clearance.TOP_SECRET)
"""More than anybody of the cast is cleared for."""


def called(name: str) -> User:
    return User.objects.get(username=name)


@contextmanager
def labelled(row: CaseRecord, handling: Handling) -> Iterator[None]:
    """Inside, this record bears another label; nothing of it, nor of what is done there, stays."""
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(label=Label.for_handling(handling))
        yield
        transaction.set_rollback(True)


def test_a_hit_is_told_to_readers_of_the_whole_case_alone(world: World):
    hit, petra = world.things["hit"], called("petra")
    with labelled(hit, Handling(shared_with=frozenset({petra.agency_id}))):
        seen = Hit.objects.visible_to(petra).filter(pk=hit.pk).exists()
    assert not seen


def test_a_judgement_is_kept_from_the_examiner_who_has_yet_to_judge(world: World):
    lena, noor, amal = (called(name) for name in ("lena", "noor", "amal"))
    given = world.things["judgement"]
    seen_by = {
        user.username
        for user in (lena, noor, amal)
        if Judgement.objects.visible_to(user).filter(pk=given.pk).exists()
    }
    assert seen_by == {"lena", "amal"}
    judged_by_both = Judgement.objects.filter(link=world.things["confirmed"].pk, examiner=lena)
    assert judged_by_both.visible_to(noor).exists()


def test_a_judgement_across_cases_is_kept_from_who_sees_but_one_of_them(world: World):
    link, amal = world.things["across"], called("amal")
    with transaction.atomic():
        given = Judgement.objects.create(
            case=world.things["case"],
            link=link,
            examiner=called("lena"),
            conclusion="same-production-run",
            confidence="high",
            reason="Serials are 8 apart.",
            explanation={},
            fingerprint=link.fingerprint,
        )
        seen = Judgement.objects.visible_to(amal).filter(pk=given.pk).exists()
        transaction.set_rollback(True)
    assert not seen


def test_a_request_is_decided_by_a_second_person_and_once(world: World):
    asked, soraya, dana = copy(world.things["asked"]), called("soraya"), called("dana")
    assert asked.may_be_decided_by(dana)
    assert not asked.may_be_decided_by(soraya)
    asked.lapses_at -= timedelta(days=365)
    assert not asked.may_be_decided_by(dana)
    asked.state, asked.lapses_at = Request.State.REFUSED, timezone.now() + timedelta(days=1)
    assert not asked.may_be_decided_by(dana)


def test_an_administrator_whose_account_was_closed_lets_nobody_in(world: World):
    emergency, admin = world.things["emergency"], called("admin")
    assert emergency.may_be_decided_by(admin)
    admin.is_active = False
    assert not emergency.may_be_decided_by(admin)


def test_bytes_are_not_said_to_be_an_exhibits_whose_own_label_shuts_one_out(world: World):
    item, lena = world.things["item"], called("lena")
    again = File(case=world.things["case"], sha256=world.things["file"].sha256)
    before = exhibits_with([again], lena)
    with labelled(item, ABOVE_ALL):
        after = exhibits_with([again], lena)
    assert (before, after) == ({again.pk: item}, {})


def test_bytes_that_are_there_unseen_are_not_handed_to_whoever_sends_them_again(world: World):
    file, item, amal = world.things["file"], world.things["item"], called("amal")
    with labelled(file, ABOVE_ALL), pytest.raises(Refused):
        known_file(world.things["case"], item, Kept(file.sha256, file.size), amal)


def test_no_file_is_put_with_an_exhibit_by_guessing_its_number(world: World):
    loose, item, amal = world.things["loose"], world.things["item"], called("amal")
    with labelled(item, ABOVE_ALL), pytest.raises(Refused):
        describe_and_assign(loose, by=amal, exhibit_no=item.exhibit_no)


def test_who_examines_outside_the_team_is_spoken_for_by_an_examiner(world: World):
    exam = LabExam(case=world.things["case"], examiner_outside="Dr Roth")
    require_examiner(exam, called("lena"))
    with pytest.raises(PermissionDenied):
        require_examiner(exam, called("amal"))


def test_a_key_that_is_bound_to_a_case_keeps_no_storage(world: World):
    house, soraya = world.things["house"], called("soraya")
    assert lock_place(house, soraya) == house
    soraya.bound_to_cases = (world.things["case"].pk,)
    with pytest.raises(PermissionDenied):
        lock_place(house, soraya)


def test_a_key_that_is_bound_to_a_case_sees_nothing_of_peers_that_lies_in_none(world: World):
    delivery, peer = world.things["delivery"], world.things["suspended_peer"]
    soraya, admin = called("soraya"), called("admin")
    seen = []
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(taken_at=None)
        for bound in ((), (uuid7(),)):
            soraya.bound_to_cases = admin.bound_to_cases = bound
            waiting = Delivery.objects.visible_to(soraya).filter(pk=delivery.pk).exists()
            seen.append((waiting, Peer.objects.visible_to(admin).filter(pk=peer.pk).exists()))
        transaction.set_rollback(True)
    assert seen == [(True, True), (False, False)]


def test_a_record_of_ours_that_is_hidden_does_not_stand_beside_theirs(world: World):
    item, lena = world.things["item"], called("lena")
    theirs = copy(world.things["delivered_exhibit"])
    theirs.item = item
    before = ours_of(theirs, lena)
    with labelled(item, ABOVE_ALL):
        after = ours_of(theirs, lena)
    assert (before, after) == (item, None)


PUTTING_AWAY, SCANNED, PLACE = (
    f"evidence:{name}" for name in ("items_move", "scanned", "place_detail")
)
SCANS = [("scanned", "item"), ("place", "room")]
"""What is scanned where exhibits are put away, and a thing of others whose code that could be."""


@pytest.mark.parametrize(("field", "row"), SCANS)
def test_the_code_of_what_is_hidden_is_taken_for_that_of_nothing(
    world: World, field: str, row: str
):
    insider = first_insider(world, TABLE[PUTTING_AWAY], "post")
    words = {"item": "@item", "storage": "@room"}
    del words[{"scanned": "item", "place": "storage"}[field]]
    answers = []
    for key in (world.foreign[row].pk, uuid7()):
        body = {**words, field: f"https://vestige.example/x/{key}/"}
        answer = knock(world, insider.browser, "post", PUTTING_AWAY, body=body)
        assert THEIRS not in answer.text.lower()
        answers.append((answer.status, UUID.sub("…", answer.why), answer.writes))
    assert answers[0] == answers[1]


def test_the_code_of_another_agencys_place_leads_nowhere(world: World):
    hidden, nowhere = (
        knock(world, browser_of(world, "amal"), "get", SCANNED, of=row)
        for row in (world.foreign["room"], uuid7())
    )
    assert hidden.status == 404
    assert hidden.shape == nowhere.shape


def test_how_often_a_place_was_gone_through_is_for_its_keepers(world: World):
    house, check = world.things["house"], str(world.things["stocktake"].pk)
    shown_to = {
        name
        for name in ("soraya", "amal", "omar")
        if check in knock(world, browser_of(world, name), "get", PLACE, of=house).text
    }
    assert shown_to == {"soraya"}
