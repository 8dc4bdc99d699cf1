"""Hypotheses through REST: they compete by the same rules as on the pages."""

import pytest

from attribution import services
from attribution.models import Hypothesis
from investigations import services as investigations
from tests.attribution.conftest import WRITTEN

HYPOTHESES = "/api/v1/hypotheses/"


@pytest.fixture
def program(amal, as_program):
    """A program of Amal's."""
    return as_program(amal)


def here(hypothesis):
    return f"{HYPOTHESES}{hypothesis.pk}/"


def test_the_first_is_proposed_with_its_rivals_and_bears_a_finding(program, night_raid, brigade):
    body = {"case": str(night_raid.pk), "statement": "The brigade launched the drone.",
            "level": 5, "subject": str(brigade.pk)}  # fmt: skip
    refused = program.post(HYPOTHESES, body, format="json")
    assert (refused.status_code, set(refused.json()["errors"])) == (422, {"refuted_by"})
    body["refuted_by"] = "The launcher of another group."
    proposed = program.post(HYPOTHESES, body, format="json")
    assert proposed.status_code == 201, proposed.json()
    told = proposed.json()
    assert (told["ref"], told["kind"], told["status"]) == ("H-01", "ordinary", "active")
    listed = program.get(f"{HYPOTHESES}?case={night_raid.pk}&status=active").json()["results"]
    assert {one["kind"] for one in listed} == {"ordinary", "other", "deception"}
    finding = {**WRITTEN, "hypothesis": told["id"]}
    drafted = program.post("/api/v1/findings/", finding, format="json")
    assert (drafted.status_code, drafted.json()["hypothesis"]) == (201, told["id"])


def test_it_is_reworded_by_whoever_read_it_last(program, hypothesis):
    read = program.get(here(hypothesis))
    match = {"If-Match": read.headers["ETag"]}
    words = {"refuted_by": "The launcher of another group."}
    amended = program.patch(here(hypothesis), words, format="json", headers=match)
    assert (amended.json()["refuted_by"], amended.json()["version"]) == (words["refuted_by"], 2)
    again = program.patch(here(hypothesis), words, format="json", headers=match)
    assert again.status_code == 412


def test_what_a_finding_rests_on_is_not_reworded(program, hypothesis, finding):
    match = {"If-Match": program.get(here(hypothesis)).headers["ETag"]}
    body = {"statement": "Somebody else."}
    answer = program.patch(here(hypothesis), body, format="json", headers=match)
    assert answer.status_code == 422
    assert "A finding rests on this hypothesis." in answer.json()["detail"]


def test_it_is_rejected_with_a_reason_and_reinstated(program, hypothesis, rival, making):
    assert program.post(f"{here(hypothesis)}reject/", {}, format="json").status_code == 422
    reason = {"reason": "The launcher was elsewhere."}
    rejected = program.post(f"{here(hypothesis)}reject/", reason, format="json").json()
    assert (rejected["status"], rejected["status_reason"]) == ("rejected", reason["reason"])
    answer = program.post(f"{here(rival)}reject/", reason, format="json")
    assert "At least two proposed hypotheses must compete" in answer.json()["detail"]
    back = program.post(f"{here(hypothesis)}reinstate/").json()
    assert (back["status"], back["status_reason"]) == ("active", "")


def test_a_newer_one_takes_its_place_and_keeps_what_was_not_said_anew(
    program, hypothesis, finding, brigade
):
    body = {"statement": "Part of the brigade launched the drone."}
    newer = program.post(f"{here(hypothesis)}supersede/", body, format="json")
    assert newer.status_code == 201, newer.json()
    told = newer.json()
    assert newer.headers["Location"] == f"{HYPOTHESES}{told['id']}/"
    assert (told["statement"], told["level"]) == (body["statement"], 5)
    assert (told["subject"], told["supersedes"]) == (str(brigade.pk), str(hypothesis.pk))
    older = program.get(here(hypothesis)).json()
    assert (older["status"], older["status_reason"]) == ("superseded", told["ref"])
    found = program.get(f"{HYPOTHESES}?supersedes={hypothesis.pk}&fields=ref").json()["results"]
    assert found == [{"id": told["id"], "ref": told["ref"]}]


def test_a_finding_is_told_with_its_hypothesis_in_place_of_the_id(program, hypothesis, finding):
    told = program.get(f"/api/v1/findings/{finding.pk}/?expand=hypothesis.subject").json()
    assert told["hypothesis"]["statement"] == hypothesis.statement
    assert told["hypothesis"]["subject"]["name"] == "Cormorant Brigade"


def test_a_subject_of_another_case_is_refused(night_raid, soraya, amal, as_program):
    other = investigations.open_case(soraya, title="T", public_title="P", mandate="M")
    heron = services.enter_actor(other, by=soraya, name="Heron", kind="cell")
    body = {"case": str(night_raid.pk), "statement": "Heron did.", "subject": str(heron.pk)}
    body["refuted_by"] = "A record of Heron elsewhere."
    answer = as_program(soraya).post(HYPOTHESES, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "refused")
    unknown = as_program(amal).post(HYPOTHESES, body, format="json")
    assert (unknown.status_code, set(unknown.json()["errors"])) == (422, {"subject"})
    assert not Hypothesis.objects.exists()


def test_colleagues_read_and_outsiders_learn_of_nothing(hypothesis, lena, omar, as_program):
    examiner, stranger = as_program(lena), as_program(omar)
    assert len(examiner.get(HYPOTHESES).json()["results"]) == 3
    reason = {"reason": "No."}
    assert examiner.post(f"{here(hypothesis)}reject/", reason, format="json").status_code == 403
    assert stranger.get(HYPOTHESES).json()["results"] == []
    assert stranger.get(here(hypothesis)).status_code == 404
