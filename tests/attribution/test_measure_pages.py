"""Measures in the browser and by program: entered, followed, and told as they are."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from attribution import services
from attribution.models import FollowUp, Measure
from core.zones import today as due_today
from tests.attribution.test_measures import ago, announce, told, watch

MEASURES, FOLLOW_UPS = "/api/v1/measures/", "/api/v1/follow-ups/"


def at(name, *args):
    return reverse(f"attribution:{name}", args=args)


def words(answer) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def measure(blamed, brigade, amal):
    """The designation of the brigade, announced long ago."""
    return announce(blamed, by=amal, target=brigade, day=ago(120))


def test_a_measure_is_entered_from_the_page_of_its_finding(client, blamed, brigade, amal):
    client.force_login(amal)
    new = at("measure_create", blamed.pk)
    assert new in client.get(at("finding_detail", blamed.pk)).content.decode()
    shown = client.get(new).context["form"]
    assert shown["target"].value() == brigade.pk
    typed = {
        "kind": "asset-freeze", "authority": "Central bank", "target": brigade.pk,
        "step": "announced", "day": str(timezone.localdate()), "url": "https://bank.example/7",
    }  # fmt: skip
    page = words(client.post(new, typed, follow=True))
    for said in ("Asset freeze", "Central bank", "Cormorant Brigade", "https://bank.example/7"):
        assert said in page
    assert "Subject of a hypothesis" not in page, "here the finding stands released"
    finding = words(client.get(at("finding_detail", blamed.pk)))
    assert "ME-0001" in finding and "Words only: nothing was carried out" in finding


def test_a_finding_that_is_not_released_offers_no_measure_and_takes_none(client, technical, amal):
    client.force_login(amal)
    new = at("measure_create", technical.pk)
    assert new not in client.get(at("finding_detail", technical.pk)).content.decode()
    typed = {
        "kind": "asset-freeze", "authority": "Central bank", "step": "announced",
        "day": str(timezone.localdate()),
    }  # fmt: skip
    answer = client.post(new, typed)
    assert answer.status_code == 422
    assert "does not stand released" in words(answer) and "Central bank" in answer.content.decode()


def test_steps_and_their_corrections_stand_on_the_page(client, measure, amal):
    client.force_login(amal)
    there = at("measure_step", measure.pk)
    step = {"kind": "in-force", "day": str(ago(1)), "legal_ref": "L 14", "words": ""}
    assert client.post(there, step).status_code == 302
    wrong = told(measure, amal).last_step
    mended = {"kind": "adopted", "day": str(ago(1)), "corrects": str(wrong.pk)}
    refused = client.post(there, mended)
    assert refused.status_code == 422 and "Say why it was wrong" in words(refused)
    client.post(there, {**mended, "words": "Not yet in force."})
    page = words(client.get(at("measure_detail", measure.pk)))
    for said in ("corrected by step 3", "corrects step 2", "Not yet in force.", "L 14"):
        assert said in page
    assert "not carried out" in page


def test_accountability_tells_words_silence_and_what_is_overdue(
    client, measure, night_raid, amal, rami
):
    watch(measure, by=amal, owner=rami, due=due_today() - timedelta(days=1))
    client.force_login(amal)
    account = at("accountability", night_raid.pk)
    page = words(client.get(account))
    for said in (
        *("Words only: nothing was carried out", "no step for 120 days", "1 measure overdue"),
        "follow-up overdue",
    ):
        assert said in page
    assert "no step for" not in words(client.get(account, {"days": "180"}))
    assert "no step for" in words(client.get(account, {"days": "soon"}))
    case = client.get(reverse("investigations:case_detail", args=[night_raid.pk]))
    assert account in case.content.decode()


def test_before_a_release_accountability_names_nobody(client, night_raid, finding, amal):
    client.force_login(amal)
    page = words(client.get(at("accountability", night_raid.pk)))
    assert "No finding was released" in page and "Cormorant" not in page


def test_a_measure_on_a_withdrawn_finding_says_so(client, measure, blamed, amal, dana):
    services.withdraw_finding(blamed, by=dana, reason="The witness retracted.")
    client.force_login(amal)
    page = words(client.get(at("measure_detail", measure.pk)))
    assert "was withdrawn since" in page and "The witness retracted." in page


def test_a_follow_up_is_set_put_off_and_closed(client, measure, amal, rami):
    client.force_login(amal)
    typed = {
        "trigger": "delisting-request", "task": "Answer the lawyer", "owner": rami.pk,
        "due": str(due_today() + timedelta(days=9)),
    }  # fmt: skip
    client.post(at("followup_create", measure.pk), typed)
    follow_up = FollowUp.objects.get()
    later = {**typed, "version": "1", "due": str(due_today() + timedelta(days=20))}
    assert client.post(at("followup_edit", follow_up.pk), later).status_code == 302
    client.force_login(rami)
    assert client.get(at("followup_edit", follow_up.pk)).status_code == 403
    page = client.post(at("followup_close", follow_up.pk), {"outcome": "Refused."}, follow=True)
    assert "Refused." in words(page)
    assert "Answer the lawyer" in words(client.get(at("measure_detail", measure.pk)))


def test_somebody_who_was_faster_is_told_beside_what_was_typed(client, measure, amal):
    services.amend_measure(measure, by=amal, version=1, programme="Regime 3")
    client.force_login(amal)
    typed = {"kind": measure.kind, "authority": "Council", "programme": "", "version": "1"}
    answer = client.post(at("measure_edit", measure.pk), typed)
    assert answer.status_code == 409 and "Regime 3" in answer.content.decode()


def test_programs_enter_measures_steps_and_follow_ups(blamed, brigade, amal, rami, as_program):
    program = as_program(amal)
    body = {"finding": str(blamed.pk), "target": str(brigade.pk), "kind": "indictment",
            "authority": "Special court", "step": "proposed", "day": str(ago(100))}  # fmt: skip
    entered = program.post(MEASURES, body, format="json")
    assert entered.status_code == 201, entered.json()
    assert (entered.json()["finding"], entered.json()["state"]) == (str(blamed.pk), "proposed")
    there = f"{MEASURES}{entered.json()['id']}/"
    match = {"If-Match": entered.headers["ETag"]}
    amended = program.patch(there, {"programme": "Docket 4"}, format="json", headers=match)
    assert amended.json()["programme"] == "Docket 4"
    stale = program.patch(there, {"programme": "Docket 5"}, format="json", headers=match)
    assert stale.status_code == 412
    taken = program.post(f"{there}steps/", {"kind": "adopted", "day": str(ago(95))}, format="json")
    assert taken.status_code == 201, taken.json()
    assert [step["seq"] for step in taken.json()["steps"]] == [1, 2]
    account = program.get(f"/api/v1/accountability/{blamed.case_id}/").json()
    (outcome,) = account["outcomes"]
    assert (account["days"], outcome["words_only"]) == (90, True)
    assert outcome["measures"][0]["step_overdue"]
    watched = {"measure": entered.json()["id"], "trigger": "hearing", "task": "Attend",
               "owner": rami.username, "due": str(due_today())}  # fmt: skip
    follow_up = program.post(FOLLOW_UPS, watched, format="json")
    assert follow_up.status_code == 201, follow_up.json()
    closing = f"{FOLLOW_UPS}{follow_up.json()['id']}/close/"
    closed = program.post(closing, {"outcome": "Adjourned."}, format="json")
    assert closed.json()["outcome"] == "Adjourned."
    still_open = program.get(FOLLOW_UPS, {"open": "true"}).json()["results"]
    listed = program.get(MEASURES, {"finding": str(blamed.pk)}).json()["results"]
    assert (still_open, [one["ref"] for one in listed]) == ([], ["ME-0001"])


def test_a_program_enters_nothing_on_what_is_not_released(technical, amal, as_program):
    body = {"finding": str(technical.pk), "kind": "indictment", "authority": "Special court",
            "step": "proposed"}  # fmt: skip
    answer = as_program(amal).post(MEASURES, body, format="json")
    assert answer.status_code == 422
    assert not Measure.objects.exists()


def test_accountability_asks_a_fixed_number_of_questions(
    client, blamed, night_raid, amal, django_assert_max_num_queries
):
    for _number in range(8):
        announce(blamed, by=amal)
    client.force_login(amal)
    with django_assert_max_num_queries(22):
        client.get(at("accountability", night_raid.pk))
