"""The matrix through REST: the same rules as on the pages."""

import pytest

from attribution import services
from investigations.services.case import set_case_status
from tests.attribution.matrix_cast import hand_in, rated, rows

__all__ = ["rows"]

pytestmark = pytest.mark.django_db

HERE = "/api/v1/"
AMALS, FARIDS = "C I N / C N I / N II N", "C N N / II N I / N II N"


def cells(case, line):
    return [
        {"row": str(row), "hypothesis": str(column), "rating": given[0]}
        for (row, column), given in rated(case, line).items()
    ]


def test_a_row_is_put_in_weighed_otherwise_taken_out_and_put_back(
    night_raid, hypothesis, claim, amal, as_program
):
    program = as_program(amal)
    body = {"case": str(night_raid.pk), "claim": str(claim.pk)}
    entered = program.post(f"{HERE}matrix-rows/", body, format="json")
    assert entered.status_code == 201, entered.json()
    assert (entered.json()["ref"], entered.json()["credibility"]) == ("M-01", "H")
    row = f"{HERE}matrix-rows/{entered.json()['id']}/"
    tag = {"If-Match": entered.headers["ETag"]}
    changed = program.patch(row, {"relevance": "L"}, format="json", headers=tag)
    assert changed.json()["relevance"] == "L"
    assert program.post(f"{row}take-out/", {}, format="json").status_code == 422
    out = program.post(f"{row}take-out/", {"reason": "Repeated."}, format="json")
    assert out.json()["taken_out_reason"] == "Repeated."
    assert program.post(f"{row}put-back/").json()["taken_out_reason"] == ""


def test_a_row_is_of_one_thing(night_raid, hypothesis, claim, gyro, amal, as_program):
    body = {"case": str(night_raid.pk), "claim": str(claim.pk), "item": str(gyro.pk)}
    answer = as_program(amal).post(f"{HERE}matrix-rows/", body, format="json")
    assert answer.status_code == 422


def test_ratings_are_saved_handed_in_and_opened_to_whoever_handed_in(
    rows, night_raid, amal, farid, as_program
):
    hand_in(night_raid, amal, AMALS)
    program, sheets = as_program(farid), f"{HERE}matrix-sheets/"
    body = {"case": str(night_raid.pk), "cells": cells(night_raid, FARIDS)}
    saved = program.post(sheets, body, format="json")
    assert (saved.status_code, saved.json()["handed_in_at"]) == (201, None)
    waiting = program.get(f"{HERE}matrices/{night_raid.pk}/").json()
    assert (waiting["is_open"], waiting["handed_in"], waiting["sheets"]) == (False, 1, [])
    assert [one["rank"] for one in waiting["hypotheses"]] == [None] * 4
    assert len(program.get(sheets).json()["results"]) == 1
    last = {"case": str(night_raid.pk), "version": saved.json()["version"]}
    assert program.post(f"{sheets}hand-in/", last, format="json").status_code == 201
    assert len(program.get(sheets).json()["results"]) == 2
    told = program.get(f"{HERE}matrices/{night_raid.pk}/").json()
    assert [one["inconsistency"] for one in told["hypotheses"]] == [1.0, 2.5, 1.0, 2.5]
    assert [one["rank"] for one in told["hypotheses"]] == [1, 3, 1, 3]
    assert len(told["sheets"]) == 2 and len(told["sheets"][0]["cells"]) == 12
    assert told["lacks"] == told["unrefuted"] == []
    assert "contradicted least" in " ".join(told["says"])


def test_a_draft_is_saved_over_the_version_that_was_read(rows, night_raid, amal, as_program):
    program = as_program(amal)
    body = {"case": str(night_raid.pk), "cells": cells(night_raid, AMALS)}
    assert program.post(f"{HERE}matrix-sheets/", body, format="json").status_code == 201
    assert program.post(f"{HERE}matrix-sheets/", body, format="json").status_code == 409


def test_snapshots_are_taken_listed_without_the_matrix_and_compared(
    rows, night_raid, amal, as_program
):
    hand_in(night_raid, amal, AMALS)
    program, there = as_program(amal), f"{HERE}matrix-snapshots/"
    first, second = (
        program.post(there, {"case": str(night_raid.pk), "reason": word}, format="json").json()
        for word in ("First", "Second")
    )
    assert first["body"]["figures"]["scores"] and first["sha256"] == second["sha256"]
    assert "body" not in program.get(there).json()["results"][0]
    changed = program.get(f"{there}{second['id']}/changes/?since={first['id']}")
    assert changed.json() == []


def test_the_lead_looks_back_and_amends_it(rows, night_raid, soraya, as_program):
    set_case_status(night_raid, "finding-released", by=soraya, reason="Released.")
    program, there = as_program(soraya), f"{HERE}post-mortems/"
    body = {"case": str(night_raid.pk), "went_wrong": "The boast.", "lessons": "Ask.",
            "decisive": [str(rows[0].pk)]}  # fmt: skip
    written = program.post(there, body, format="json")
    assert written.status_code == 201, written.json()
    tag = {"If-Match": written.headers["ETag"]}
    amended = program.patch(
        f"{there}{written.json()['id']}/", {"decisive": []}, format="json", headers=tag
    )
    assert (amended.json()["decisive"], amended.json()["version"]) == ([], 2)


def test_outsiders_learn_of_nothing(rows, night_raid, amal, omar, as_program):
    sheet = hand_in(night_raid, amal, AMALS)
    services.take_matrix_snapshot(night_raid, by=amal, reason="First")
    program = as_program(omar)
    for name in ("matrix-rows", "matrix-sheets", "matrix-snapshots", "post-mortems"):
        assert program.get(f"{HERE}{name}/").json()["results"] == []
    for path in (f"matrices/{night_raid.pk}", f"matrix-sheets/{sheet.pk}"):
        assert program.get(f"{HERE}{path}/").status_code == 404
