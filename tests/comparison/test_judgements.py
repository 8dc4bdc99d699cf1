"""Examiners judge links in fixed words, with reasons, each on what they saw."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from comparison import services
from comparison.models import Judgement, Link, LinkState
from core.errors import Refused, Stale
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.comparison.conftest import GYROSCOPE

SAME_RUN = "same-production-run"
UNNUMBERED = {**GYROSCOPE, "serial_number": ""}


def judge(link, by, conclusion=SAME_RUN, **changes):
    facts = {
        "confidence": "high",
        "reason": "Serials 8 apart, one casting",
        "version": link.version,
    }
    return services.judge_link(link, by=by, conclusion=conclusion, **{**facts, **changes})


def test_one_examiner_alone_decides_nothing(link, lena):
    judgement = judge(link, lena)

    link.refresh_from_db()
    assert (link.state, link.examiners) == (LinkState.PROPOSED, 1)
    assert judgement.explanation == link.explanation
    assert Entry.objects.filter(act="comparison.link_judged", actor=lena).count() == 1


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (SAME_RUN, SAME_RUN, LinkState.CONFIRMED),
        (SAME_RUN, "similar", LinkState.CONFIRMED),
        ("excluded", "excluded", LinkState.REJECTED),
        (SAME_RUN, "excluded", LinkState.DISPUTED),
        (SAME_RUN, "inconclusive", LinkState.DISPUTED),
        ("unsuitable", "excluded", LinkState.DISPUTED),
        ("inconclusive", "unsuitable", LinkState.PROPOSED),
    ],
)
def test_two_examiners_put_it_where_they_agree(link, lena, mateo, first, second, state):
    judge(link, lena, first)
    judge(link, mateo, second)
    link.refresh_from_db()
    assert (link.state, link.examiners) == (state, 2)


@pytest.mark.parametrize(
    ("third", "state"),
    [
        (SAME_RUN, LinkState.CONFIRMED),
        ("excluded", LinkState.REJECTED),
        ("inconclusive", LinkState.DISPUTED),
    ],
)
def test_a_third_resolves_and_the_dissent_stays(link, lena, mateo, noor, third, state):
    judge(link, lena)
    judge(link, mateo, "excluded")
    assert Link.objects.visible_to(noor).blind_to(noor).exists()
    assert not Judgement.objects.visible_to(noor).exists()
    judge(link, noor, third)

    link.refresh_from_db()
    assert (link.state, link.examiners) == (state, 3)
    assert Judgement.objects.visible_to(noor).count() == 3
    assert not link.awaits_another


def test_nobody_is_asked_for_more_than_it_takes(link, lena, mateo, noor):
    judge(link, lena)
    judge(link, mateo)
    assert not Link.objects.visible_to(noor).awaiting(noor).exists()
    with pytest.raises(Refused, match="Enough examiners"):
        judge(link, noor)


def test_what_both_hold_is_the_lesser_of_their_words(link, lena, mateo):
    said = [judge(link, lena), judge(link, mateo, "same-make-and-model")]
    assert services.common_ground(said) == "same-make-and-model"


def test_a_second_thought_takes_support_away_and_never_adds_any(link, lena, mateo, noor):
    judge(link, lena)
    judge(link, mateo, "excluded")
    assert judge(link, mateo).is_informed
    link.refresh_from_db()
    assert link.state == LinkState.DISPUTED  # talked round: that takes a third
    judge(link, noor)
    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED

    judge(link, lena, "excluded")
    link.refresh_from_db()
    assert link.state != LinkState.CONFIRMED
    assert Judgement.objects.count() == 5


def test_before_anybody_else_has_judged_a_second_thought_is_as_blind_as_the_first(
    link, lena, mateo
):
    judge(link, lena, "inconclusive")
    assert not judge(link, lena).is_informed
    judge(link, mateo)
    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED


def test_a_finding_rests_only_on_what_two_confirmed_with_moderate_support(link, lena, mateo):
    established = Link.objects.visible_to(lena).established()
    judge(link, lena)
    assert not established.exists()
    judge(link, mateo)
    assert established.get() == link
    for facts in (
        {"band": "weak"},
        {"band": "moderate", "ratio": 0.02},
        {"outcome": "insufficient", "ratio": None},
    ):
        before = {name: getattr(link, name) for name in facts}
        Link.objects.filter(pk=link.pk).update(**facts)
        assert not established.exists(), facts
        Link.objects.filter(pk=link.pk).update(**before)


@pytest.mark.parametrize("sources", ["", "  "])
def test_consistent_with_names_the_other_sources(link, lena, sources):
    with pytest.raises(Refused, match="other possible sources"):
        judge(link, lena, "consistent-with", alternatives=sources)
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.create(
            link=link, case=link.case, examiner=lena, conclusion="consistent-with", explanation={}
        )
    said = judge(link, lena, "consistent-with", alternatives="Any shop that sells them")
    assert said.alternatives == "Any shop that sells them"


def test_no_word_says_more_than_what_is_recorded(component_of, strike, harbour, lena, reference):
    for incident in (strike, harbour):
        services.propose_links(component_of(incident, "gyroscope-imu", **UNNUMBERED))
    link = Link.objects.get()
    with pytest.raises(Refused, match="same make and model"):
        judge(link, lena)
    judge(link, lena, "same-make-and-model")


def test_only_examiners_judge(link, amal, soraya):
    for person_without_the_duty in (amal, soraya):
        with pytest.raises(PermissionDenied):
            judge(link, person_without_the_duty)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_conclusion_needs_a_reason(link, lena, reason):
    with pytest.raises(Refused):
        judge(link, lena, reason=reason)


def test_an_old_page_is_told_so(link, lena):
    with pytest.raises(Stale):
        judge(link, lena, version=link.version + 1)


def test_every_difference_is_explained_before_a_positive_conclusion(
    component_of, strike, harbour, lena, reference
):
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE, wiring="red"))
    other = GYROSCOPE | {"serial_number": "SN-004128", "wiring": "blue"}
    services.propose_links(component_of(harbour, "gyroscope-imu", **other))
    link = Link.objects.get()

    assert link.unexplained == ["wiring"]
    with pytest.raises(Refused, match="difference"):
        judge(link, lena)
    judge(link, lena, "excluded")
    judgement = judge(link, lena, explained={"wiring": "Rewired in the field, solder is newer"})
    assert judgement.explained == {"wiring": "Rewired in the field, solder is newer"}


def test_an_explanation_lets_nobody_say_more_than_what_is_recorded(
    component_of, strike, harbour, lena, reference
):
    for incident, wiring in ((strike, "red"), (harbour, "blue")):
        facts = UNNUMBERED | {"wiring": wiring}
        services.propose_links(component_of(incident, "gyroscope-imu", **facts))
    link, explained = Link.objects.get(), {"wiring": "Rewired in the field, solder is newer"}
    with pytest.raises(Refused, match="same make and model"):
        judge(link, lena, explained=explained)
    judge(link, lena, "same-make-and-model", explained=explained)


def test_an_alarm_blocks_until_it_is_resolved(component_of, strike, harbour, lena, reference):
    for incident in (strike, harbour):
        services.propose_links(component_of(incident, "gyroscope-imu", **GYROSCOPE))
    link = Link.objects.get()
    with pytest.raises(Refused, match="alarm"):
        judge(link, lena)

    link = services.resolve_alarm(
        link, by=lena, cause="cloned-label", reason="Two fonts", version=link.version
    )
    assert link.ratio is None
    judge(link, lena, "similar")
    with pytest.raises(Refused):
        services.resolve_alarm(link, by=lena, cause="misread", reason="x", version=link.version)


def test_an_alarm_needs_a_cause_and_a_reason(component_of, strike, harbour, lena, reference):
    for incident in (strike, harbour):
        services.propose_links(component_of(incident, "gyroscope-imu", **GYROSCOPE))
    link = Link.objects.get()
    for cause, reason in (("", "x"), ("misread", " "), ("witchcraft", "x")):
        with pytest.raises(Refused):
            services.resolve_alarm(link, by=lena, cause=cause, reason=reason, version=link.version)


def test_the_sentence_speaks_of_the_objects_and_of_nobody(link):
    sentence = services.sentence_of(link)

    assert "about 6,400 times more probable" in sentence
    assert "strong support" in sentence
    assert "It does not address who used either weapon." in sentence


def test_the_waterfall_adds_up(link):
    lines = services.lines_of(link)

    total = sum(float(line.log10) for line in lines if line.speaks)
    assert total == pytest.approx(link.log10_ratio, abs=0.01)
    part = next(line for line in lines if line.feature == "part")
    assert part.counted == "3 of 1,000 other recoveries"
    finish = next(line for line in lines if line.feature == "finish")
    assert "stronger feature" in finish.why


def test_across_cases_the_ledger_holds_a_digest_and_not_the_words(
    component_of, strike, seizure, soraya, lena, reference
):
    investigations.admit_member(seizure.case, lena, roles=[Role.EXAMINER], by=soraya)
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE))
    other = GYROSCOPE | {"serial_number": "SN-004128"}
    services.propose_links(component_of(seizure, "gyroscope-imu", by=soraya, **other))
    judge(Link.objects.get(), lena)

    lines = Entry.objects.filter(act="comparison.link_judged")
    assert {line.log for line in lines} == {strike.case_id, seizure.case_id}
    assert all("said_committed" in line.body and "apart" not in line.body for line in lines)
