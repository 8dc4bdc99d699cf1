"""Custody through REST: its events and gaps, what is said of them, and what was wrong."""

import pytest

from evidence import services
from evidence.models import CustodyEvent
from ledger.models import Entry


@pytest.fixture
def resealed(gyro, amal, lena):
    """Left under one seal, found under another: a gap between Amal and Lena."""
    services.seal_item(gyro, seal_no="S-1", by=amal)
    services.hand_over(gyro, to=lena, by=amal)
    services.receive_item(gyro, by=lena, seal="S-2", condition="Another bag")
    gyro.refresh_from_db()
    return gyro


def custody(program, item):
    return program.get(f"/api/v1/items/{item.pk}/custody/").json()


def say(program, item, deed, key=None, **words):
    headers = {"Idempotency-Key": key} if key else {}
    there = f"/api/v1/items/{item.pk}/{deed}/"
    return program.post(there, words, format="json", headers=headers)


def test_events_and_gaps_are_told_with_the_ledger_lines_they_stand_on(resealed, rami, as_program):
    told = custody(as_program(rami), resealed)
    kinds = [event["kind"] for event in told["events"]]
    assert kinds == ["received", "transferred-out", "sealed", "collected"]
    newest = told["events"][0]
    line = Entry.objects.about(resealed).get(position=newest["position"])
    assert line.facts["event"] == newest["id"]
    (gap,) = told["gaps"]
    assert (gap["kind"], gap["state"], gap["at"]) == ("other-seal", "open", newest["id"])
    assert gap["words"] == "Left with seal S-1, found with seal S-2."


def test_a_gap_is_explained_by_one_and_waived_by_another(resealed, amal, soraya, rami, as_program):
    (gap,) = custody(as_program(rami), resealed)["gaps"]
    words = {"gap": gap["key"], "words": "Repacked at the airport"}
    lead = as_program(soraya)
    for _sent in range(2):
        assert say(lead, resealed, "explain-gap", key="k-1", **words).status_code == 200
    (gap,) = custody(lead, resealed)["gaps"]
    (note,) = gap["explanations"]
    assert (gap["state"], note["said_by"]) == ("explained", str(soraya.pk))

    accepted = {"explanation": note["id"], "words": "The bag log agrees"}
    own = say(lead, resealed, "waive-gap", **accepted)
    assert own.status_code == 422 and "explained themselves" in own.json()["detail"]
    involved = say(as_program(amal), resealed, "waive-gap", **accepted)
    assert involved.status_code == 422 and "had a part" in involved.json()["detail"]

    reviewer = as_program(rami)
    assert say(reviewer, resealed, "waive-gap", **accepted).status_code == 200
    (gap,) = custody(reviewer, resealed)["gaps"]
    assert gap["state"] == "waived" and gap["waiver"]["said_by"] == str(rami.pk)
    assert gap["waiver"]["explanation"] == note["id"]
    assert say(reviewer, resealed, "waive-gap", **accepted).status_code == 422


def test_the_open_gaps_of_a_case_are_listed_by_exhibit(
    resealed, soraya, rami, omar, as_program, django_assert_max_num_queries
):
    there, case = "/api/v1/items/gaps/", {"case": str(resealed.case_id)}
    program = as_program(rami)
    program.get(there, case)
    with django_assert_max_num_queries(12):
        (row,) = program.get(there, case).json()["results"]
    assert (row["item"], row["exhibit_no"]) == (str(resealed.pk), resealed.exhibit_no)
    assert [gap["state"] for gap in row["gaps"]] == ["open"]
    assert as_program(omar).get(there).json()["results"] == []

    (gap,) = services.gaps_of(resealed)
    note = services.explain_gap(resealed, gap=gap.gap.key, words="Repacked", by=soraya)
    services.waive_gap(note, by=rami, words="So it was")
    assert program.get(there, case).json()["results"] == []


def test_what_was_entered_wrongly_is_corrected_by_a_new_event(gyro, amal, lena, as_program):
    services.store_item(gyro, place="Room 9", by=amal)
    wrong = CustodyEvent.objects.get(to_place="Room 9")
    told = {"event": str(wrong.pk), "reason": "It was never there"}
    answer = say(as_program(lena), gyro, "correct-custody", key="k-2", **told)
    assert answer.status_code == 200 and answer.json()["kept_at"] == ""
    newest = max(custody(as_program(lena), gyro)["events"], key=lambda event: event["seq"])
    assert (newest["kind"], newest["corrects"]) == ("correction", str(wrong.pk))
    assert CustodyEvent.objects.filter(pk=wrong.pk).exists()
    again = say(as_program(lena), gyro, "correct-custody", **told)
    assert again.status_code == 422 and "corrected already" in again.json()["detail"]


def test_words_on_another_exhibit_are_not_taken_for_this_one(
    resealed, strike, soraya, rami, amal, as_program
):
    (gap,) = services.gaps_of(resealed)
    note = services.explain_gap(resealed, gap=gap.gap.key, words="Repacked", by=soraya)
    other = services.log_item(
        resealed.case, by=amal, incident=strike, kind=resealed.kind, description="Another"
    )
    said = {"explanation": str(note.pk), "words": "Fine"}
    answer = say(as_program(rami), other, "waive-gap", **said)
    assert answer.status_code == 422 and "another exhibit" in str(
        answer.json()["errors"]["explanation"]
    )
    assert services.gaps_of(resealed)[0].state == "explained"
