"""The stages of a case through REST: read first, then moved; what bars the way comes as links."""

import pytest
from django.urls import reverse

from accounts.models import Agency
from attribution import services
from investigations.models import Role
from investigations.services import admit_member
from tests.conftest import person

WHY = "As the plan of the investigation has it."


@pytest.fixture
def here(night_raid):
    return f"/api/v1/cases/{night_raid.pk}"


def send(program, there, body, read=None):
    match = {"If-Match": read["ETag"]} if read is not None else {}
    return program.post(there, body, format="json", headers=match)


def test_a_case_is_read_moved_and_read_anew(here, strike, soraya, as_program):
    program = as_program(soraya)
    read = program.get(f"{here}/stage/")
    assert (read.json()["stage"], read.json()["within_reach"]) == ("reported", ["scene"])
    (incident,) = read.json()["gates"][0]["points"]
    assert (incident["code"], incident["left"], incident["bars"]) == ("incident", 0, True)
    assert "/incidents/?case=" in incident["href"]
    moved = send(program, f"{here}/stage/", {"stage": "scene", "reason": WHY}, read)
    assert (moved.status_code, moved.json()["stage"]) == (200, "scene")
    assert moved["ETag"] != read["ETag"]


def test_who_has_not_read_it_or_reads_an_older_state_moves_nothing(
    here, strike, night_raid, soraya, as_program
):
    program, body = as_program(soraya), {"stage": "scene", "reason": WHY}
    assert send(program, f"{here}/stage/", body).status_code == 428
    read = program.get(f"{here}/stage/")
    services.move_case(night_raid, "scene", by=soraya, reason=WHY)
    refused = send(program, f"{here}/stage/", body, read)
    assert (refused.status_code, refused.json()["code"]) == (412, "stale")
    newest = program.get(f"{here}/stage/")
    wrong = send(program, f"{here}/stage/", {"stage": "moon", "reason": WHY}, newest)
    assert wrong.status_code == 422


def test_what_bars_a_gate_is_a_problem_with_a_link_for_each_ground(
    here, night_raid, soraya, as_program
):
    program = as_program(soraya)
    read = program.get(f"{here}/stage/")
    refused = send(program, f"{here}/stage/", {"stage": "scene", "reason": WHY}, read)
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    told = refused.json()
    assert told["code"] == "barred"
    (ground,) = told["reasons"]
    there = reverse("investigations:incident_list")
    assert ground["words"] == "An attack is entered."
    assert ground["href"].endswith(f"{there}?case={night_raid.pk}")


def test_a_case_is_concluded_and_taken_up_again(here, strike, soraya, as_program):
    program = as_program(soraya)
    ended = send(
        program,
        f"{here}/conclude/",
        {"outcome": "no-attack", "reason": WHY},
        program.get(f"{here}/stage/"),
    )
    assert (ended.status_code, ended.json()["outcome"]) == (200, "no-attack")
    assert ended.json()["gates"] == []
    again = send(program, f"{here}/reopen/", {"ground": "new-evidence", "reason": WHY}, ended)
    assert (again.json()["stage"], again.json()["status"]) == ("analysis", "reopened")
    stale = send(program, f"{here}/reopen/", {"ground": "error", "reason": WHY}, ended)
    assert stale.status_code == 412


def test_only_the_lead_moves_it_and_partners_do_not_read_it(
    here, strike, night_raid, soraya, amal, omar, as_program
):
    bureau = Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")
    frida = person("frida", agency=bureau)
    admit_member(night_raid, frida, roles=[Role.PARTNER], by=soraya)
    read = as_program(amal).get(f"{here}/stage/")
    assert read.status_code == 200
    body = {"stage": "scene", "reason": WHY}
    assert send(as_program(amal), f"{here}/stage/", body, read).status_code == 403
    assert as_program(frida).get(f"{here}/stage/").status_code == 403
    assert as_program(omar).get(f"{here}/stage/").status_code == 404
