"""Actors: named inside the case, never in the ledger, never with a score."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from attribution import services
from attribution.models import Actor
from core.errors import Refused, Stale
from ledger.models import Entry
from tests.attribution.conftest import hand_in_and_approve


def test_an_analyst_enters_an_actor(brigade, amal):
    assert list(Actor.objects.visible_to(amal)) == [brigade]
    assert Entry.objects.about(brigade).first().act == "attribution.actor_entered"


def test_an_outsider_sees_no_actor(brigade, omar):
    assert not Actor.objects.visible_to(omar).exists()


def test_an_examiner_reads_actors_and_enters_none(night_raid, brigade, lena):
    assert Actor.objects.visible_to(lena).exists()
    with pytest.raises(PermissionDenied):
        services.enter_actor(night_raid, by=lena, name="Somebody", kind="cell")


def test_the_ledger_never_holds_a_name(brigade, amal, hypothesis, finding):
    services.amend_actor(brigade, by=amal, version=1, name="Cormorant Battalion")
    services.amend_finding(finding, by=amal, version=1, statement="The Cormorant Battalion did it.")
    services.submit_finding(finding, by=amal)

    told = Entry.objects.filter(act__startswith="attribution.").values_list("body", flat=True)
    assert len(told) >= 7
    assert not [line for line in told if "ormorant" in line or "الغاق" in line]


def test_one_name_is_entered_once_in_a_case(night_raid, brigade, amal):
    with pytest.raises(ValidationError, match="in the case already"):
        services.enter_actor(night_raid, by=amal, name="cormorant brigade", kind="cell")


def test_a_stale_form_changes_nothing(brigade, amal):
    services.amend_actor(brigade, by=amal, version=1, remarks="first")
    with pytest.raises(Stale):
        services.amend_actor(brigade, by=amal, version=1, remarks="second")


@pytest.mark.parametrize("identity", [{"name": "Heron Cell"}, {"native_name": "خلية"}])
def test_whom_a_finding_blames_cannot_be_renamed_once_it_is_judged(
    brigade, finding, amal, rami, identity
):
    services.submit_finding(finding, by=amal)
    with pytest.raises(Refused, match="was handed in"):
        services.amend_actor(brigade, by=amal, version=1, **identity)
    services.amend_actor(brigade, by=amal, version=1, remarks="Seen again in May.")

    services.review_finding(finding, by=rami, verdict="return", comment="Name them rightly.")
    renamed = services.amend_actor(brigade, by=amal, version=2, **identity)
    services.submit_finding(finding, by=amal)
    assert finding.submissions.latest("number").text["subject"] == renamed.name


def test_a_released_finding_goes_on_blaming_whom_it_blamed(
    brigade, finding, amal, rami, dana, mira
):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    proposal = services.release_finding(finding, by=dana, audience="partners", tlp="amber")
    services.confirm_release(proposal, by=mira)
    with pytest.raises(Refused, match="was handed in"):
        services.amend_actor(brigade, by=amal, version=1, name="Heron Cell")


def test_an_individual_is_always_a_living_person(night_raid, amal):
    with pytest.raises(ValidationError, match="living persons"):
        services.enter_actor(night_raid, by=amal, name="A. Person", kind="individual")


def test_an_actor_has_no_score():
    fields = {field.name for field in Actor._meta.get_fields()}
    assert not fields & {"score", "guilt", "rank", "likelihood", "probability", "risk"}
