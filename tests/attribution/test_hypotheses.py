"""Hypotheses: they compete, and of those that somebody proposed two at least always do."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from attribution import services
from attribution.models import Hypothesis
from core.errors import Refused
from ledger.models import Entry
from tests.attribution.conftest import REFUTED


def kinds(case):
    return sorted(Hypothesis.objects.filter(case=case).active().values_list("kind", flat=True))


def test_the_first_hypothesis_brings_its_two_rivals(night_raid, hypothesis):
    assert kinds(night_raid) == ["deception", "ordinary", "other"]
    refs = Hypothesis.objects.filter(case=night_raid).values_list("ref", flat=True)
    assert sorted(refs) == ["H-01", "H-02", "H-03"]
    assert hypothesis.ref == "H-01"
    assert Entry.objects.filter(act="attribution.hypothesis_seeded").count() == 2


def test_the_second_brings_nobody(night_raid, hypothesis, making):
    assert kinds(night_raid) == ["deception", "ordinary", "ordinary", "other"]
    assert making.ref == "H-04"


def test_two_standing_rivals_of_one_kind_cannot_exist(hypothesis):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hypothesis.objects.filter(pk=hypothesis.pk).update(kind="deception")


def test_rejecting_never_leaves_fewer_than_two_that_were_proposed(
    night_raid, hypothesis, rival, making, amal
):
    services.reject_hypothesis(making, by=amal, reason="The plate is false.")
    assert kinds(night_raid) == ["deception", "ordinary", "ordinary", "other"]
    for last in (hypothesis, rival):
        with pytest.raises(Refused, match="At least two proposed hypotheses must compete"):
            services.reject_hypothesis(last, by=amal, reason="Not needed.")


def test_the_two_of_every_case_are_never_rejected(night_raid, hypothesis, rival, making, amal):
    for standing in Hypothesis.objects.filter(case=night_raid).exclude(kind="ordinary"):
        with pytest.raises(Refused, match="competes in every case"):
            services.reject_hypothesis(standing, by=amal, reason="Ruled out.")


def test_one_that_nothing_could_refute_is_not_proposed(night_raid, amal):
    with pytest.raises(ValidationError, match="make you give it up"):
        services.propose_hypothesis(night_raid, by=amal, statement="They did it.", refuted_by=" ")


def test_an_older_one_stays_readable_until_its_next_change_asks_for_it(hypothesis, amal):
    Hypothesis.objects.filter(pk=hypothesis.pk).update(refuted_by="")
    old = Hypothesis.objects.visible_to(amal).get(pk=hypothesis.pk)
    assert old.lacks_refutation
    with pytest.raises(ValidationError, match="make you give it up"):
        services.amend_hypothesis(old, by=amal, version=1, statement="They launched it.")
    services.amend_hypothesis(old, by=amal, version=1, refuted_by=REFUTED)


def test_the_two_of_every_case_need_no_refutation(night_raid, hypothesis, amal):
    other = Hypothesis.objects.get(kind="other")
    amended = services.amend_hypothesis(other, by=amal, version=1, statement="None of these.")
    assert not amended.lacks_refutation


def test_rejecting_needs_a_reason(hypothesis, rival, making, amal):
    with pytest.raises(Refused, match="Say why"):
        services.reject_hypothesis(hypothesis, by=amal, reason=" ")


def test_a_rejected_hypothesis_may_compete_again(hypothesis, rival, making, amal):
    services.reject_hypothesis(hypothesis, by=amal, reason="Too early.")
    assert services.reinstate_hypothesis(hypothesis, by=amal).is_active


def test_what_a_finding_rests_on_stands_still(hypothesis, finding, amal):
    with pytest.raises(Refused, match="rests on"):
        services.amend_hypothesis(hypothesis, by=amal, version=1, statement="Somebody else.")
    with pytest.raises(Refused, match="rests on"):
        services.reject_hypothesis(hypothesis, by=amal, reason="Changed my mind.")


def test_superseding_puts_a_new_one_in_its_place(night_raid, hypothesis, amal):
    newer = services.supersede_hypothesis(
        hypothesis,
        by=amal,
        statement="Part of the brigade launched the drone.",
        refuted_by=REFUTED,
    )
    hypothesis.refresh_from_db()
    assert (hypothesis.status, newer.ref, newer.level) == ("superseded", "H-04", 5)
    with pytest.raises(Refused, match="newer hypothesis"):
        services.reinstate_hypothesis(hypothesis, by=amal)


def test_only_analysts_propose(night_raid, lena, rami, omar):
    for somebody in (lena, rami, omar):
        with pytest.raises(PermissionDenied):
            services.propose_hypothesis(night_raid, by=somebody, statement="It was him.")


def test_the_team_reads_and_outsiders_do_not(hypothesis, lena, omar):
    assert Hypothesis.objects.visible_to(lena).count() == 3
    assert not Hypothesis.objects.visible_to(omar).exists()
