"""Whatever is sent instead of sound JSON is answered by a problem, and nothing is written."""

import json

import pytest

from investigations.models import Incident
from ledger.models import Entry

pytestmark = pytest.mark.django_db
ATTACKS = "/api/v1/incidents/"
JSON = "application/json"
SOUND = '{"case": "%s", "title": "Attack", "narrative": %s}'

BROKEN = {
    "cut off": '{"title": "Att',
    "no JSON": "title=Attack",
    "a name twice": '{"title": "Attack", "title": "Raid"}',
    "not a number": '{"launched_min": NaN}',
    "without end": '{"launched_min": -Infinity}',
    "too deep": "[" * 65 + "]" * 65,
    "far too deep": '{"a":' * 100_000,
    "digits without end": '{"launched_min": ' + "9" * 5000 + "}",
    "not UTF-8": b'{"title": "Attaqu\xe9"}',
    "UTF-16": '{"title": "Attack"}'.encode("utf-16"),
    "a list": "[]",
    "a word": '"Attack"',
    "nothing at all": "null",
    "half of a character as a name": r'{"\ud800": "\u0000"}',
    "such a name twice": r'{"\ud800": 1, "\ud800": 2}',
}


@pytest.fixture
def program(as_program, amal):
    client = as_program(amal)
    client.raise_request_exception = False
    return client


def send(program, body, content_type=JSON):
    before = Entry.objects.count()
    answer = program.post(ATTACKS, body, content_type=content_type)
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code and told["detail"] and told["code"]
    assert "Traceback" not in answer.content.decode()
    assert (Incident.objects.count(), Entry.objects.count()) == (0, before)
    return answer


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_is_not_sound_json_is_refused(program, night_raid, body):
    assert send(program, body).status_code == 422


@pytest.mark.parametrize(
    "value", [r'"\u0000"', r'"\ud800"', "9223372036854775808", "1e999", r'{"\u0000": 1}']
)
def test_what_no_table_holds_is_named_by_its_path(program, night_raid, value):
    answer = send(program, SOUND % (night_raid.pk, value))
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"narrative"}


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "application/json; charset=utf-16", "nonsense"],
)
def test_another_media_type_or_charset_is_415(program, night_raid, content_type):
    assert send(program, '{"title": "Attack"}', content_type).status_code == 415


def test_64_levels_and_64_bits_are_read(program, night_raid):
    from core.parsing import require_plain

    nested = 7
    for _level in range(64):
        nested = [nested]
    require_plain(nested)
    require_plain({"a": [2**63 - 1, -(2**63), 0.5, "أمل", None, True]})


def test_a_wrong_type_is_told_at_its_field(program, night_raid):
    body = {"case": 7, "title": ["Attack"], "launched_min": {}, "occurred_from": "yesterday"}
    answer = send(program, json.dumps(body))
    assert set(answer.json()["errors"]) == set(body)


@pytest.mark.parametrize(
    ("way", "there", "status", "code"),
    [
        ("get", "/api/v1/items/00000000-0000-7000-8000-000000000000/", 404, "not-found"),
        ("get", "/api/v1/items/nonsense/", 404, "not-found"),
        ("get", "/api/v1/dragons/", 404, "not-found"),
        ("get", "/api/v1/items/a.b/", 404, "not-found"),
        ("get", "/api/v1/items/?cursor=nonsense", 404, "not-found"),
        ("get", "/api/v1/items/?exhibit_no=%00", 422, "invalid"),
        ("put", "/api/v1/items/", 405, "method-not-allowed"),
        ("delete", "/api/v1/cases/", 405, "method-not-allowed"),
    ],
)
def test_every_no_is_a_problem_document(program, night_raid, way, there, status, code):
    answer = getattr(program, way)(there)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["code"] == code


def test_a_stranger_is_told_so_in_a_problem_document(client, db):
    answer = client.get("/api/v1/cases/")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_clock_that_is_far_off_is_a_wrong_field(program, night_raid, moment):
    body = {"case": str(night_raid.pk), "title": "Attack", "occurred_from": moment}
    assert set(send(program, json.dumps(body)).json()["errors"]) == {"occurred_from"}


def test_a_body_over_the_limit_is_413(program, night_raid, settings):
    settings.LONGEST_BODY = {**settings.LONGEST_BODY, "json": 1000}
    answer = send(program, json.dumps({"title": "x" * 2000}))
    assert (answer.status_code, answer.json()["code"]) == (413, "too-long")
