"""Programs share with peers as people do on pages: asked, agreed to, read beside ours, accepted."""

from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from accounts.services import issue_token
from core.identity import uuid7
from exchange import services
from exchange.models import Delivery, Peer, Shipment
from investigations import services as investigations
from investigations.models import Incident
from tests.exchange.peering import delivered

pytestmark = pytest.mark.django_db
SHIPMENTS, DELIVERIES = "/api/v1/shipments/", "/api/v1/deliveries/"
RECORDS, PEERS = "/api/v1/delivered-records/", "/api/v1/peers/"
OPENING = {"title": "From the mission", "public_title": "Incident", "mandate": "Agreement 4"}


def said(program, there, body=None, *, status=200, **headers):
    """What a deed is answered with."""
    answer = program.post(there, body or {}, format="json", headers=headers)
    assert answer.status_code == status, answer.json()
    return answer.json()


def rows(program, there, **query):
    """The first page of a list."""
    answer = program.get(there, query)
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def with_key(user, **reach):
    """A program whose key reaches less far than its owner."""
    _token, key = issue_token(user, by=user, name="sync", days=1, **reach)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return program


@pytest.fixture
def terms(paired, night_raid, gyro):
    """The gyroscope, for the coast guard."""
    named = {"case": str(night_raid.pk), "peer": str(paired["there"].pk)}
    return {**named, "exhibits": [str(gyro.pk)] * 2, "up_to": "amber"}


def test_a_program_looks_and_asks_and_that_of_another_person_agrees(
    terms, gyro, soraya, amal, dana, as_program
):
    lead, asked = as_program(soraya), {**terms, "reason": "They asked for it."}
    looked = said(lead, f"{SHIPMENTS}preview/", terms)
    assert (looked["exhibits"], looked["withheld"]) == ([str(gyro.pk)], [])
    said(as_program(amal), SHIPMENTS, asked, status=403)

    keyed = {"Idempotency-Key": "gyroscope"}
    first, again = (said(lead, SHIPMENTS, asked, status=201, **keyed) for _each in range(2))
    assert first == again
    assert (first["state"], first["exhibits"]) == ("asked", [str(gyro.pk)])
    assert [row["id"] for row in rows(lead, SHIPMENTS, state="asked")] == [first["id"]]

    there = f"{SHIPMENTS}{first['id']}/approve/"
    assert "asked for themselves" in said(lead, there, status=422)["detail"]
    said(with_key(dana, scopes=["read", "write"]), there, status=403)
    assert said(as_program(dana), there)["state"] == "agreed"
    assert Shipment.objects.get().state == Shipment.State.AGREED


def test_a_program_reads_a_delivery_beside_ours_and_accepts_it(
    shipped, gyro, soraya, nadia, omar, as_program
):
    shipment = shipped([gyro])
    came, program = delivered(), as_program(nadia)
    (told,) = rows(program, DELIVERIES, state="verified", expand="peer")
    assert (told["id"], told["is_intact"]) == (str(came.pk), came.is_intact)
    assert told["peer"]["agency"] == "JIM"
    there = f"{DELIVERIES}{came.pk}/"
    assert said(program, f"{there}take-into-new-case/", OPENING)["state"] == "taken"
    assert "once" in said(program, f"{there}take-into-new-case/", OPENING, status=422)["detail"]

    kinds = {row["kind"]: row for row in rows(program, RECORDS, delivery=str(came.pk))}
    attack, exhibit = (f"{RECORDS}{kinds[kind]['id']}/" for kind in ("incident", "exhibit"))
    assert kinds["exhibit"]["lines"] is None
    assert as_program(omar).get(exhibit).status_code == 404
    said(program, f"{exhibit}accept-incident/", {"title": "Raid"}, status=422)
    said(program, f"{attack}accept-incident/", {"taken": ["status"], "title": "R"}, status=422)

    raid = said(program, f"{attack}accept-incident/", {"taken": ["place_name"], "title": "Raid"})
    assert (raid["state"], raid["taken"]) == ("accepted", ["place_name"])
    elsewhere = investigations.enter_incident(
        investigations.open_case(nadia, **OPENING), by=nadia, title="Another"
    )
    choice = {"taken": ["description"], "kind": "gyroscope-imu"}
    other = {**choice, "incident": str(elsewhere.pk)}
    assert "same case" in said(program, f"{exhibit}accept-exhibit/", other, status=422)["detail"]
    kept = said(program, f"{exhibit}accept-exhibit/", {**choice, "incident": raid["incident"]})
    (line,) = [each for each in kept["lines"] if each["name"] == "description"]
    assert (line["theirs"], line["ours"]) == (gyro.description, gyro.description)
    said(program, f"{exhibit}set-aside/", status=422)

    lead, taken_back = as_program(soraya), f"{SHIPMENTS}{shipment.pk}/recall/"
    recalled = said(lead, taken_back, {"reason": "The wrong gyroscope."})
    assert (recalled["state"], recalled["recalled_by"]) == ("recalled", str(soraya.pk))
    said(lead, taken_back, {"reason": "Again."}, status=422)


def test_what_is_taken_over_into_a_record_of_ours_stays_in_its_case(shipped, gyro, nadia):
    shipped([gyro])
    came = delivered()
    services.take_into_new_case(came, by=nadia, **OPENING)
    attack = came.records.with_lists().get(kind="incident")
    elsewhere = investigations.enter_incident(
        investigations.open_case(nadia, **OPENING), by=nadia, title="Another"
    )
    program = with_key(nadia)
    there = f"{RECORDS}{attack.pk}/accept-incident/"
    answer = said(program, there, {"into": str(elsewhere.pk)}, status=422)
    assert "same case" in answer["detail"]
    assert not Incident.objects.filter(case=attack.case).exists()
    assert said(program, f"{RECORDS}{attack.pk}/set-aside/")["state"] == "set-aside"


def test_a_key_for_some_cases_sees_nothing_of_what_lies_in_none(paired, nadia, as_program):
    Delivery.objects.create(
        **{"peer": paired["here"], "sequence": 1, "shipment": uuid4(), "origin_case": uuid4()},
        **{"origin_ref": "VST-2001-0001", "envelope": "signed", "sha256": "0" * 64, "size": 1},
        **{"tlp": "amber", "pap": "amber", "clearance": 0},
    )
    assert len(rows(as_program(nadia), DELIVERIES)) == 1
    assert rows(with_key(nadia, case_ids=[uuid7()]), DELIVERIES) == []


def test_of_a_peer_others_are_told_what_it_takes_to_send_to_it(paired, soraya, admin, as_program):
    (told,) = rows(as_program(soraya), PEERS)
    assert (told["id"], told["agency"], told["up_to"]) == (
        str(paired["there"].pk),
        "CG",
        "amber+strict",
    )
    assert told["address"] is told["their_fingerprint"] is told["first_by"] is None
    office = {row["name"]: row for row in rows(as_program(admin), PEERS)}
    assert office["Coast"]["address"] == "https://coast.example"
    assert len(office["Coast"]["their_fingerprint"]) == 64
    bound = with_key(admin, case_ids=[uuid7()])
    assert rows(bound, PEERS) == []

    services.suspend_peer(Peer.objects.get(pk=paired["there"].pk), by=admin, reason="Broken into.")
    assert rows(as_program(soraya), PEERS) == []
    assert as_program(soraya).get(f"{PEERS}{paired['there'].pk}/").status_code == 404
