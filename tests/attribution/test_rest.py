"""Findings through REST: the same signatures are needed as on the pages."""

from attribution import services
from attribution.models import Citation
from attribution.models.vocabulary import Standard
from comparison.models import Link
from evidence.models import Item
from tests.attribution.conftest import WRITTEN
from tests.comparison.conftest import component_of, gyros, link, other_case, reference

__all__ = ["component_of", "gyros", "link", "other_case", "reference"]
FINDINGS = "/api/v1/findings/"


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


def test_what_is_cited_and_who_dissents_is_told_with_the_finding(
    finding, report, gyro: Item, amal, farid, lena, as_program
):
    services.cite(finding, gyro, by=amal, stance="contrary", remark="It is of another make.")
    services.submit_finding(finding, by=amal)
    services.record_dissent(
        finding, by=farid, text="The launcher was empty.", likelihood="unlikely", confidence="low"
    )
    gyro.refresh_from_db()
    told = as_program(lena).get(f"{FINDINGS}{finding.pk}/").json()
    first, second = told["citations"]
    assert (first["kind"], first["source_report"], first["item"]) == (
        "source_report",
        str(report.pk),
        None,
    )
    assert (second["stance"], second["item"]) == ("contrary", str(gyro.pk))
    assert (second["remark"], second["version_cited"]) == ("It is of another make.", gyro.version)
    assert len(second["sha256_cited"]) == 64
    (dissent,) = told["dissents"]
    assert dissent["author"] == str(farid.pk)
    assert (dissent["text"], dissent["likelihood"], dissent["confidence"]) == (
        "The launcher was empty.",
        "unlikely",
        "low",
    )


def test_a_dissent_that_was_taken_back_is_told_no_more(finding, amal, as_program):
    dissent = services.record_dissent(
        finding, by=amal, text="I am not so sure.", likelihood="unlikely"
    )
    program = as_program(amal)
    assert len(program.get(f"{FINDINGS}{finding.pk}/").json()["dissents"]) == 1
    services.take_back_dissent(dissent, by=amal)
    assert program.get(f"{FINDINGS}{finding.pk}/").json()["dissents"] == []


def test_a_comparison_that_reaches_into_another_case_is_not_named(
    technical, link, other_case, amal, as_program
):
    Citation.objects.create(
        case=technical.case, finding=technical, stance="supports", link=link, version_cited=3
    )
    program = as_program(amal)
    told = program.get(f"{FINDINGS}{technical.pk}/").json()["citations"][1]
    assert (told["kind"], told["link"], told["version_cited"]) == ("link", str(link.pk), 3)
    Link.objects.filter(pk=link.pk).update(other_case=other_case)
    told = program.get(f"{FINDINGS}{technical.pk}/").json()["citations"][1]
    assert (told["kind"], told["link"], told["version_cited"]) == ("link", None, None)


def test_a_list_of_findings_costs_no_question_per_finding(
    making, finding, report, amal, as_program, django_assert_max_num_queries
):
    program = as_program(amal)
    program.get(FINDINGS)
    with django_assert_max_num_queries(9) as few:
        assert len(program.get(FINDINGS).json()["results"]) == 1
    for _each in range(3):
        draft = services.draft_finding(making, by=amal, **WRITTEN)
        services.cite(draft, report, by=amal, stance="supports")
        services.record_dissent(draft, by=amal, text="Too early.", likelihood="unlikely")
    with django_assert_max_num_queries(len(few)):
        assert len(program.get(FINDINGS).json()["results"]) == 4
