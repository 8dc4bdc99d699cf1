"""Links are proposed by the worker, across recoveries, and stay as examiners left them."""

import pytest
from django.utils import timezone

from comparison import services
from comparison.models import Judgement, Link, LinkState, Reading
from comparison.services import finding
from comparison.services.reading import PROPOSE, read_component
from comparison.services.statistics import own_counts
from comparison.tasks import propose_missing_links
from core.models import Job
from evidence import services as evidence
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.bells import answer, job_for
from tests.comparison.conftest import GYROSCOPE, SERVO


def test_the_worked_example_comes_out_of_the_database_too(link, gyros):
    assert link.ratio == pytest.approx(6_399, abs=0.5)
    assert (link.band, link.outcome, link.state) == ("strong", "assessed", "proposed")
    assert (link.left, link.right) == gyros
    assert link.cross_theatre
    assert link.parameters_version == "2026-2"


def test_it_does_not_matter_which_end_was_compared_first(gyros, reference):
    for component in reversed(gyros):
        services.propose_links(component)

    link = Link.objects.get()
    assert (link.left, link.right) == gyros
    assert link.rows[3]["left"] == "SN-004120"


def test_comparing_again_changes_nothing(link, gyros):
    before = (link.version, Entry.objects.count())
    services.propose_links(gyros[0])
    answer(job_for(PROPOSE, gyros[1].pk))

    link.refresh_from_db()
    assert (link.version, Entry.objects.count()) == before


def test_each_proposal_leaves_a_line_in_the_ledger(link):
    (line,) = Entry.objects.filter(act="comparison.link_proposed")
    assert line.subject_id == link.pk
    assert line.actor is None


def test_parts_of_one_recovery_are_not_compared(component_of, strike):
    one, two = (component_of(strike, "servo-actuator", **SERVO) for _ in range(2))
    services.propose_links(one)
    services.propose_links(two)
    assert not Link.objects.exists()


def test_without_reference_data_there_are_words_and_no_figure(gyros):
    for component in gyros:
        services.propose_links(component)

    link = Link.objects.get()
    assert (link.outcome, link.ratio) == ("insufficient", None)
    assert link.band == "insufficient-reference-data"


def test_one_serial_in_two_places_is_withheld(component_of, strike, harbour, reference):
    component_of(strike, "gyroscope-imu", **GYROSCOPE)
    services.propose_links(component_of(harbour, "gyroscope-imu", **GYROSCOPE))
    assert not Link.objects.exists()  # the first was never read

    for component in services.awaiting_comparison():
        services.propose_links(component)
    link = Link.objects.get()
    assert (link.outcome, link.alert, link.is_blocked) == ("withheld", "identical-serial", True)


def test_many_items_of_one_seizure_count_once(component_of, strike, harbour, amal, reference):
    for _ in range(5):
        services.propose_links(component_of(harbour, "gyroscope-imu", part_number="V10-A"))
    services.propose_links(component_of(strike, "gyroscope-imu", part_number="V10-A"))

    third = investigations.enter_incident(strike.case, by=amal, title="A third attack")
    services.propose_links(component_of(third, "gyroscope-imu", part_number="V10-A"))
    (row,) = [row for row in Link.objects.order_by("-id").first().rows if row["feature"] == "part"]
    assert row["holders"] == 3  # one other recovery of ours is too few to be told
    assert own_counts(Reading.objects.order_by("-id").first()) == {"all": 2, "part": 2}


def test_a_marking_fills_in_what_the_component_leaves_empty(component_of, strike, amal, reference):
    component = component_of(strike, "servo-actuator", **SERVO)
    evidence.record_marking(
        component, by=amal, kind="serial", state="removed-ground", removal_pattern="second line"
    )
    evidence.record_marking(component, by=amal, kind="lot", state="present-legible", as_seen="L-7")
    services.propose_links(component)

    reading = Reading.objects.get(component=component)
    assert reading.facts["serial_state"] == "removed-ground"
    assert reading.facts["lot"] == "L-7"
    assert reading.facts["concealment"] == "second line"


def test_the_catalogue_knows_a_maker_by_any_legal_form(component_of, strike, aerotek):
    component = component_of(strike, "servo-actuator", maker_as_marked="AEROTEK Ltd.")
    services.propose_links(component)
    assert "maker=AEROTEK" in Reading.objects.get().values


