"""What goes out and comes in beyond the walk: sanctions as other programs read them, kept maps."""

import pytest
from django.db import transaction

from attribution.models import Finding, Measure, MeasureStep, Release
from attribution.services import take_step
from core.errors import Refused
from core.markings import Handling
from exchange.content.followed import gather_sanctions
from exchange.content.gathering import Gathering
from exchange.forms import TakeMapForm
from exchange.models import ColumnMap, Delivery, Peer, StixVersion
from exchange.services import forget_map
from exchange.services.stix import begin
from tests.access.scene import browser_of, world
from tests.access.walking import knock
from tests.access.world import OURS, THEIRS, World
from tests.test_access_beyond_the_walk import ABOVE_ALL, called, labelled

__all__ = ["world"]

pytestmark = pytest.mark.django_db


def test_what_a_step_that_is_hidden_corrects_leaves_as_its_reader_knows_it(world: World):
    measure, soraya = world.things["measure"], called("soraya")

    def told() -> list[str]:
        gathering = Gathering(measure.case, soraya, up_to="red", bound=())
        return [leaf.thing["status"] for leaf in gather_sanctions(gathering)]

    with transaction.atomic():
        steps = list(MeasureStep.objects.filter(measure=measure).order_by("seq"))
        mistaken = {"kind": "not-so", "corrects": steps[1], "words": "It was put off."}
        correction = take_step(measure, by=called("amal"), **mistaken)
        for rows in (
            Measure.objects.filter(pk=measure.pk),
            MeasureStep.objects.filter(measure=measure),
            Release.objects.filter(pk=measure.release_id),
            Finding.objects.filter(pk=measure.finding.pk),
        ):
            rows.update(label=None)
        Release.objects.filter(pk=measure.release_id).update(audience="public")
        before = told()
        with labelled(correction, ABOVE_ALL):
            after = told()
        transaction.set_rollback(True)
    assert (before, after) == ([steps[0].kind], [steps[1].kind])


def test_what_waits_from_a_peer_is_for_those_who_open_cases_in_its_agency(world: World):
    delivery, soraya = world.things["delivery"], called("soraya")
    closed = called("soraya")
    closed.is_active = False
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(taken_at=None)
        seen = [
            Delivery.objects.visible_to(user).filter(pk=delivery.pk).exists()
            for user in (soraya, closed, called("omar"), called("nadia"))
        ]
        transaction.set_rollback(True)
    assert seen == [True, False, False, False]


def test_a_peer_in_use_is_for_the_people_of_the_agency_that_is_paired_with_it(world: World):
    peer, resting = world.things["peer"], world.things["suspended_peer"]
    closed = called("soraya")
    closed.is_active = False
    seen = {
        name: {row for row in (peer, resting) if row in Peer.objects.visible_to(user)}
        for name, user in {
            **{name: called(name) for name in ("soraya", "nadia", "admin")},
            "closed": closed,
        }.items()
    }
    assert seen == {
        "soraya": {peer},
        "nadia": set(),
        "admin": {peer, resting},
        "closed": set(),
    }


def test_a_map_of_columns_that_another_keeps_is_not_offered(world: World):
    ours, theirs = (str(things["column_map"].pk) for things in (world.things, world.foreign))
    offered = TakeMapForm(table=world.things["table"], user=called("amal")).plans
    assert ours in offered
    assert theirs not in offered


def test_a_map_of_columns_that_another_keeps_is_not_listed(world: World):
    with transaction.atomic():
        for things, word in ((world.things, OURS), (world.foreign, THEIRS)):
            ColumnMap.objects.filter(pk=things["column_map"].pk).update(name=f"{word} list")
        shown = knock(world, browser_of(world, "amal"), "get", "exchange:map_list").text
        transaction.set_rollback(True)
    assert f"{OURS} list" in shown
    assert f"{THEIRS} list" not in shown


def test_a_map_of_columns_that_is_not_seen_is_not_there_to_be_given_up(world: World):
    theirs = world.foreign["column_map"]
    with pytest.raises(ColumnMap.DoesNotExist):
        forget_map(theirs, by=called("amal"))
    assert ColumnMap.objects.filter(pk=theirs.pk).exists()


def test_a_conclusion_that_left_is_for_the_team_even_where_it_is_shared(world: World):
    offered, petra, amal = world.things["offered"], called("petra"), called("amal")
    shared = Handling(shared_with=frozenset({petra.agency_id}))

    def seen_by() -> list[str]:
        rows = StixVersion.objects.filter(pk=offered.pk)
        return [user.username for user in (amal, petra) if rows.visible_to(user).exists()]

    with labelled(offered, shared):
        before = seen_by()
        concluded = {"incident": None, "finding": world.things["released"]}
        StixVersion.objects.filter(pk=offered.pk).update(**concluded)
        after = seen_by()
    assert (before, after) == (["amal", "petra"], ["amal"])


def test_an_exhibit_that_is_hidden_is_not_named_among_what_programs_may_not_have(world: World):
    item, soraya = world.things["caveat"].item, called("soraya")
    with pytest.raises(Refused, match=item.exhibit_no), transaction.atomic():
        begin(item.case, soraya, "red", leave_out=False)
    with labelled(item, ABOVE_ALL):
        assert begin(item.case, soraya, "red", leave_out=False)
