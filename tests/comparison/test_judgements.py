"""Examiners judge links in fixed words, with reasons, each on what they saw."""

import pytest
from django.core.exceptions import PermissionDenied

from comparison import services
from comparison.models import Judgement, LinkState
from core.errors import Refused, Stale
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.conftest import person


def judge(link, by, conclusion="same-production-run", **changes):
    facts = {
        "confidence": "high",
        "reason": "Serials 8 apart, one casting",
        "version": link.version,
    }
    return services.judge_link(link, by=by, conclusion=conclusion, **{**facts, **changes})


@pytest.fixture
def second(night_raid, soraya, mission):
    """Another examiner of the case."""
    user = person("mateo", display_name="Mateo Ruiz", agency=mission)
    investigations.admit_member(night_raid, user, roles=[Role.EXAMINER], by=soraya)
    return user


def test_an_examiner_confirms_with_a_reason(link, lena):
    judgement = judge(link, lena)

    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED
    assert judgement.explanation == link.explanation
    assert Entry.objects.filter(act="comparison.link_judged", actor=lena).count() == 1


def test_an_exclusion_rejects_and_a_shrug_leaves_it_open(link, lena):
    judge(link, lena, "inconclusive")
    link.refresh_from_db()
    assert link.state == LinkState.PROPOSED

    judge(link, lena, "excluded")
    link.refresh_from_db()
    assert link.state == LinkState.REJECTED


def test_two_examiners_who_disagree_leave_it_disputed(link, lena, second):
    judge(link, lena)
    judge(link, second, "excluded")
    link.refresh_from_db()
    assert link.state == LinkState.DISPUTED

    judge(link, second, "same-make-and-model")
    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED
    assert Judgement.objects.count() == 3


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
    from comparison.models import Link
    from tests.comparison.conftest import GYROSCOPE

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


def test_an_alarm_blocks_until_it_is_resolved(component_of, strike, harbour, lena, reference):
    from comparison.models import Link
    from tests.comparison.conftest import GYROSCOPE

    for incident in (strike, harbour):
        services.propose_links(component_of(incident, "gyroscope-imu", **GYROSCOPE))
    link = Link.objects.get()
    with pytest.raises(Refused, match="alarm"):
        judge(link, lena)

    link = services.resolve_alarm(
        link, by=lena, cause="cloned-label", reason="Two fonts", version=link.version
    )
    assert link.ratio is None
    judge(link, lena, "consistent-with")
    with pytest.raises(Refused):
        services.resolve_alarm(link, by=lena, cause="misread", reason="x", version=link.version)


def test_an_alarm_needs_a_cause_and_a_reason(component_of, strike, harbour, lena, reference):
    from comparison.models import Link
    from tests.comparison.conftest import GYROSCOPE

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
    from comparison.models import Link
    from tests.comparison.conftest import GYROSCOPE

    investigations.admit_member(seizure.case, lena, roles=[Role.EXAMINER], by=soraya)
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE))
    other = GYROSCOPE | {"serial_number": "SN-004128"}
    services.propose_links(component_of(seizure, "gyroscope-imu", by=soraya, **other))
    judge(Link.objects.get(), lena)

    lines = Entry.objects.filter(act="comparison.link_judged")
    assert {line.log for line in lines} == {strike.case_id, seizure.case_id}
    assert all("said_sha256" in line.body and "apart" not in line.body for line in lines)


def test_only_an_administrator_changes_the_method(amal, admin):
    with pytest.raises(PermissionDenied):
        services.adopt_parameters("mine", by=amal, reason="x", part_differs=0.2)
    with pytest.raises(Refused):
        services.adopt_parameters("wrong", by=admin, reason="x", part_differs=7)
    with pytest.raises(Refused):
        services.adopt_parameters("no-reason", by=admin, reason=" ", part_differs=0.2)

    services.adopt_parameters("2027-1", by=admin, reason="A study", part_differs=0.2)
    assert services.current_parameters().part_differs == 0.2
    assert services.current_parameters().version == "2027-1"
