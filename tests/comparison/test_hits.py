"""A hit without disclosure: that there is something, how alike and with whom; nothing more."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from comparison import services
from comparison.models import Hit, Link, Question
from comparison.services.asking import A_DAY
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Component
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.comparison.across import (
    boarding,
    coast_guard,
    describe,
    dhow,
    hit,
    nadia,
    ours,
    theirs,
    viktor,
)
from tests.comparison.conftest import GYROSCOPE

__all__ = ["boarding", "coast_guard", "dhow", "hit", "nadia", "ours", "theirs", "viktor"]


def told(user):
    return list(Hit.objects.visible_to(user))


def night_falls():
    """What was put off is due now."""
    Question.objects.waiting().update(due_at=timezone.now())
    services.answer_due_questions()


def mark(thing, by, **handling):
    investigations.mark_more_strictly(thing, Handling(**handling), by=by, reason="Their wish")


def test_an_examiner_learns_the_band_and_the_agency(hit, lena, coast_guard):
    (one,) = told(lena)
    assert (one.band, one.agency) == ("strong", coast_guard)
    assert not Link.objects.visible_to(lena).exists()


def test_no_page_says_more_than_that(hit, theirs, dhow, boarding, lena, client):
    client.force_login(lena)
    there = reverse("comparison:hit_detail", args=[hit.pk])
    for page in (
        reverse("comparison:hit_list"),
        there,
        f"{reverse('comparison:hit_list')}?item={hit.component.item_id}",
    ):
        text = client.get(page).content.decode()
        assert "CG" in text
        assert "trong support" in text
        for secret in (
            *(dhow.ref, dhow.title, dhow.public_title, boarding.title, "SN-004128", "Yemen"),
            *(str(theirs.pk), str(hit.link_id), str(dhow.pk), "Nadia", "6,399", "6,400"),
        ):
            assert secret not in text, (page, secret)


def test_outsiders_and_the_administrator_are_told_nothing(hit, omar, admin, viktor, client):
    for user in (omar, admin, viktor):
        assert hit not in told(user)
        client.force_login(user)
        assert client.get(reverse("comparison:hit_detail", args=[hit.pk])).status_code == 404


def test_whoever_sees_both_ends_is_shown_the_comparison_instead(hit, lena, dhow, nadia):
    investigations.admit_member(dhow, lena, roles=[Role.EXAMINER], by=nadia)
    assert told(lena) == []
    assert Link.objects.visible_to(lena).count() == 1


def test_the_other_team_is_told_in_the_next_night(hit, nadia, theirs, mission):
    assert told(nadia) == []
    night_falls()
    (one,) = told(nadia)
    assert (one.component, one.agency, one.band) == (theirs, mission, "strong")


def test_many_parts_of_many_cases_are_one_hit(hit, boarding, nadia, lena):
    for number in ("SN-004124", "SN-004131"):
        services.propose_links(describe(boarding, nadia, **GYROSCOPE | {"serial_number": number}))
    night_falls()
    assert len(told(lena)) == 1


@pytest.mark.parametrize("marking", ["amber+strict", "red"])
def test_what_may_not_leave_its_agency_is_not_told_at_all(
    marking, boarding, nadia, strike, amal, lena, theirs, dhow
):
    mark(dhow, nadia, tlp=marking, pap="amber")
    services.propose_links(describe(strike, amal, **GYROSCOPE))
    assert Link.objects.count() == 1
    night_falls()
    assert not Hit.objects.exists()


def test_a_marking_put_on_later_ends_the_telling_with_the_next_request(hit, lena, nadia, dhow):
    mark(dhow, nadia, tlp="red", pap="amber")
    assert told(lena) == []


def test_an_exhibit_that_is_marked_later_is_no_longer_told_of(hit, lena, nadia, theirs):
    mark(theirs.item, nadia, tlp="amber+strict", pap="amber")
    assert told(lena) == []


def test_clearance_compartments_and_release_are_asked_of_whoever_is_told(
    hit, lena, amal, nadia, theirs, coast_guard
):
    nadia.clearance, nadia.compartments = 3, ["SOURCE"]
    nadia.save()
    mark(
        theirs.item,
        nadia,
        tlp="amber",
        pap="amber",
        clearance=2,
        compartments=frozenset({"SOURCE"}),
    )
    assert told(lena) == []
    lena.clearance, lena.compartments = 2, ["SOURCE"]
    lena.save()
    assert told(lena) == [hit]
    assert told(amal) == []
    only = frozenset({coast_guard.pk})
    mark(
        theirs.item,
        nadia,
        tlp="amber",
        pap="amber",
        clearance=2,
        compartments=frozenset({"SOURCE"}),
        releasable_to=only,
    )
    assert told(lena) == []


def test_what_binds_one_end_keeps_both_from_being_told(strike, amal, soraya, night_raid, theirs):
    mark(night_raid, soraya, tlp="red", pap="amber")
    services.propose_links(describe(strike, amal, **GYROSCOPE))
    night_falls()
    assert not Hit.objects.exists()


def test_a_rejected_or_superseded_likeness_is_no_hit(hit, ours, amal, lena):
    evidence.amend_component(
        ours, by=amal, version=1, part_number="Z-1", maker_as_marked="Another", finish=""
    )
    services.propose_links(ours)
    assert told(lena) == []


def test_neither_ledger_has_a_line_of_it(hit):
    night_falls()
    assert Hit.objects.count() == 2
    assert not Entry.objects.filter(subject_kind__startswith="comparison.").exclude(
        act="comparison.reference_adopted"
    )


def feel_out(component: Component, by, numbers):
    """Edit the serial again and again, each time looking what comes of it."""
    seen = []
    for number in numbers:
        component.refresh_from_db()
        evidence.amend_component(
            component, by=by, version=component.version, serial_number=f"SN-{number:06d}"
        )
        services.propose_links(component)
        seen.append([one.band for one in told(by)])
    return seen


def test_whoever_edits_to_feel_out_a_hidden_case_gets_few_answers(hit, ours, theirs, amal):
    far, near = 6_900, 4_127
    seen = feel_out(ours, amal, [far] * 1 + [far + n for n in range(1, A_DAY)])
    assert seen[0] == ["moderately-strong"]
    frozen = seen[-1]
    assert feel_out(ours, amal, [near]) == [frozen]

    (bounded,) = Entry.objects.filter(act="comparison.questions_bounded")
    assert (bounded.log, bounded.subject_id) == (ours.case_id, ours.pk)
    (noted,) = Entry.objects.filter(act="comparison.probing_noted")
    assert (noted.log, noted.subject_id) == (theirs.case_id, theirs.pk)
    assert noted.facts == {"versions": A_DAY}

    night_falls()
    assert [one.band for one in told(amal)] == ["strong"]


def test_honest_work_is_answered_at_once(hit, ours, amal):
    assert feel_out(ours, amal, [6_900, 4_121])[-1] == ["strong"]
    assert not Entry.objects.filter(act="comparison.questions_bounded").exists()


def test_comparing_the_same_facts_again_brings_nothing_new_before_the_night(
    ours, hit, theirs, nadia, amal
):
    evidence.amend_component(theirs, by=nadia, version=1, serial_number="SN-006900")
    services.propose_links(theirs)
    services.propose_links(ours)
    assert [one.band for one in told(amal)] == ["strong"]
    night_falls()
    assert [one.band for one in told(amal)] == ["moderately-strong"]


def test_a_whole_case_has_a_bound_too(hit, strike, amal, monkeypatch):
    monkeypatch.setattr("comparison.services.asking.A_DAY_AND_CASE", 1)
    another = describe(strike, amal, **GYROSCOPE | {"serial_number": "SN-004126"})
    services.propose_links(another)
    assert not Hit.objects.filter(component=another).exists()
    due = Question.objects.waiting().get(component=another).due_at
    assert due - timezone.now() < timedelta(days=1)


def test_asking_costs_the_same_with_and_without_a_hit(
    hit, strike, amal, lena, client, django_assert_max_num_queries
):
    nothing = describe(strike, amal, part_number="Z-9", maker_as_marked="Nobody")
    services.propose_links(nothing)
    client.force_login(lena)
    client.get(reverse("comparison:hit_list"))  # what a process asks only once is asked by now
    counts = []
    for component in (hit.component, nothing):
        with django_assert_max_num_queries(18) as asked:
            page = client.get(f"{reverse('comparison:hit_list')}?item={component.item_id}")
        assert page.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_only_examiners_and_the_lead_may_ask(hit, amal, lena, soraya):
    with pytest.raises(PermissionDenied):
        services.ask_for_disclosure(hit, by=amal, reason="We would like to know.")
    assert services.may_ask(hit, lena)
    assert services.may_ask(hit, soraya)
