"""Comparisons through REST."""

from comparison import services
from comparison.models import Link
from tests.comparison.conftest import GYROSCOPE

JUDGEMENT = {
    "conclusion": "same-production-run",
    "confidence": "high",
    "reason": "Serials eight apart, the same casting.",
}


def test_a_comparison_is_listed_with_its_explanation(link, lena, as_program):
    (row,) = as_program(lena).get("/api/v1/comparisons/").json()["results"]

    assert row["id"] == str(link.pk)
    assert row["explanation"]["rows"]
    assert "times more probable" in row["sentence"]
    assert "match" not in str(row).lower()


def test_an_examiner_judges_with_a_reason(link, lena, as_program):
    program = as_program(lena)
    address = f"/api/v1/comparisons/{link.pk}/judge/"
    judged = program.post(address, {**JUDGEMENT, "version": link.version}, format="json")
    assert judged.status_code == 201, judged.json()
    assert judged.json()["examiners"] == 1

    empty = {**JUDGEMENT, "reason": "", "version": link.version}
    assert program.post(address, empty, format="json").status_code == 422


def test_a_program_takes_a_judgement_back(link, lena, as_program):
    program = as_program(lena)
    there = f"/api/v1/comparisons/{link.pk}"
    assert program.post(f"{there}/withdraw/").status_code == 422
    program.post(f"{there}/judge/", {**JUDGEMENT, "version": link.version}, format="json")
    back = program.post(f"{there}/withdraw/")
    assert back.status_code == 201, back.json()
    assert back.json()["examiners"] == 0


def test_a_program_judges_a_series(link, lena, as_program):
    body = {**JUDGEMENT, "links": [{"id": str(link.pk), "version": link.version}]}
    body.pop("version", None)
    there = "/api/v1/comparisons/series/"
    program, once = as_program(lena), {"HTTP_IDEMPOTENCY_KEY": "series-1"}
    for _twice in range(2):
        done = program.post(there, body, format="json", **once)
        assert done.status_code == 201, done.json()
        assert done.json() == {"judged": [str(link.pk)], "left": []}
    again = program.post(there, body, format="json").json()
    assert again["judged"] == []
    assert "already" in again["left"][0]["why"]
    wrong = {**body, "links": [{"id": str(link.case_id), "version": 1}]}
    assert program.post(there, wrong, format="json").status_code == 422


def test_a_stale_judgement_is_refused(link, lena, as_program):
    body = {**JUDGEMENT, "version": link.version + 1}
    answer = as_program(lena).post(f"/api/v1/comparisons/{link.pk}/judge/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")


def test_an_analyst_may_look_but_not_judge(link, amal, as_program):
    program = as_program(amal)
    body = {**JUDGEMENT, "version": link.version}
    assert program.get(f"/api/v1/comparisons/{link.pk}/").status_code == 200
    answer = program.post(f"/api/v1/comparisons/{link.pk}/judge/", body, format="json")
    assert answer.status_code == 403


def test_an_outsider_finds_nothing(link, omar, as_program):
    program = as_program(omar)
    assert program.get("/api/v1/comparisons/").json()["results"] == []
    assert program.get(f"/api/v1/comparisons/{link.pk}/").status_code == 404


def test_comparisons_are_narrowed(link, lena, as_program):
    program = as_program(lena)
    for query, found in [
        (f"component={link.left_id}", 1),
        ("cross_theatre=true", 1),
        ("cross_theatre=false", 0),
        ("state=rejected", 0),
    ]:
        assert len(program.get(f"/api/v1/comparisons/?{query}").json()["results"]) == found


def test_an_alarm_is_looked_into_before_the_pair_is_judged(
    component_of, strike, harbour, lena, rami, reference, as_program
):
    for incident in (strike, harbour):
        services.propose_links(component_of(incident, "gyroscope-imu", **GYROSCOPE))
    link = Link.objects.get()
    here, program = f"/api/v1/comparisons/{link.pk}", as_program(lena)
    judged = {**JUDGEMENT, "conclusion": "similar", "version": link.version}
    assert program.post(f"{here}/judge/", judged, format="json").status_code == 422

    body = {"cause": "cloned-label", "reason": "Two fonts.", "version": link.version}
    there = f"{here}/resolve-alarm/"
    assert as_program(rami).post(there, body, format="json").status_code == 403
    witched = {**body, "cause": "witchcraft"}
    assert program.post(there, witched, format="json").status_code == 422
    told = program.post(there, body, format="json").json()
    assert (told["alert_cause"], told["alert_reason"]) == ("cloned-label", "Two fonts.")
    assert program.post(there, body, format="json").status_code == 409
    judged["version"] = told["version"]
    assert program.post(f"{here}/judge/", judged, format="json").status_code == 201
