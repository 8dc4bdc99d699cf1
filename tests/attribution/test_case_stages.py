"""The stages of a case: one gate after the other, always with a reason, and the way back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from attribution import services
from core.errors import Refused
from investigations import services as investigations
from investigations.models import Stage
from ledger.models import Entry
from tests.attribution.conftest import approve

WHY = "As the plan of the investigation has it."


def move(case, stage, by, reason=WHY):
    return services.move_case(case, stage, by=by, reason=reason)


@pytest.fixture
def at_analysis(night_raid, gyro, soraya):
    """The case with an exhibit, three stages on."""
    for stage in ("scene", "examination", "analysis"):
        move(night_raid, stage, soraya)
    night_raid.refresh_from_db()
    return night_raid


def test_a_case_comes_to_the_scene_once_an_attack_is_entered(night_raid, soraya, request):
    with pytest.raises(Refused, match="An attack is entered"):
        move(night_raid, "scene", soraya)
    request.getfixturevalue("strike")
    assert move(night_raid, "scene", soraya).stage == Stage.SCENE


def test_no_stage_is_leapt_over_and_every_move_says_why(night_raid, strike, soraya, amal):
    with pytest.raises(Refused, match="One stage at a time: next is “Scene”"):
        move(night_raid, "analysis", soraya)
    with pytest.raises(Refused, match="Say why"):
        move(night_raid, "scene", soraya, reason=" ")
    with pytest.raises(PermissionDenied):
        move(night_raid, "scene", amal)


def test_what_is_left_open_at_a_gate_stands_in_the_ledger(at_analysis, strike, soraya):
    moves = Entry.objects.about(at_analysis).filter(act="investigations.case_stage_changed")
    told = moves.order_by("position")[1].facts
    assert (told["before"], told["after"], told["reason"]) == ("scene", "examination", WHY)
    assert told["left_open"] == ["no-site: 1"]


def test_the_way_back_has_no_gate_but_a_reason(at_analysis, soraya):
    assert move(at_analysis, "scene", soraya).stage == Stage.SCENE


def test_a_review_begins_with_a_finding_that_was_handed_in(at_analysis, technical, amal, soraya):
    with pytest.raises(Refused, match="A finding is handed in"):
        move(at_analysis, "attribution-review", soraya)
    services.submit_finding(technical, by=amal)
    moved = move(at_analysis, "attribution-review", soraya)
    assert (moved.stage, moved.status) == (Stage.REVIEW, "under-review")
    assert move(moved, "analysis", soraya).status == "open"


def test_a_case_is_not_concluded_while_somebody_is_waited_for(at_analysis, technical, amal, soraya):
    services.submit_finding(technical, by=amal)
    with pytest.raises(Refused, match="No finding waits for review or release"):
        services.conclude_case(at_analysis, by=soraya, outcome="not-attributed", reason=WHY)


def test_without_a_released_finding_nothing_is_attributed(at_analysis, soraya):
    with pytest.raises(Refused, match="nothing is attributed yet"):
        services.conclude_case(at_analysis, by=soraya, outcome="attributed", reason=WHY)
    ended = services.conclude_case(at_analysis, by=soraya, outcome="no-attack", reason=WHY)
    assert (ended.stage, ended.status, ended.is_concluded) == ("concluded", "closed", False)
    with pytest.raises(Refused, match="has ended"):
        investigations.change_case_status(ended, "suspended", by=soraya, reason=WHY)


def test_a_release_concludes_the_case_and_its_conclusion_leaves_the_name_free(
    night_raid, released, soraya
):
    night_raid.refresh_from_db()
    assert (night_raid.stage, night_raid.outcome) == ("concluded", "attributed")
    with pytest.raises(Refused, match="A finding stands released"):
        services.conclude_case(night_raid, by=soraya, outcome="no-attack", reason=WHY)
    ended = services.conclude_case(night_raid, by=soraya, outcome="attributed", reason=WHY)
    assert ended.is_concluded
    assert move(ended, "follow-up", soraya).stage == Stage.FOLLOW_UP


def test_a_case_is_taken_up_again_on_a_ground_and_with_a_reason(night_raid, released, soraya):
    night_raid.refresh_from_db()
    with pytest.raises(Refused, match="Say why"):
        investigations.reopen_case(night_raid, by=soraya, ground="new-evidence", reason="")
    again = investigations.reopen_case(night_raid, by=soraya, ground="new-evidence", reason=WHY)
    assert (again.stage, again.status, again.outcome) == ("analysis", "reopened", "")
    line = Entry.objects.about(night_raid).latest("position")
    assert (line.act, line.facts["after"]) == ("investigations.case_reopened", "new-evidence")


def test_a_case_taken_up_again_is_reviewed_and_concluded_by_another_finding(
    night_raid, released, amal, rami, dana, soraya
):
    investigations.reopen_case(night_raid, by=soraya, ground="new-evidence", reason=WHY)
    with pytest.raises(Refused, match="A finding is handed in"):
        move(night_raid, "attribution-review", soraya)
    successor = services.supersede_finding(released, by=amal)
    services.submit_finding(successor, by=amal)
    assert move(night_raid, "attribution-review", soraya).status == "under-review"
    approve(successor, by=rami)
    services.release_finding(successor, by=dana, audience="partners", tlp="amber")
    night_raid.refresh_from_db()
    standing = (night_raid.stage, night_raid.status, night_raid.outcome)
    assert standing == ("concluded", "finding-released", "attributed")


def test_the_conclusion_tells_its_gate_until_it_is_spoken(client, night_raid, released, soraya):
    client.force_login(soraya)
    there = reverse("attribution:case_stage", args=[night_raid.pk])
    page = client.get(there)
    assert "Before the case is concluded" in page.content.decode()
    assert page.context["conclusion_form"]["outcome"].value() == "attributed"
    services.conclude_case(night_raid, by=soraya, outcome="attributed", reason=WHY)
    assert "Before the case is concluded" not in client.get(there).content.decode()
    investigations.reopen_case(night_raid, by=soraya, ground="error", reason=WHY)
    page = client.get(there)
    assert "Before “Attribution review”" in page.content.decode()
    assert page.context["conclusion_form"]["outcome"].value() == "attributed", "F-01 still stands"


def test_a_case_that_never_ended_is_not_reopened_and_its_status_does_not_end_it(night_raid, soraya):
    with pytest.raises(Refused, match="has not ended"):
        investigations.reopen_case(night_raid, by=soraya, ground="error", reason=WHY)
    for status in ("closed", "reopened"):
        with pytest.raises(Refused, match="page of its stages"):
            investigations.change_case_status(night_raid, status, by=soraya, reason=WHY)


def test_the_page_shows_the_gate_and_moves_the_case(client, night_raid, strike, soraya, amal):
    there = reverse("attribution:case_stage", args=[night_raid.pk])
    client.force_login(amal)
    seen = client.get(there).content.decode()
    assert "An attack is entered." in seen and 'id="stage-form"' not in seen
    client.force_login(soraya)
    assert 'id="stage-form"' in client.get(there).content.decode()
    deed = reverse("attribution:case_move", args=[night_raid.pk])
    refused = client.post(deed, {"move-stage": "scene", "move-reason": ""})
    assert refused.status_code == 422
    typed = {"move-stage": "scene", "move-reason": "The guard <b>called</b>."}
    assert client.post(deed, typed).url == there
    told = client.get(there).content.decode()
    assert "The guard &lt;b&gt;called&lt;/b&gt;." in told
    case_page = client.get(reverse("investigations:case_detail", args=[night_raid.pk]))
    assert there in case_page.content.decode()
