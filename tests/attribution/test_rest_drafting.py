"""A draft in many hands through REST: authors, citations, dissents, and the successor."""

from attribution import services
from attribution.models import Finding
from ledger.models import Entry

FINDINGS = "/api/v1/findings/"


def test_a_colleague_who_is_let_in_reads_and_writes_the_draft(
    finding, amal, farid, lena, as_program
):
    author, colleague, here = as_program(amal), as_program(farid), f"{FINDINGS}{finding.pk}/"
    assert colleague.get(here).status_code == 404
    let_in = author.post(f"{here}admit-author/", {"author": "farid"}, format="json")
    assert let_in.status_code == 200, let_in.json()
    assert str(farid.pk) in let_in.json()["authors"]
    read = colleague.get(here)
    body = {"limits": "The serial plate is missing."}
    assert colleague.patch(here, body, format="json", HTTP_IF_MATCH=read["ETag"]).status_code == 200

    examiner = author.post(f"{here}admit-author/", {"author": lena.username}, format="json")
    assert examiner.status_code == 422
    assert "analyst" in examiner.json()["detail"]


def test_a_citation_is_taken_out_and_the_ledger_remembers_it(
    finding, technical, report, amal, as_program
):
    program, here = as_program(amal), f"{FINDINGS}{finding.pk}/"
    (cited,) = program.get(here).json()["citations"]
    elsewhere = f"{FINDINGS}{technical.pk}/remove-citation/"
    wrong = program.post(elsewhere, {"citation": cited["id"]}, format="json")
    assert wrong.status_code == 422
    assert "another finding" in wrong.json()["errors"]["citation"][0]

    told = program.post(f"{here}remove-citation/", {"citation": cited["id"]}, format="json")
    assert told.json()["citations"] == []
    line = Entry.objects.about(finding).get(act="attribution.citation_removed")
    assert line.facts["thing"] == str(report.pk)


def test_nothing_is_taken_out_of_what_was_handed_in(finding, amal, as_program):
    program, here = as_program(amal), f"{FINDINGS}{finding.pk}/"
    (cited,) = program.get(here).json()["citations"]
    services.submit_finding(finding, by=amal)
    kept = program.post(f"{here}remove-citation/", {"citation": cited["id"]}, format="json")
    assert kept.status_code == 422
    assert len(program.get(here).json()["citations"]) == 1


def test_only_its_author_takes_a_dissent_back_and_only_before_the_review(
    finding, amal, soraya, as_program
):
    here = f"{FINDINGS}{finding.pk}/take-back-dissent/"
    first, second = (
        services.record_dissent(finding, by=amal, likelihood="unlikely", text=words)
        for words in ("I am not so sure.", "The launcher was empty.")
    )
    body = {"dissent": str(first.pk)}
    assert as_program(soraya).post(here, body, format="json").status_code == 403
    told = as_program(amal).post(here, body, format="json")
    assert [one["id"] for one in told.json()["dissents"]] == [str(second.pk)]

    services.submit_finding(finding, by=amal)
    late = as_program(amal).post(here, {"dissent": str(second.pk)}, format="json")
    assert late.status_code == 422
    assert "Review has begun" in late.json()["detail"]


def test_a_successor_begins_where_the_released_one_stands(released, amal, omar, as_program):
    program, here = as_program(amal), f"{FINDINGS}{released.pk}/supersede/"
    assert as_program(omar).post(here).status_code == 404
    begun = program.post(here, HTTP_IDEMPOTENCY_KEY="anew-1")
    assert begun.status_code == 201, begun.json()
    told = begun.json()
    assert (told["supersedes"], told["status"]) == (str(released.pk), "draft")
    assert told["statement"] == released.statement
    assert begun["Location"].endswith(f"{FINDINGS}{told['id']}/")
    assert program.post(here, HTTP_IDEMPOTENCY_KEY="anew-1").json() == told
    assert Finding.objects.filter(supersedes=released).count() == 1
    assert "already" in program.post(here).json()["detail"]