def test_an_amended_component_goes_back_to_the_queue(link, gyros, lena, mateo, amal):
    for examiner in (lena, mateo):
        reject(link, examiner)
    services.propose_links(gyros[0])
    link.refresh_from_db()
    assert link.state == LinkState.REJECTED

    evidence.amend_component(gyros[0], by=amal, version=1, lot_code="L-7")
    services.propose_links(gyros[0])
    link.refresh_from_db()
    assert link.state == LinkState.PROPOSED
    assert Judgement.objects.count() == 2


def test_a_proposal_that_no_longer_deserves_a_look_is_superseded(link, gyros, amal):
    evidence.amend_component(
        gyros[0], by=amal, version=1, part_number="Z-1", maker_as_marked="Another", finish=""
    )
    services.propose_links(gyros[0])

    link.refresh_from_db()
    assert link.state == LinkState.SUPERSEDED
    assert Entry.objects.filter(act="comparison.link_superseded").count() == 1


def test_a_confirmed_link_whose_facts_change_must_be_judged_again(link, gyros, lena, mateo, amal):
    words = {"conclusion": "same-production-run", "confidence": "high", "reason": "x"}
    for examiner in (lena, mateo):
        services.judge_link(link, by=examiner, version=1, **words)
    evidence.amend_component(
        gyros[0], by=amal, version=1, part_number="Z-1", maker_as_marked="Another", finish=""
    )
    services.propose_links(gyros[0])

    link.refresh_from_db()
    assert link.state == LinkState.PROPOSED
    assert link.ratio < 1


def test_more_reference_data_gives_an_unjudged_pair_its_figure(gyros, request):
    for component in gyros:
        services.propose_links(component)
    request.getfixturevalue("reference")
    services.propose_links(gyros[0])

    link = Link.objects.get()
    assert link.outcome == "assessed"
    assert Entry.objects.filter(act="comparison.link_reassessed").count() == 1


def test_a_reference_set_that_never_counted_a_feature_says_nothing_of_it(
    component_of, strike, harbour, reference
):
    for incident in (strike, harbour):
        facts = {**GYROSCOPE, "serial_number": "", "wiring": "red, black"}
        services.propose_links(component_of(incident, "gyroscope-imu", **facts))

    (wiring,) = [row for row in Link.objects.get().rows if row["feature"] == "wiring"]
    assert wiring["recoveries"] == 0
    assert wiring["dropped_because"] == "too-few-recoveries"


def test_one_photograph_under_two_exhibits_calls_a_judged_link_back(link, gyros, lena, amal):
    services.judge_link(
        link, by=lena, conclusion="same-production-run", confidence="high", reason="x", version=1
    )
    for component in gyros:
        evidence.receive_file(
            component.case, by=amal, chunks=[b"the same bytes"], name="a.jpg", item=component.item
        )
    assert set(services.awaiting_comparison()) == set(gyros)
    for component in gyros:
        services.propose_links(component)

    link.refresh_from_db()
    assert (link.state, link.alert) == ("proposed", "same-photograph")
    assert link.is_blocked


def test_one_photograph_under_two_kinds_of_component_is_an_alarm_too(
    component_of, strike, harbour, amal, reference
):
    for incident, kind in ((strike, "gyroscope-imu"), (harbour, "servo-actuator")):
        component = component_of(incident, kind)
        evidence.receive_file(
            component.case, by=amal, chunks=[b"the same bytes"], name="a.jpg", item=component.item
        )
        services.propose_links(component)
    link = Link.objects.get()
    assert (link.outcome, link.alert) == ("withheld", "same-photograph")


def test_after_an_alarm_one_examiner_alone_brings_back_nothing(link, gyros, lena, mateo, amal):
    words = {"confidence": "high", "reason": "x"}
    for examiner in (lena, mateo):
        services.judge_link(link, by=examiner, version=1, conclusion="same-production-run", **words)
    for component in gyros:
        evidence.receive_file(
            component.case, by=amal, chunks=[b"the same bytes"], name="a.jpg", item=component.item
        )
    for component in gyros:
        services.propose_links(component)
    link.refresh_from_db()
    link = services.resolve_alarm(
        link, by=lena, cause="cloned-label", reason="Two fonts", version=link.version
    )
    said = services.judge_link(link, by=lena, version=link.version, conclusion="similar", **words)

    link.refresh_from_db()
    assert (link.state, link.examiners, said.is_informed) == ("proposed", 1, False)
    assert Link.objects.awaiting(mateo).get() == link
    services.propose_links(gyros[0])
    services.judge_link(link, by=mateo, version=link.version, conclusion="similar", **words)
    link.refresh_from_db()
    assert link.state == "confirmed"


