"""Originals through REST: whole, from where a line was cut, and never without a line."""

import pytest

from evidence import services, vault
from evidence.models import File
from ledger.models import Entry

LOG = b"log of the flight, line after line"
OUT = "evidence.original_downloaded"


@pytest.fixture
def flight_log(gyro, amal) -> File:
    return services.receive_file(gyro.case, by=amal, chunks=[LOG], name="flight.log", item=gyro)


def fetch(program, file, **headers):
    return program.post(f"/api/v1/files/{file.pk}/original/", headers=headers)


def test_an_original_is_fetched_whole_and_leaves_a_line(flight_log, amal, as_program):
    answer = fetch(as_program(amal), flight_log)
    assert (answer.status_code, b"".join(answer)) == (200, LOG)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Entry.objects.about(flight_log).last().act == OUT


def test_what_was_cut_goes_on_from_there_and_leaves_a_line_too(flight_log, amal, as_program):
    answer = fetch(as_program(amal), flight_log, Range="bytes=7-")
    assert (answer.status_code, b"".join(answer)) == (206, LOG[7:])
    assert answer.headers["Content-Range"] == f"bytes 7-{len(LOG) - 1}/{len(LOG)}"
    assert answer.headers["Content-Length"] == str(len(LOG) - 7)
    assert Entry.objects.about(flight_log).last().act == OUT


def test_beyond_the_end_there_is_nothing_and_no_line(flight_log, amal, as_program):
    answer = fetch(as_program(amal), flight_log, Range=f"bytes={len(LOG)}-")
    assert answer.status_code == 416
    assert Entry.objects.about(flight_log).last().act != OUT


def test_other_ways_of_asking_for_a_part_are_answered_with_the_whole(flight_log, amal, as_program):
    for asked in ("bytes=0-", "bytes=-5", "bytes=1-2,4-5", "lines=1-"):
        answer = fetch(as_program(amal), flight_log, Range=asked)
        assert (answer.status_code, b"".join(answer)) == (200, LOG)


def test_the_same_key_fetches_it_again(flight_log, amal, as_program):
    program = as_program(amal)
    for _time in range(2):
        answer = fetch(program, flight_log, **{"Idempotency-Key": "once"})
        assert b"".join(answer) == LOG
    assert Entry.objects.about(flight_log).filter(act=OUT).count() == 2


def test_an_original_that_is_not_in_the_store_is_told_in_a_sentence(
    flight_log, amal, as_program, monkeypatch
):
    def lost(_sha256: str) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(vault, "open_original", lost)
    answer = fetch(as_program(amal), flight_log)
    assert answer.status_code == 422
    assert "tell the lead" in answer.json()["detail"]


def test_nobody_fetches_an_original_of_a_case_that_is_not_theirs(flight_log, omar, as_program):
    assert fetch(as_program(omar), flight_log).status_code == 404
