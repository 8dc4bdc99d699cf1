"""Findings through REST: the same signatures are needed as on the pages."""

from attribution.models.vocabulary import Standard
from evidence.models import Item
from tests.attribution.conftest import WRITTEN


def drafted(program, hypothesis):
    body = {**WRITTEN, "hypothesis": str(hypothesis.pk)}
    answer = program.post("/api/v1/findings/", body, format="json")
    assert answer.status_code == 201, answer.json()
    return answer.json()["id"]


def test_a_finding_goes_its_way_only_through_other_hands(
    making, gyro: Item, amal, rami, dana, as_program
):
    author, reviewer, authority = as_program(amal), as_program(rami), as_program(dana)
    finding = drafted(author, making)
    here = f"/api/v1/findings/{finding}"
    citation = {"item": str(gyro.pk), "stance": "supports"}
    assert author.post(f"{here}/cite/", citation, format="json").status_code == 201
    release = {"audience": "partners", "tlp": "amber"}

    assert author.post(f"{here}/submit/").json()["status"] == "in-review"
    assert authority.post(f"{here}/release/", release, format="json").status_code == 422
    approval = {"verdict": "approve", "standards_met": Standard.values}
    assert author.post(f"{here}/review/", approval, format="json").status_code == 403
    assert reviewer.post(f"{here}/review/", approval, format="json").json()["status"] == "approved"
    assert reviewer.post(f"{here}/release/", release, format="json").status_code == 403
    released = authority.post(f"{here}/release/", release, format="json")
    assert released.json()["status"] == "released"


def test_a_draft_is_not_for_the_corridor(hypothesis, amal, farid, lena, omar, as_program):
    finding = drafted(as_program(amal), hypothesis)
    for colleague in (farid, lena, omar):
        program = as_program(colleague)
        assert program.get("/api/v1/findings/").json()["results"] == []
        assert program.get(f"/api/v1/findings/{finding}/").status_code == 404


def test_a_sentence_mixing_both_measures_is_refused(hypothesis, amal, as_program):
    body = {
        **WRITTEN,
        "hypothesis": str(hypothesis.pk),
        "statement": "It is very likely, and we say so with high confidence.",
    }
    answer = as_program(amal).post("/api/v1/findings/", body, format="json")
    assert answer.status_code == 422
    assert "statement" in answer.json()["errors"]


def test_an_incomplete_finding_is_not_handed_in(hypothesis, amal, as_program):
    program = as_program(amal)
    finding = drafted(program, hypothesis)
    answer = program.post(f"/api/v1/findings/{finding}/submit/")
    assert answer.status_code == 422
    assert "Cite at least one" in answer.json()["detail"]


def test_exactly_one_thing_is_cited_at_a_time(making, gyro, amal, as_program):
    program = as_program(amal)
    here = f"/api/v1/findings/{drafted(program, making)}/cite/"
    assert program.post(here, {"stance": "supports"}, format="json").status_code == 422


def test_from_the_fifth_level_on_a_second_authority_signs(
    hypothesis, gyro, amal, rami, dana, mira, as_program
):
    author, first, second = as_program(amal), as_program(dana), as_program(mira)
    here = f"/api/v1/findings/{drafted(author, hypothesis)}"
    author.post(f"{here}/cite/", {"item": str(gyro.pk), "stance": "supports"}, format="json")
    author.post(f"{here}/submit/")
    approval = {"verdict": "approve", "standards_met": Standard.values}
    as_program(rami).post(f"{here}/review/", approval, format="json")

    release = {"audience": "partners", "tlp": "amber"}
    assert first.post(f"{here}/release/", release, format="json").json()["status"] == "approved"
    assert first.post(f"{here}/confirm-release/").status_code in {403, 422}
    assert second.post(f"{here}/confirm-release/").json()["status"] == "released"
