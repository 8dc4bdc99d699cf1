"""A partner's list is held against what is recorded, and nothing of it is kept."""

import hashlib
import json
import logging
import time

import pytest
from django.db import connection

from comparison import services
from comparison.methods.partner_list import Fault, read_lines, rows_of_csv
from comparison.models import Hit
from core.markings import Handling
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.comparison.across import (
    boarding,
    coast_guard,
    dhow,
    hit,
    nadia,
    ours,
    theirs,
    viktor,
)
from tests.test_canary import keys_of_the_broker

__all__ = ["boarding", "coast_guard", "dhow", "hit", "nadia", "ours", "theirs", "viktor"]
THERE = "/api/v1/comparisons/lists/"
ROW = {
    "category": "gyroscope-imu",
    "maker": "Aerotek",
    "part_number": "V10-A",
    "serial": "SN-004124",
}


def ask(program, *rows, **headers):
    return program.post(THERE, {"components": list(rows)}, format="json", **headers)


def test_what_one_may_see_is_named_and_the_rest_is_a_band(ours, lena, as_program):
    answer = ask(as_program(lena), ROW)
    assert answer.status_code == 200, answer.json()
    (told,) = answer.json()["answers"]
    (seen,) = told["hits"]
    assert seen["component"] == str(ours.pk)
    assert seen["url"] == f"/api/v1/components/{ours.pk}/"
    assert "times more probable" in seen["sentence"]
    assert told["elsewhere"] == [{"agency": "CG", "band": "moderately-strong"}]
    assert "match" not in answer.content.decode()


def test_a_csv_list_is_read_too(ours, lena, as_program):
    text = "category,part_number,serial\r\ngyroscope-imu,V10-A,SN-004124\r\ngyroscope-imu,,\r\n"
    answer = as_program(lena).post(THERE, text.encode(), content_type="text/csv")
    first, second = answer.json()["answers"]
    assert first["hits"]
    assert second["faults"] == {"": "nothing-to-compare"}


def test_each_row_says_what_is_wrong_with_it(ours, lena, as_program):
    wrong = [
        {"category": "teapot", "serial": "1"},
        {**ROW, "colour": "red"},
        {**ROW, "serial": "9" * 300},
        {**ROW, "firmware_sha256": "abc"},
        {**ROW, "serial": 4124},
        ROW,
    ]
    answers = ask(as_program(lena), *wrong).json()["answers"]
    assert [one["faults"] for one in answers] == [
        {"category": "unknown-category"},
        {"colour": "unknown-column"},
        {"serial": "too-long"},
        {"firmware_sha256": "not-a-sha256"},
        {"serial": "not-text"},
        {},
    ]
    assert answers[-1]["hits"]


@pytest.mark.parametrize("body", [b"\xff\xfe", b"serial\r\nSN-1\r\n", b'category\r\n"open'])
def test_what_is_no_list_is_refused_whole(body, lena, as_program):
    answer = as_program(lena).post(THERE, body, content_type="text/csv")
    assert answer.status_code == 422
    assert "category" in answer.json()["detail"]


def test_a_row_of_unknowns_holds_nothing_to_compare(ours, lena, as_program):
    row = {"category": "gyroscope-imu", "serial": "unknown", "part_number": "N/A", "maker": "????"}
    (told,) = ask(as_program(lena), row).json()["answers"]
    assert told == {"row": 1, "faults": {"": "nothing-to-compare"}, "hits": [], "elsewhere": []}


def test_a_list_is_from_one_to_a_thousand_rows(lena, as_program):
    program = as_program(lena)
    assert ask(program).status_code == 422
    assert ask(program, *[ROW] * 1001).status_code == 422


def test_only_examiners_and_leads_hold_lists_against_others(hit, amal, omar, as_program):
    for user in (amal, omar):
        assert ask(as_program(user), ROW).status_code == 403


def test_what_handling_keeps_inside_is_not_told_to_a_list_either(
    hit, lena, nadia, dhow, as_program
):
    investigations.mark_more_strictly(
        dhow, Handling(tlp="amber+strict", pap="amber"), by=nadia, reason="Their wish"
    )
    (told,) = ask(as_program(lena), ROW).json()["answers"]
    assert told["elsewhere"] == []


def test_whoever_sees_both_is_shown_both(hit, theirs, lena, nadia, dhow, as_program):
    investigations.admit_member(dhow, lena, roles=[Role.EXAMINER], by=nadia)
    (told,) = ask(as_program(lena), ROW).json()["answers"]
    assert len(told["hits"]) == 2
    assert told["elsewhere"] == []


SECRET = "ZQXV-77-8812"


def test_nothing_of_the_list_is_kept_anywhere(ours, lena, as_program, caplog):
    caplog.set_level(logging.DEBUG)
    program = as_program(lena)
    before = counts()
    row = {**ROW, "lot": SECRET, "serial": SECRET}
    answer = ask(program, row, HTTP_IDEMPOTENCY_KEY="list-1")
    assert answer.status_code == 200
    assert {name for name, count in counts().items() if count != before[name]} <= {"ledger_entry"}
    assert tables_holding(SECRET) == []
    heard = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db.backends")]
    assert not [line for line in heard if SECRET in line]
    assert not [key for key in keys_of_the_broker() if SECRET in key]


def tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        return [name for (name,) in cursor.fetchall()]


def counts():
    with connection.cursor() as cursor:
        found = {}
        for name in tables():
            cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
            found[name] = cursor.fetchone()[0]
        return found


def tables_holding(text):
    held = []
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(
                f'SELECT count(*) FROM "{name}" t WHERE t::text ILIKE %s',  # noqa: S608
                [f"%{text}%"],
            )
            if cursor.fetchone()[0]:
                held.append(name)
    return held


def test_the_ledgers_tell_that_a_list_was_asked_and_no_more(ours, lena, theirs, dhow, as_program):
    ask(as_program(lena), ROW)
    plain = json.dumps([ROW], sort_keys=True, separators=(",", ":"))
    told = {"rows": 1, "sha256": hashlib.sha256(plain.encode()).hexdigest()}
    asked = Entry.objects.get(act="comparison.list_held_against")
    assert (asked.actor, asked.facts) == (lena, told)
    owner = Entry.objects.get(act="comparison.list_told_of")
    assert (owner.log, owner.facts) == (dhow.pk, told)


def test_a_person_s_rows_of_a_day_are_bounded(hit, lena, as_program, monkeypatch):
    monkeypatch.setattr("comparison.services.lookup.ROWS_A_DAY", 3)
    program = as_program(lena)
    assert ask(program, ROW, ROW).status_code == 200
    refused = ask(program, ROW, ROW)
    assert refused.status_code == 422
    assert "tomorrow" in refused.json()["detail"]
    assert ask(program, ROW).status_code == 200


def test_an_answer_takes_as_long_with_a_hit_as_without(ours, lena, as_program):
    program = as_program(lena)
    nothing = {"category": "gyroscope-imu", "part_number": "Q-1"}
    took = []
    for row in (ROW, nothing):
        began = time.monotonic()
        assert ask(program, row).status_code == 200
        took.append(time.monotonic() - began)
    assert round(took[0], 1) % 0.5 == pytest.approx(round(took[1], 1) % 0.5, abs=0.15)
    assert min(took) >= 0.5


def test_hits_are_listed_and_asked_about_by_program(hit, lena, nadia, as_program):
    program = as_program(lena)
    (row,) = program.get("/api/v1/comparisons/hits/").json()["results"]
    assert (row["agency"], row["band"]) == ("CG", "strong")
    assert set(row) == {
        *("id", "case", "component", "agency", "band", "told_on", "sentence", "handling"),
    }
    there = f"/api/v1/comparisons/hits/{hit.pk}/disclosure/"
    assert program.post(there, {"reason": "Alike"}, format="json").status_code == 201
    (asked,) = program.get("/api/v1/disclosures/").json()["results"]
    assert (asked["state"], asked["shared"]) == ("waiting", None)

    lead = as_program(nadia)
    (put,) = lead.get("/api/v1/disclosure-requests/").json()["results"]
    assert put["offer"] is None
    one = f"/api/v1/disclosure-requests/{put['id']}/"
    shown = lead.get(one).json()
    assert shown["offer"]["facts"]["serial_number"] == "SN-004128"
    said = {"sha256": shown["sha256"]}
    assert lead.post(f"{one}share/", {"sha256": "0" * 64}, format="json").status_code == 409
    assert lead.post(f"{one}share/", said, format="json").status_code == 200
    (answered,) = program.get("/api/v1/disclosures/?state=accepted").json()["results"]
    assert answered["shared"]["facts"]["serial_number"] == "SN-004128"
    assert answered["sha256"] == shown["sha256"]


def test_a_program_refuses_with_a_reason(hit, lena, nadia, as_program):
    asked = services.ask_for_disclosure(hit, by=lena, reason="Alike")
    there = f"/api/v1/disclosure-requests/{asked.request_id}/refuse/"
    assert as_program(nadia).post(there, {"reason": "No"}, format="json").status_code == 200
    asked.refresh_from_db()
    assert (asked.state, asked.decision_reason) == ("refused", "No")


def test_a_comparison_is_asked_for_anew(ours, lena, amal, theirs, as_program):
    there, body = "/api/v1/comparisons/proposals/", {"component": str(ours.pk)}
    answer = as_program(lena).post(there, body, format="json")
    assert (answer.status_code, answer.json()) == (202, {"is_asked": True})
    assert Entry.objects.get(act="comparison.asked_anew").subject_id == ours.pk
    assert as_program(amal).post(there, body, format="json").status_code == 403
    hidden = {"component": str(theirs.pk)}
    assert as_program(lena).post(there, hidden, format="json").status_code == 422
    assert Hit.objects.filter(component=ours).count() == 1


def test_a_list_of_a_spreadsheet_is_read_row_by_row():
    rows = rows_of_csv("\ufeffcategory,serial\nservo,7\nservo,8,9\n")
    first, second = read_lines(rows, {"servo"})
    assert first.facts is not None
    assert first.facts.serial == "7"
    assert second.faults == {"": Fault.UNKNOWN_COLUMN}
