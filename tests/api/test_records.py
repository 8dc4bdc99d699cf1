"""Cases, incidents, exhibits, components and files through REST."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Theatre
from core.identity import uuid7
from evidence.models import Component, File, Item
from investigations import services
from investigations.models import Incident
from ledger.models import Entry


def test_a_case_is_opened_by_whoever_may(soraya, amal, as_program):
    body = {"title": "Harbour", "public_title": "An incident", "mandate": "Article 3"}
    opened = as_program(soraya).post("/api/v1/cases/", body, format="json")
    assert opened.status_code == 201, opened.json()
    assert opened.json()["ref"].startswith("VST-")

    refused = as_program(amal).post("/api/v1/cases/", body, format="json")
    assert refused.status_code == 403


def test_an_incident_and_its_exhibit_are_entered(night_raid, amal, as_program):
    program = as_program(amal)
    theatre = Theatre.objects.get(name="Iraq")
    incident = program.post(
        "/api/v1/incidents/",
        {
            "case": str(night_raid.pk),
            "title": "Drone attack",
            "occurred_from": "2026-03-01T18:00:00Z",
            "occurred_precision": "minute",
            "theatre": str(theatre.pk),
            "country": "IQ",
            "attack_mode": "one-way-attack-UAV",
            "launched_min": 2,
        },
        format="json",
    )
    assert incident.status_code == 201, incident.json()
    item = program.post(
        "/api/v1/items/",
        {
            "case": str(night_raid.pk),
            "incident": incident.json()["id"],
            "kind": "gyroscope-imu",
            "description": "Vertical gyroscope",
            "hazards": ["battery-Li"],
        },
        format="json",
    )
    assert item.status_code == 201, item.json()
    assert item.json()["exhibit_no"] == "EV-0001"
    assert item.json()["holder"] == str(amal.pk)


def test_the_seal_is_set_by_a_deed_and_not_by_a_field(gyro, amal, as_program):
    program = as_program(amal)
    body = {"case": str(gyro.case_id), "incident": str(gyro.incident_id), "kind": "pcb"}
    answer = program.post(
        "/api/v1/items/", {**body, "description": "Board", "seal_no": "S-1"}, format="json"
    )
    assert answer.status_code == 422
    assert "seal_no" in answer.json()["errors"]

    sealed = program.post(f"/api/v1/items/{gyro.pk}/seal/", {"seal_no": "S-1"}, format="json")
    assert sealed.json()["seal_no"] == "S-1"


def test_a_broken_rule_is_answered_with_its_sentence(gyro, lena, as_program):
    answer = as_program(lena).post(
        f"/api/v1/items/{gyro.pk}/hand-over/", {"to": "lena"}, format="json"
    )
    assert answer.status_code == 422
    assert "Only its holder" in answer.json()["detail"]


def test_a_colleague_without_the_duty_is_refused(gyro, rami, as_program):
    answer = as_program(rami).post(
        f"/api/v1/items/{gyro.pk}/store/", {"place": "Room 2"}, format="json"
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("deed", ["hand-over", "store", "seal", "break-seal"])
def test_an_outsider_finds_nothing(gyro, omar, as_program, deed):
    program = as_program(omar)
    assert program.get(f"/api/v1/items/{gyro.pk}/").status_code == 404
    assert program.post(f"/api/v1/items/{gyro.pk}/{deed}/", {}, format="json").status_code == 404


def test_nothing_can_be_hung_under_a_case_one_does_not_see(gyro, omar, as_program):
    body = {"case": str(gyro.case_id), "incident": str(gyro.incident_id), "kind": "pcb"}
    answer = as_program(omar).post(
        "/api/v1/items/", {**body, "description": "Board"}, format="json"
    )
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"case", "incident"}
    assert Item.objects.count() == 1


def test_a_component_with_markings_is_described(gyro, amal, as_program):
    program = as_program(amal)
    component = program.post(
        "/api/v1/components/",
        {
            "item": str(gyro.pk),
            "category": "gyroscope-imu",
            "maker_as_marked": "Avionica",
            "serial_number": "73-1042",
            "serial_state": "present-legible",
        },
        format="json",
    )
    assert component.status_code == 201, component.json()
    marked = program.post(
        f"/api/v1/components/{component.json()['id']}/markings/",
        {"kind": "serial", "state": "present-legible", "as_seen": "73-1042"},
        format="json",
    )
    assert marked.status_code == 201, marked.json()
    assert marked.json()["markings"][0]["transcribed_by"] == str(amal.pk)
    assert Component.objects.count() == 1


def test_a_removed_marking_bears_no_text(gyro, amal, as_program):
    program = as_program(amal)
    component = program.post(
        "/api/v1/components/", {"item": str(gyro.pk), "category": "pcb"}, format="json"
    ).json()
    answer = program.post(
        f"/api/v1/components/{component['id']}/markings/",
        {"kind": "serial", "state": "removed-ground", "as_seen": "73"},
        format="json",
    )
    assert answer.status_code == 422
    assert "has no text" in str(answer.json())


def test_a_file_is_hashed_by_the_server_and_kept_once(gyro, amal, as_program):
    program, content = as_program(amal), b"log of the flight"

    def send(**more):
        sent = SimpleUploadedFile("../../flight.log", content)
        body = {"case": str(gyro.case_id), "item": str(gyro.pk), "file": sent, **more}
        return program.post("/api/v1/files/", body, format="multipart")

    first, again = send(), send()
    assert first.status_code == 201, first.json()
    assert first.json()["sha256"] == hashlib.sha256(content).hexdigest()
    assert first.json()["name"] == "flight.log"
    assert first.json()["id"] == again.json()["id"]
    assert File.objects.count() == 1


def test_a_file_that_arrives_altered_is_refused_and_nothing_is_stored(gyro, amal, as_program):
    body = {"case": str(gyro.case_id), "sha256": "0" * 64}
    answer = as_program(amal).post(
        "/api/v1/files/", {**body, "file": SimpleUploadedFile("a", b"x")}, format="multipart"
    )
    assert answer.status_code == 422
    assert "arrived altered" in answer.json()["detail"]
    assert not File.objects.exists()


def test_lists_are_cut_by_cursor(night_raid, strike, harbour, amal, as_program):
    program = as_program(amal)
    first = program.get("/api/v1/incidents/?limit=1").json()
    second = program.get(first["next"]).json()
    refs = {first["results"][0]["ref"], second["results"][0]["ref"]}
    assert refs == {strike.ref, harbour.ref}


def test_lists_are_narrowed(night_raid, strike, harbour, amal, as_program):
    theatre = Theatre.objects.get(name="Yemen")
    found = as_program(amal).get(f"/api/v1/incidents/?theatre={theatre.pk}").json()["results"]
    assert [row["ref"] for row in found] == [harbour.ref]


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    night_raid, strike, amal, as_program, django_assert_max_num_queries
):
    program = as_program(amal)
    program.get("/api/v1/incidents/")
    for number in range(20):
        Incident.objects.create(case=night_raid, ref=f"INC-1{number}", title="Attack")
    with django_assert_max_num_queries(4):
        assert len(program.get("/api/v1/incidents/").json()["results"]) == 21


def test_the_document_describes_every_address(amal, as_program):
    document = as_program(amal).get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert {"/api/v1/cases/", "/api/v1/items/{id}/hand-over/"} <= set(document["paths"])


def test_what_a_program_does_stands_in_the_ledger(gyro, amal, as_program):
    as_program(amal).post(f"/api/v1/items/{gyro.pk}/seal/", {"seal_no": "S-9"}, format="json")
    entry = Entry.objects.about(gyro).last()
    assert (entry.act, entry.actor) == ("evidence.item_sealed", amal)


def test_a_hidden_record_and_none_at_all_narrow_alike(as_program, gyro, soraya, amal):
    case = services.open_case(soraya, title="Hidden", public_title="Hidden", mandate="Article 4")
    incident = services.enter_incident(case, by=soraya, title="Hidden")
    hidden = {"case": case.pk, "incident": incident.pk}
    program = as_program(amal)
    for name, key in hidden.items():
        told = [
            program.get(f"/api/v1/items/?{name}={one}")
            for one in (key, "01a20987-a4e8-7000-8000-000000000000")
        ]
        assert [answer.status_code for answer in told] == [422, 422]
        assert told[0].content == told[1].content
    assert len(program.get(f"/api/v1/items/?case={gyro.case_id}").json()["results"]) == 1


def test_the_case_of_a_new_exhibit_is_read_along_with_its_incident(
    night_raid, strike, amal, as_program, django_assert_num_queries
):
    program = as_program(amal)
    facts = {"incident": str(strike.pk), "kind": "pcb", "description": "Circuit board"}

    def enter(case):
        answer = program.post("/api/v1/items/", {**facts, "case": case}, format="json")
        assert answer.status_code == 201, answer.json()

    enter(str(night_raid.pk))
    with CaptureQueriesContext(connection) as along:
        enter(str(night_raid.pk))
    with django_assert_num_queries(len(along) + 1):
        enter(str(night_raid.pk).upper())  # the same key, not word for word: it is looked up


def test_each_wrong_entry_of_a_list_is_named_by_its_number(gyro, amal, as_program):
    body = {"exhibits": [str(gyro.pk), str(unseen := uuid7()), "no id", None]}
    told = as_program(amal).post("/api/v1/examinations/", body, format="json").json()
    wrong = {path: said for path, said in told["errors"].items() if "exhibits" in path}
    assert set(wrong) == {"exhibits/1", "exhibits/2", "exhibits/3"}
    assert str(unseen) in wrong["exhibits/1"][0]


@pytest.mark.parametrize("said", ["gyro", 7, {"a": "b"}])
def test_what_is_no_list_of_references_is_told_as_a_whole(amal, as_program, said):
    told = as_program(amal).post("/api/v1/examinations/", {"exhibits": said}, format="json").json()
    assert any(path.startswith("exhibits") for path in told["errors"])
