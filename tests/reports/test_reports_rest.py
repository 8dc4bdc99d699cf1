"""Case reports through REST: asked for once, watched, fetched whole or by parts."""

import hashlib

import pytest

from investigations import services as investigations
from ledger.models import Entry
from reports import services
from reports.models import Report

THERE = "/api/v1/reports/"


@pytest.fixture
def program(amal, as_program):
    """A program of Amal's."""
    return as_program(amal)


def asked(program, case, **how):
    return program.post(THERE, {"case": str(case.pk), "language": "en", **how}, format="json")


def made(key):
    return services.typeset_report(Report.objects.get(pk=key))


def test_a_report_is_asked_for_made_and_fetched_by_parts(program, night_raid, gyro):
    answer = asked(program, night_raid)
    assert answer.status_code == 201, answer.json()
    there, told = answer.headers["Location"], answer.json()
    assert (told["state"], told["sha256"], told["template"]) == ("waiting", "", "case")
    early = program.post(f"{there}download/")
    assert early.status_code == 422 and "not ready" in early.json()["detail"]
    made(told["id"])
    ready = program.get(there).json()
    assert (ready["state"], ready["failure"]) == ("ready", "")
    let_out = program.post(f"{there}download/").json()
    assert (let_out["sha256"], let_out["size"]) == (ready["sha256"], ready["size"])
    whole = program.get(let_out["url"])
    assert (whole["Content-Type"], whole["ETag"]) == ("application/pdf", f'"{ready["sha256"]}"')
    content = b"".join(whole.streaming_content)
    assert hashlib.sha256(content).hexdigest() == ready["sha256"]
    part = program.get(let_out["url"], headers={"Range": "bytes=0-4"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF-")
    beyond = program.get(let_out["url"], headers={"Range": f"bytes={ready['size']}-"})
    assert beyond.status_code == 416
    out = Entry.objects.filter(act="reports.report_downloaded")
    assert [line.facts["sha256"] for line in out] == [ready["sha256"]]


def test_nobody_fetches_what_somebody_else_has_asked_for(program, night_raid, rami, as_program):
    key = asked(program, night_raid).json()["id"]
    made(key)
    there = f"{THERE}{key}/download/"
    let_out = program.post(there).json()
    assert as_program(rami).get(let_out["url"]).status_code == 422
    assert program.get(f"{there}?grant=invented").status_code == 422
    place = night_raid.memberships.current().get(user__username="amal")
    investigations.end_membership(place, by=night_raid.lead)
    assert program.get(let_out["url"]).status_code == 404


def test_asking_twice_before_it_is_made_asks_once_and_lists_are_narrowed(program, night_raid):
    first, second = asked(program, night_raid), asked(program, night_raid)
    assert first.json()["id"] == second.json()["id"]
    arabic = asked(program, night_raid, language="ar").json()
    listed = program.get(f"{THERE}?case={night_raid.pk}&language=ar&state=waiting").json()
    assert [row["id"] for row in listed["results"]] == [arabic["id"]]


def test_who_may_not_ask_is_refused_and_outsiders_find_nothing(
    program, night_raid, omar, as_program
):
    key = asked(program, night_raid).json()["id"]
    stranger = as_program(omar)
    assert stranger.get(THERE).json()["results"] == []
    assert stranger.get(f"{THERE}{key}/").status_code == 404
    assert asked(stranger, night_raid).status_code == 422
