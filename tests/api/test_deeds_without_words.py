"""A deed that is told nothing refuses words, and one that is told much refuses misspelt ones."""

from uuid import uuid4

import pytest
from django.urls import resolve

from core.rest import RecordViewSet
from evidence.models import Item
from exchange.description import description
from investigations import services
from investigations.models import Membership, Task
from ledger.models import Entry

pytestmark = pytest.mark.django_db
HERE = "/api/v1/"
CUT_OFF = '{"until": "2027-01-0'
UNREAD = [CUT_OFF, "[" * 5000, '{"until": "2027-01-01"}', "[]", "null", '"now"', b"\xff"]


@pytest.fixture
def task(night_raid, soraya):
    return services.set_task(night_raid, by=soraya, title="Ask the harbour master")


def doors():
    """Every POST of the document, with its door and whether it says that a body is read."""
    for path, ways in description()["paths"].items():
        if "post" in ways:
            there = path.replace("{id}", str(uuid4())).replace("{kind}", "evidence.item")
            found = resolve(there).func
            view = found.cls()
            view.action = found.actions["post"]
            yield path, view, "requestBody" in ways["post"]


def test_what_the_document_says_is_read_is_what_a_door_reads():
    records = [each for each in doors() if isinstance(each[1], RecordViewSet)]
    assert len(records) > 100
    assert [path for path, view, told in records if view.reads_body() != told] == []


@pytest.mark.parametrize("body", UNREAD)
def test_a_place_on_a_team_is_not_ended_by_a_body_nobody_reads(
    as_program, soraya, amal, night_raid, body
):
    place = night_raid.memberships.get(user=amal)
    there = f"{HERE}memberships/{place.pk}/end/"
    answer = as_program(soraya).post(there, body, content_type="application/json")
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert Membership.objects.get(pk=place.pk).ended_at is None


@pytest.mark.parametrize("body", [None, {}])
def test_no_body_and_an_empty_one_are_the_same(as_program, soraya, task, body):
    answer = as_program(soraya).post(f"{HERE}tasks/{task.pk}/complete/", body, format="json")
    assert answer.status_code == 200, answer.content
    assert Task.objects.get(pk=task.pk).done_at is not None


def test_what_was_not_read_is_named(as_program, soraya, task):
    body = {"owner": "amal"}
    answer = as_program(soraya).post(f"{HERE}tasks/{task.pk}/complete/", body, format="json")
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"owner"})


@pytest.mark.parametrize("deed", ["ledger/logs/{}/check/", "cases/{}/withdraw-stix-offer/"])
def test_deeds_on_a_whole_case_are_as_strict(as_program, soraya, night_raid, deed):
    program, lines = as_program(soraya), Entry.objects.filter(log=night_raid.pk)
    before, there = lines.count(), HERE + deed.format(night_raid.pk)
    answer = program.post(there, {"up_to": "green"}, format="json")
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"up_to"})
    assert lines.count() == before


def test_a_misspelt_word_within_a_list_is_named_by_its_path(as_program, amal, gyro):
    parts = [{"description": "Housing"}, {"description": "Rotor", "masss_g": "12"}]
    body = {"version": gyro.version, "reason": "It came apart.", "parts": parts}
    answer = as_program(amal).post(f"{HERE}items/{gyro.pk}/split/", body, format="json")
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"parts/1/masss_g"})
    assert Item.objects.filter(case=gyro.case).count() == 1


def test_a_misspelt_word_beside_a_partners_list_is_named(as_program, lena):
    body = {"components": [{"category": "pcb", "serial": "1"}], "theatre": "Iraq"}
    answer = as_program(lena).post(f"{HERE}comparisons/lists/", body, format="json")
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"theatre"})


def test_the_document_says_which_headers_a_door_asks_for():
    paths = description()["paths"]
    change = names(paths["/api/v1/items/{id}/"]["patch"])
    assert change["If-Match"]["required"] is True
    assert "Idempotency-Key" in names(paths["/api/v1/items/"]["post"])
    assert "Idempotency-Key" in names(paths["/api/v1/items/{id}/seal/"]["post"])
    assert "Idempotency-Key" not in names(paths["/api/v1/comparisons/lists/"]["post"])
    announced = set(names(paths["/api/v1/uploads/"]["post"]))
    assert {"Tus-Resumable", "Upload-Length", "Upload-Metadata", "Idempotency-Key"} <= set(
        announced
    )
    assert "If-Match" not in names(paths["/api/v1/uploads/{id}/"]["patch"])


def names(operation):
    """The headers of an operation."""
    asked = operation.get("parameters", ())
    return {each["name"]: each for each in asked if each["in"] == "header"}
