"""Markings, what machines read, times, places and redactions through REST: each takes a second."""

import pytest

from evidence import services
from evidence.models import Marking, Proposal, Redaction
from ledger.models import Entry
from tests.evidence.conftest import board, photo  # noqa: F401  (a component and its photograph)

SEEN = {"kind": "serial", "state": "present-legible", "as_seen": "73-1042"}
FACE = {"left": 100, "top": 100, "width": 250, "height": 500, "reason": "witness-identity"}


@pytest.fixture
def serial(board, amal) -> Marking:  # noqa: F811
    return services.record_marking(board, by=amal, **SEEN)


@pytest.fixture
def proposal(photo) -> Proposal:  # noqa: F811
    """What a machine read on the photograph."""
    facts = {"kind": "ocr", "text": "73-1O42", "engine": "engine 1", "pipeline_version": 1}
    return Proposal.objects.create(case=photo.case, file=photo, **facts)


def post(program, there, key=None, **words):
    headers = {"Idempotency-Key": key} if key else {}
    return program.post(f"/api/v1/{there}", words, format="json", headers=headers)


def refusal(answer):
    assert answer.status_code == 422, answer.json()
    return answer.json()["detail"]


def test_a_second_reader_confirms_letter_by_letter(serial, amal, lena, as_program):
    confirm, said = f"markings/{serial.pk}/confirm/", {"version": 1, "as_seen": "73-1042"}
    assert "another person's" in refusal(post(as_program(amal), confirm, **said))
    second = as_program(lena)
    assert "otherwise" in refusal(post(second, confirm, **{**said, "as_seen": "73-1O42"}))
    told = post(second, confirm, key="k-1", **said).json()
    assert (told["transcription"], told["confirmed_by"]) == ("double-read", str(lena.pk))
    assert post(second, confirm, key="k-1", **said).json() == told
    assert post(second, confirm, **said).status_code == 409


def test_a_marking_is_read_again_by_whoever_has_read_its_newest_version(
    serial, amal, lena, as_program
):
    there, program = f"/api/v1/markings/{serial.pk}/", as_program(lena)
    services.confirm_marking(serial, by=lena, version=1, as_seen="73-1042")
    read = program.get(there)
    said = {"as_seen": "73-1O42"}
    assert program.patch(there, said, format="json").status_code == 428
    stale = program.patch(there, said, format="json", headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    told = program.patch(there, said, format="json", headers={"If-Match": read["ETag"]}).json()
    assert (told["as_seen"], told["transcription"]) == ("73-1O42", "single-read")
    assert (told["transcribed_by"], told["confirmed_by"]) == (str(lena.pk), None)


def test_what_a_machine_read_is_taken_as_a_marking_and_stays_beside_it(
    proposal,
    board,  # noqa: F811
    amal,
    as_program,
):
    program, there = as_program(amal), f"machine-readings/{proposal.pk}/accept/"
    on = {"component": str(board.pk), "kind": "serial", "state": "present-legible"}
    told = post(program, there, key="k-2", **on)
    assert told.status_code == 201
    (key,) = told.json()["markings"]
    marking = program.get(f"/api/v1/markings/{key}/").json()
    assert (marking["transcription"], marking["proposal"]) == ("ocr", str(proposal.pk))
    assert post(program, there, key="k-2", **on).json() == told.json()
    assert "accepted before" in refusal(post(program, there, **on))
    misread = f"machine-readings/{proposal.pk}/refuse/"
    assert "became a marking" in refusal(post(program, misread, reason="An O is no zero"))


def test_what_a_machine_misread_is_refused_with_the_reason_and_stays_to_be_seen(
    proposal,
    board,  # noqa: F811
    amal,
    rami,
    as_program,
):
    there, why = f"machine-readings/{proposal.pk}/refuse/", {"reason": "An O is no zero"}
    assert post(as_program(rami), there, **why).status_code == 403
    program = as_program(amal)
    told = post(program, there, **why).json()
    assert (told["text"], told["refused_because"]) == ("73-1O42", "An O is no zero")
    assert told["refused_by"] == str(amal.pk)
    line = Entry.objects.about(proposal).latest("position")
    assert (line.act, line.facts["text"]) == ("evidence.proposal_refused", "73-1O42")
    on = {"component": str(board.pk), "kind": "serial", "state": "present-legible"}
    assert "was refused" in refusal(post(program, f"machine-readings/{proposal.pk}/accept/", **on))
    assert "refused before" in refusal(post(program, there, **why))
    listed = program.get("/api/v1/machine-readings/", {"file": str(proposal.file_id)}).json()[
        "results"
    ]
    assert [row["id"] for row in listed] == [str(proposal.pk)]


def test_a_time_is_established_by_one_and_reviewed_by_another(
    photo,  # noqa: F811
    amal,
    lena,
    as_program,
):
    author = as_program(amal)
    finding = {
        "file": str(photo.pk),
        "what": "time",
        "method": "shadow-analysis",
        "earliest": "2026-03-14T07:50:00Z",
        "latest": "2026-03-14T08:10:00Z",
    }
    lacking = post(author, "establishments/", **finding)
    assert "rationale" in lacking.json()["errors"]
    finding["rationale"] = "The mast throws a shadow of 4.1 m"
    made = post(author, "establishments/", key="k-3", **finding)
    assert made.status_code == 201 and made.json()["state"] == "proposed"
    assert post(author, "establishments/", key="k-3", **finding).json() == made.json()
    assert author.get(made["Location"]).json() == made.json()

    review = f"establishments/{made.json()['id']}/review/"
    assert "another person's" in refusal(post(author, review, state="reviewed"))
    second = as_program(lena)
    assert "why you dispute" in refusal(post(second, review, state="disputed"))
    told = post(second, review, state="disputed", review_note="The mast leans").json()
    assert (told["state"], told["reviewed_by"]) == ("disputed", str(lena.pk))
    assert "reviewed before" in refusal(post(second, review, state="reviewed"))
    of_the_file = {"file": str(photo.pk), "state": "disputed"}
    assert len(author.get("/api/v1/establishments/", of_the_file).json()["results"]) == 1


def test_a_copy_is_redacted_and_looked_at_by_another(
    photo,  # noqa: F811
    amal,
    lena,
    as_program,
):
    author = as_program(amal)
    asked = post(author, "redactions/", key="k-4", file=str(photo.pk), regions=[FACE])
    assert asked.status_code == 201
    assert (asked.json()["state"], asked.json()["regions"]) == ("waiting", [FACE])
    review = f"redactions/{asked.json()['id']}/review/"
    second = as_program(lena)
    assert "no copy" in refusal(post(second, review, state="accepted"))

    services.draw_redaction(Redaction.objects.get())
    drawn = author.get(asked["Location"]).json()
    copy = author.get(f"/api/v1/files/{drawn['copy']}/").json()
    assert (copy["copy_type"], copy["derived_from"]) == ("redacted", str(photo.pk))
    assert "another person's" in refusal(post(author, review, state="accepted"))
    assert post(second, review, state="accepted").json()["state"] == "accepted"


def test_regions_outside_of_the_picture_are_refused(photo, amal, as_program):  # noqa: F811
    too_far = {**FACE, "left": 900}
    answer = post(as_program(amal), "redactions/", file=str(photo.pk), regions=[too_far])
    assert answer.status_code == 422 and not Redaction.objects.exists()


@pytest.mark.parametrize("room", ["markings", "machine-readings", "establishments", "redactions"])
def test_an_outsider_is_shown_an_empty_list(serial, proposal, omar, as_program, room):
    assert as_program(omar).get(f"/api/v1/{room}/").json()["results"] == []
