"""When counts or parameters move, those links are scored anew that say something else then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comparison import services
from comparison.methods.assessment import Assessment
from comparison.methods.discretion import published_holders, published_range
from comparison.methods.parameters import PARAMETERS
from comparison.methods.settling import (
    holders_told_alike,
    ranges_told_alike,
    recoveries_told_alike,
)
from comparison.models import Link, ParameterSet, RecoveryCount, Rescoring
from comparison.services import rescoring
from comparison.services.reading import read_component
from comparison.services.rescoring import (
    RESCORE,
    RESCORE_ALL,
    begin_rescoring,
    rescore_links,
    rescore_moved,
)
from comparison.tasks import propose_missing_links
from core import jobs
from core.models import Job
from investigations import services as investigations
from ledger.models import Entry
from tests.bells import answer, job_for
from tests.comparison.conftest import GYROSCOPE


@pytest.fixture
def others(component_of, night_raid, amal):
    """A dozen more recoveries of the same part."""
    for number in range(12):
        attack = investigations.enter_incident(night_raid, by=amal, title=f"Attack {number}")
        facts = GYROSCOPE | {"serial_number": ""}
        read_component(component_of(attack, "gyroscope-imu", **facts))


@pytest.fixture
def other_parameters(admin):
    """A version under which near serials tell half as much."""
    return adopted(replace(PARAMETERS, version="test-2", batch_weight=0.25), admin)


def adopted(parameters, by):
    """A version in force, without the two people whom it takes."""
    return ParameterSet.objects.create(
        name=parameters.version,
        values=parameters.to_json(),
        reason="A test",
        state=ParameterSet.State.ADOPTED,
        decided_by=by,
        decided_at=timezone.now(),
    )


def test_a_count_that_moved_has_its_links_scored_anew(link, others):
    before = link.ratio
    moved = RecoveryCount.objects.get(value="part=V10A")
    assert moved.has_moved
    propose_missing_links()
    answer(job_for(RESCORE, moved.pk))

    link.refresh_from_db()
    moved.refresh_from_db()
    assert link.ratio < before
    assert not moved.has_moved
    assert Entry.objects.filter(act="comparison.link_reassessed").count() == 1
    assert rescore_moved(moved) == 0


def test_an_adopted_reference_set_has_the_links_of_its_categories_scored_anew(link, admin):
    before = link.ratio
    for moved in RecoveryCount.objects.moved():
        rescore_moved(moved)
    services.adopt_reference_set(
        "Another count",
        by=admin,
        source="A partner mission",
        as_of=date(2026, 11, 1),
        counts=[("gyroscope-imu", "", "", 2_000), ("gyroscope-imu", "part", "V10-A", 900)],
    )
    propose_missing_links()
    answer(job_for(RESCORE, RecoveryCount.objects.moved().get().pk))

    link.refresh_from_db()
    assert link.ratio < before
    assert not RecoveryCount.objects.moved().exists()


def test_a_judged_link_keeps_what_was_shown(link, others, lena):
    services.judge_link(
        link, by=lena, conclusion="same-production-run", confidence="high", reason="x", version=1
    )
    for moved in RecoveryCount.objects.moved():
        rescore_moved(moved)
    before = link.ratio
    link.refresh_from_db()
    assert link.ratio == before


def test_other_parameters_go_through_all_links_and_tell_how_far(link, other_parameters):
    propose_missing_links()
    begun = Rescoring.objects.get()
    assert (begun.total, begun.seen, begun.finished_at) == (1, 0, None)
    answer(job_for(RESCORE_ALL, begun.pk))

    begun.refresh_from_db()
    before = link.ratio
    link.refresh_from_db()
    assert (begun.seen, begun.changed, begun.last) == (1, 1, link.pk)
    assert begun.finished_at
    assert link.parameters_version == "test-2"
    assert link.ratio < before


def test_a_round_that_was_stopped_goes_on_behind_the_last_link(link, other_parameters):
    begun = Rescoring.objects.create(parameters_version="test-2", total=1, seen=1, last=link.pk)
    services.rescore_all(begun)
    assert (begun.seen, begun.changed) == (1, 0)
    link.refresh_from_db()
    assert link.parameters_version == PARAMETERS.version


def test_a_worker_that_was_overtaken_writes_nothing_more(link, other_parameters):
    begun = begin_rescoring(PARAMETERS)
    lost = jobs.Lease(begun.pk, begun.pk, attempt=1)
    with pytest.raises(jobs.Overtaken):
        services.rescore_all(begun, lease=lost)
    begun.refresh_from_db()
    before = link.version
    link.refresh_from_db()
    assert (begun.seen, link.version) == (0, before)


def test_a_worker_that_is_killed_loses_one_batch(
    link, other_parameters, component_of, strike, monkeypatch
):
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE))
    monkeypatch.setattr(rescoring, "A_STRETCH", 1)
    begun = begin_rescoring(PARAMETERS)
    assert begun.total == 2
    with pytest.raises(Killed):
        services.rescore_all(begun, lease=LeaseOfTheKilled(begun.pk, begun.pk, 1, iter([1])))
    begun.refresh_from_db()
    assert (begun.seen, begun.last) == (1, link.pk)

    services.rescore_all(begun)
    assert (begun.seen, bool(begun.finished_at)) == (2, True)


class Killed(Exception):
    """The worker is gone."""


@dataclass(frozen=True)
class LeaseOfTheKilled(jobs.Lease):
    """A lease whose holder lives through so many batches."""

    beats: Iterator[int]

    def renew(self) -> None:
        if next(self.beats, None) is None:
            raise Killed


def test_a_round_asks_the_same_whatever_its_links(link, other_parameters, component_of, strike):
    with CaptureQueriesContext(connection) as few:
        rescore_links([link.pk])
    for number in range(3):
        serial = {"serial_number": f"SN-00413{number}"}
        services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE | serial))
    Link.objects.update(ratio=3.0)
    keys = list(Link.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as many:
        seen, changed = rescore_links(keys)
    assert seen == changed > 2
    assert len(many) == len(few)


def test_what_is_written_in_bulk_is_what_one_alone_would_be(link, other_parameters):
    Link.objects.update(ratio=3.0, explanation={"rows": []}, band="weak")
    rescore_links([link.pk])
    link.refresh_from_db()
    told = Assessment.from_json(link.explanation)
    assert (told.ratio, told.log10, told.words) == (link.ratio, link.log10_ratio, link.band)
    assert told.parameters_version == link.parameters_version == "test-2"
    (line,) = Entry.objects.filter(act="comparison.link_reassessed")
    assert (line.subject_id, line.facts["band"]) == (link.pk, link.band)


def test_a_link_no_longer_worth_a_look_steps_back(link, admin):
    choosy = replace(PARAMETERS, version="test-3", proposal_floor=9_000.0, promise_floor=9.0)
    adopted(choosy, admin)
    Link.objects.update(ratio=9_500.0)
    services.ask_for_rescoring()
    services.rescore_all(Rescoring.objects.get())
    assert Link.objects.get().state == "superseded"


def test_what_is_settled_is_not_asked_for_again(link):
    for moved in RecoveryCount.objects.moved():
        rescore_moved(moved)
    Job.objects.all().delete()
    services.ask_for_rescoring()
    assert not Job.objects.filter(task=RESCORE).exists()


@pytest.mark.parametrize("recoveries", [0, 1, 2, 3, 4, 5, 7, 8, 12, 22, 23, 150, 5_000])
def test_bounds_of_a_count_are_where_another_f_is_told(recoveries):
    def told(f):
        return published_holders(max(0, f - 2), 10**9)

    least, most = holders_told_alike(recoveries)
    assert least <= recoveries <= most
    assert told(least) == told(recoveries) == told(most) != told(most + 1)
    assert least == 0 or told(least - 1) != told(least)


@pytest.mark.parametrize("serials", [1, 9, 10, 99, 2_588, 3_000])
def test_bounds_of_a_range_are_where_another_is_told(serials):
    least, most = ranges_told_alike(serials)
    assert published_range(least) == published_range(serials) == published_range(most)
    assert published_range(most + 1) != published_range(serials)


@pytest.mark.parametrize("recoveries", [0, 5, 101, 102, 111, 112, 210, 211, 10_000])
def test_bounds_of_a_category_hold_the_hundred_apart(recoveries):
    least, most = recoveries_told_alike(recoveries)
    assert least <= recoveries <= most
    assert not least < 102 <= most or least == 102 or recoveries > 210
