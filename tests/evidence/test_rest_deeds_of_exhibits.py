"""Exhibits, files, examinations and storage through REST: what only pages did once."""

import pytest

from evidence import services
from evidence.models import Regrouping
from tests.evidence.test_exams import ask, begun, institute, report, vera
from tests.evidence.test_regrouping import log
from tests.evidence.test_storage import box, house, idris, room

__all__ = ["ask", "begun", "box", "house", "idris", "institute", "room", "vera"]


@pytest.fixture
def here(gyro):
    return f"/api/v1/items/{gyro.pk}"


def test_what_is_lost_is_said_by_a_person_and_found_again(gyro, here, amal, rami, as_program):
    program, searched = as_program(amal), {"reason": "Both rooms were searched."}
    assert (
        as_program(rami).post(f"{here}/declare-lost/", searched, format="json").status_code == 403
    )
    lost = program.post(f"{here}/declare-lost/", searched, format="json")
    assert (lost.status_code, lost.json()["status"]) == (200, "lost")

    nowhere = {"place": " ", "condition": "Whole"}
    assert program.post(f"{here}/declare-found/", nowhere, format="json").status_code == 422
    there = {"place": "Drawer 3", "condition": "Whole", "seal": ""}
    found = program.post(f"{here}/declare-found/", there, format="json").json()
    assert (found["holder"], found["kept_at"]) == (str(amal.pk), "Drawer 3")
    again = program.post(f"{here}/declare-found/", there, format="json")
    assert again.status_code == 422


def test_a_joining_is_read_and_corrected_once(gyro, here, amal, as_program):
    rotor = log(gyro, amal, "Rotor")
    program = as_program(amal)
    program.post(f"{here}/join/", {"parts": [str(rotor.pk)], "reason": "They fit."}, format="json")
    (join,) = program.get(f"{here}/regroupings/").json()
    assert (join["kind"], join["item"], join["parts"]) == ("join", str(gyro.pk), [str(rotor.pk)])

    body = {"join": join["id"], "reason": "Another rotor was found."}
    wrong = program.post(f"/api/v1/items/{rotor.pk}/correct-join/", body, format="json")
    assert "another exhibit" in wrong.json()["errors"]["join"][0]
    assert program.post(f"{here}/correct-join/", body, format="json").status_code == 200
    rotor.refresh_from_db()
    assert rotor.parent_id is None
    newest, first = program.get(f"{here}/regroupings/").json()
    assert (newest["kind"], newest["corrects"]) == ("unjoin", first["id"])
    assert program.post(f"{here}/correct-join/", body, format="json").status_code == 422


def test_parts_that_a_reader_may_not_see_are_not_named(gyro, here, amal, as_program):
    services.join_items(gyro, [log(gyro, amal, "Rotor")], by=amal, reason="They fit.")
    Regrouping.objects.update(parts=[gyro.case_id])
    assert as_program(amal).get(f"{here}/regroupings/").json()[0]["parts"] == []


def test_exhibits_are_put_away_together_or_not_at_all(gyro, box, room, amal, omar, as_program):
    rotor, program = log(gyro, amal, "Rotor"), as_program(amal)
    there = "/api/v1/items/put-away/"
    body = {"items": [str(gyro.pk), str(rotor.pk)], "storage": str(box.pk)}
    assert as_program(omar).post(there, body, format="json").status_code == 422
    key = {"HTTP_IDEMPOTENCY_KEY": "shelf-1"}
    done = program.post(there, body, format="json", **key)
    assert (done.status_code, set(done.json()["items"])) == (200, set(body["items"]))
    assert program.post(there, body, format="json", **key).json() == done.json()

    third = log(gyro, amal, "Housing")
    full = {"items": [str(third.pk), str(gyro.pk)], "storage": str(box.pk)}
    refused = program.post(there, full, format="json")
    assert refused.status_code == 422
    third.refresh_from_db()
    assert third.storage_id is None


def test_a_file_gets_its_caption_and_how_it_was_acquired(photo, amal, rami, as_program):
    program, there = as_program(amal), f"/api/v1/files/{photo.pk}"
    shown = {"caption": "The housing from the left", "in_situ": True}
    told = program.post(f"{there}/caption/", shown, format="json").json()
    assert (told["caption"], told["in_situ"]) == ("The housing from the left", True)
    assert as_program(rami).post(f"{there}/caption/", shown, format="json").status_code == 403

    program.post(f"{there}/acquisition/", {"tool": "dd", "tool_version": "9.1"}, format="json")
    by_whom = {"acquired_by": "Amal", "acquired_at": "2026-03-02T10:00:00Z"}
    told = program.post(f"{there}/acquisition/", by_whom, format="json").json()
    assert (told["tool"], told["tool_version"], told["acquired_by"]) == ("dd", "9.1", "Amal")
    odd = program.post(f"{there}/acquisition/", {"acquisition_method": "magic"}, format="json")
    assert odd.status_code == 422


def test_a_result_goes_back_to_whoever_examined(begun, lena, vera, as_program):
    report(begun, lena)
    there, reason = f"/api/v1/examinations/{begun.pk}/reopen/", {"reason": "No blank was run."}
    own = as_program(lena).post(there, reason, format="json")
    assert own.status_code == 422
    told = as_program(vera).post(there, reason, format="json").json()
    assert (told["state"], told["state_reason"]) == ("begun", "No blank was run.")


def test_destruction_is_asked_for_again_and_agreed_to_by_nobody_through_rest(
    ask, amal, dana, as_program
):
    exam = ask(why_destructive="The core must be cut.")
    there = f"/api/v1/examinations/{exam.pk}/ask-destruction/"
    why = {"reason": "The X-ray shows nothing."}
    assert as_program(amal).post(there, why, format="json").status_code == 422
    (waiting,) = as_program(amal).get("/api/v1/requests/").json()["results"]
    as_program(dana).post(
        f"/api/v1/requests/{waiting['id']}/refuse/", {"reason": "Not yet."}, format="json"
    )
    assert as_program(amal).post(there, why, format="json").json()["state"] == "requested"
    states = [each["state"] for each in as_program(amal).get("/api/v1/requests/").json()["results"]]
    assert sorted(states) == ["refused", "waiting"]


def test_a_place_is_carried_closed_and_opened_again(room, house, idris, amal, as_program):
    keeper, there = as_program(idris), f"/api/v1/places/{room.pk}"
    annex = services.open_place(room.agency, by=idris, name="Annex", kind="site")
    to = {"to": str(annex.pk)}
    assert as_program(amal).post(f"{there}/move/", to, format="json").status_code == 403
    told = keeper.post(f"{there}/move/", to, format="json").json()
    assert (told["parent"], told["path"]) == (str(annex.pk), "Annex › Room 2")
    itself = keeper.post(f"{there}/move/", {"to": str(room.pk)}, format="json")
    assert itself.status_code == 422

    closed = keeper.post(f"{there}/retire/", {"reason": "It is damp."}, format="json").json()
    assert closed["retired_at"] is not None
    twice = keeper.post(f"{there}/retire/", {"reason": "It is damp."}, format="json")
    assert twice.status_code == 422
    assert keeper.post(f"{there}/reopen/").json()["retired_at"] is None


def test_a_place_with_something_in_it_stays_open(gyro, room, idris, amal, as_program):
    services.store_item(gyro, by=amal, storage=room)
    told = as_program(idris).post(
        f"/api/v1/places/{room.pk}/retire/", {"reason": "It is damp."}, format="json"
    )
    assert told.status_code == 422
    assert "Move it first" in told.json()["detail"]
