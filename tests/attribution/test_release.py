"""Release: nothing leaves without it, and from L5 on it takes two."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from attribution import services
from attribution.models import Finding, Release
from core.errors import Refused
from investigations import services as investigations
from investigations.models import Request
from ledger.models import Entry
from ledger.verification import verify
from tests.attribution.conftest import approve, hand_in_and_approve


def let_go(finding, *, by, audience="partners"):
    return services.release_finding(finding, by=by, audience=audience, tlp="amber")


def test_before_release_nobody_may_be_named(night_raid, finding, amal, rami):
    assert not services.may_name_an_actor(night_raid)
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    assert not services.may_name_an_actor(night_raid)


def test_release_tells_the_case_and_the_ledger(night_raid, released):
    night_raid.refresh_from_db()
    assert released.status == "released"
    assert night_raid.status == "finding-released"
    assert services.may_name_an_actor(night_raid)
    line = Entry.objects.filter(act="attribution.finding_released").get()
    assert line.facts["sha256"] == released.submissions.get().sha256
    assert verify().flaws == []


@pytest.mark.parametrize("state", ["draft", "in-review", "returned"])
def test_nothing_is_released_without_approval(technical, amal, rami, dana, state):
    if state != "draft":
        services.submit_finding(technical, by=amal)
    if state == "returned":
        services.review_finding(technical, by=rami, verdict="return", comment="More.")
    with pytest.raises(Refused, match="Only an approved finding"):
        let_go(technical, by=dana)


def test_only_an_authority_releases(technical, amal, rami, soraya, omar):
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    for somebody in (amal, rami, soraya, omar):
        with pytest.raises(PermissionDenied):
            let_go(technical, by=somebody)


def test_an_author_never_releases(technical, amal, rami, hala):
    services.amend_finding(technical, by=hala, version=1, limits="None known.")
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    with pytest.raises(Refused, match="does not release their own"):
        let_go(technical, by=hala)


def test_from_l5_on_one_proposes_and_another_confirms(finding, amal, rami, dana, mira):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    proposal = let_go(finding, by=dana)
    finding.refresh_from_db()
    assert finding.status == "approved"
    with pytest.raises(Refused, match="Nobody decides what they asked for themselves"):
        services.confirm_release(proposal, by=dana)
    with pytest.raises(Refused, match="asked for already"):
        let_go(finding, by=mira)

    services.confirm_release(proposal, by=mira)
    finding.refresh_from_db()
    assert finding.status == "released"
    with pytest.raises(Refused, match="decided already"):
        services.confirm_release(proposal, by=mira)


def test_the_author_is_no_second_signature(finding, amal, rami, dana, hala):
    services.amend_finding(finding, by=hala, version=1, limits="None known.")
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    proposal = let_go(finding, by=dana)
    with pytest.raises(Refused, match="does not release their own"):
        services.confirm_release(proposal, by=hala)


def test_the_database_insists_on_two_people(finding, amal, rami, dana, mira):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    request = let_go(finding, by=dana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(
            state="approved", decided_by=dana, decided_at=timezone.now()
        )
    services.confirm_release(request, by=mira)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(decided_by=dana)


def test_a_declined_proposal_may_be_made_again(finding, amal, rami, dana, mira):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    investigations.refuse(let_go(finding, by=dana), by=mira, reason="After the summit.")
    services.confirm_release(let_go(finding, by=dana), by=mira)
    assert Finding.objects.released().get() == finding


def test_an_embargo_keeps_it_among_the_investigating_bodies(
    night_raid, technical, amal, rami, dana, soraya
):
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    tomorrow = timezone.now() + timedelta(days=1)
    night_raid.refresh_from_db()
    investigations.amend_case(
        night_raid, by=soraya, version=night_raid.version, embargo_until=tomorrow
    )
    with pytest.raises(Refused, match="embargo"):
        let_go(technical, by=dana, audience="public")
    let_go(technical, by=dana, audience="team")


def test_a_released_finding_is_never_edited(released, amal):
    with pytest.raises(Refused, match="stands as it is"):
        services.amend_finding(released, by=amal, version=released.version, limits="None.")


def test_a_successor_speaks_of_its_hypothesis_in_the_newest_words(released, amal):
    old = released.hypothesis
    words = {"statement": "Kestrel built it at its works.", "refuted_by": "Another maker's plate."}
    newer = services.supersede_hypothesis(old, by=amal, **words)
    successor = services.supersede_finding(released, by=amal)
    assert successor.hypothesis == newer
    services.submit_finding(successor, by=amal)


def test_a_successor_takes_its_place_only_when_released(released, amal, rami, dana):
    successor = services.supersede_finding(released, by=amal)
    assert (successor.ref, successor.status) == ("F-02", "draft")
    assert successor.citations.count() == released.citations.count() == 1
    with pytest.raises(Refused, match="being written already"):
        services.supersede_finding(released, by=amal)
    assert Finding.objects.released().get() == released

    hand_in_and_approve(successor, author=amal, reviewer=rami)
    let_go(successor, by=dana)
    released.refresh_from_db()
    assert released.status == "superseded"
    assert Finding.objects.released().get() == successor


def test_only_a_released_finding_is_superseded(finding, amal):
    with pytest.raises(Refused, match="Only a released"):
        services.supersede_finding(finding, by=amal)


def test_withdrawing_a_released_finding_takes_an_authority_and_reopens_the_case(
    night_raid, released, amal, dana
):
    with pytest.raises(PermissionDenied):
        services.withdraw_finding(released, by=amal, reason="The serial was cloned.")
    services.withdraw_finding(released, by=dana, reason="The serial was cloned.")
    night_raid.refresh_from_db()
    assert night_raid.status == "reopened"
    assert not services.may_name_an_actor(night_raid)
    with pytest.raises(Refused, match="no longer stands"):
        services.withdraw_finding(released, by=dana, reason="Again.")


def test_withdrawing_an_approved_finding_ends_its_proposed_release(finding, amal, rami, dana, mira):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    proposal = let_go(finding, by=dana)
    services.withdraw_finding(finding, by=amal, reason="A witness retracted.")
    with pytest.raises(Refused, match="decided already"):
        services.confirm_release(proposal, by=mira)


def test_a_finding_that_was_returned_needs_a_new_approval(technical, amal, rami, dana, hala):
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    services.review_finding(technical, by=hala, verdict="return", comment="More.")
    services.submit_finding(technical, by=amal)
    with pytest.raises(Refused, match="Only an approved"):
        let_go(technical, by=dana)
    approve(technical, by=rami)
    assert let_go(technical, by=dana).submission.number == 2