def test_an_entry_taken_back_leaves_a_rejected_pair_rejected(link, gyros, lena, mateo, amal):
    for examiner in (lena, mateo):
        reject(link, examiner)
    for lot in ("L-7", ""):
        gyros[0].refresh_from_db()
        evidence.amend_component(gyros[0], by=amal, version=gyros[0].version, lot_code=lot)
        services.propose_links(gyros[0])
        link.refresh_from_db()
        assert link.state == ("proposed" if lot else "rejected")
    assert link.examiners == 2


def test_what_nobody_asked_for_is_compared_all_the_same(gyros):
    Job.objects.all().delete()
    assert set(services.awaiting_comparison()) == set(gyros)
    services.propose_links(gyros[0])
    assert set(services.awaiting_comparison()) == {gyros[1]}
    propose_missing_links()
    assert Job.objects.get(task=PROPOSE).row == gyros[1].pk
    answer(Job.objects.get(task=PROPOSE))
    assert not services.awaiting_comparison().exists()


def test_what_cannot_be_compared_is_not_asked_for_again_and_again(gyros):
    Job.objects.update(state="failed", finished_at=timezone.now())
    propose_missing_links()
    assert set(Job.objects.values_list("state", flat=True)) == {"failed"}


def test_a_link_across_cases_is_seen_only_by_those_who_see_both(
    component_of, strike, seizure, soraya, amal, lena, reference
):
    here = component_of(strike, "gyroscope-imu", **GYROSCOPE)
    there = component_of(
        seizure, "gyroscope-imu", by=soraya, **GYROSCOPE | {"serial_number": "SN-004128"}
    )
    for component in (here, there):
        services.propose_links(component)

    assert Link.objects.visible_to(soraya).count() == 1
    assert not Link.objects.visible_to(amal).exists()
    investigations.admit_member(seizure.case, amal, roles=[Role.ANALYST], by=soraya)
    assert Link.objects.visible_to(amal).count() == 1


def reject(link, examiner):
    services.judge_link(
        link,
        by=examiner,
        conclusion="excluded",
        confidence="high",
        reason="Different winding",
        version=link.version,
    )


def test_hundreds_from_one_seizure_leave_room_for_other_recoveries(
    component_of, strike, harbour, night_raid, amal, reference
):
    depot = investigations.enter_incident(night_raid, by=amal, title="Attack on the depot")
    crates = [
        component_of(harbour, "gyroscope-imu", **GYROSCOPE | {"serial_number": f"SN-0042{n:02d}"})
        for n in range(25)
    ]
    far_off = {"serial_number": "SN-006900"}
    elsewhere = component_of(depot, "gyroscope-imu", **GYROSCOPE | far_off)
    new = component_of(strike, "gyroscope-imu", **GYROSCOPE)
    for component in [*crates, elsewhere]:
        read_component(component)

    services.propose_links(new)
    found = {link.other_end(new) for link in Link.objects.of(new)}
    assert elsewhere.pk in found
    assert len(found - {elsewhere.pk}) == 5


def test_a_relative_whose_lot_and_week_were_misread_is_looked_at_before_another_run(
    component_of, strike, harbour, night_raid, amal, reference, monkeypatch
):
    monkeypatch.setattr(finding, "CANDIDATES", 1)
    run = {"part_number": "V10-A", "lot_code": "2213A", "date_code": "2213", "wiring": "red-blue"}
    of_other_run = run | {"lot_code": "1907D", "date_code": "1907"}
    misread = run | {"lot_code": "22I3A", "date_code": "22I3", "wiring": ""}
    depot = investigations.enter_incident(night_raid, by=amal, title="Attack on the depot")
    new = component_of(strike, "gyroscope-imu", **run)
    relative = component_of(harbour, "gyroscope-imu", **misread)
    for component in (relative, component_of(depot, "gyroscope-imu", **of_other_run)):
        read_component(component)

    services.propose_links(new)
    assert [link.other_end(new) for link in Link.objects.of(new)] == [relative.pk]
