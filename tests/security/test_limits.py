"""Nobody takes the server from the others: requests are counted, long bodies are turned away."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from redis import Redis
from redis.exceptions import ConnectionError as NoRedis
from rest_framework.test import APIClient

from accounts.models import User
from core import limits
from core.limits import spend
from investigations.models import Case
from tests.security.conftest import Lines


@pytest.fixture(autouse=True)
def counted(settings: Any) -> Iterator[None]:
    """Small limits, and a count that begins anew."""
    settings.RATE_LIMITS = {
        "anonymous": (5, 3600),
        "pages": (4, 3600),
        "api": (3, 3600),
        "refused keys": (2, 3600),
        "workspace:search": (2, 3600),
        "exports": (2, 3600),
    }
    cache.clear()
    yield
    cache.clear()


def test_who_asks_too_often_is_told_when_to_come_back(
    client: Client, amal: User, lena: User, noted: Lines
) -> None:
    client.force_login(amal)
    answers = [client.get(reverse("accounts:profile")) for _again in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert "Too many requests" in answers[-1].content.decode()
    assert noted.events() == ["limit.reached"], "one line, however often somebody knocks"

    client.force_login(lena)
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_page_that_costs_much_has_a_limit_of_its_own(client: Client, amal: User) -> None:
    client.force_login(amal)
    search = reverse("workspace:search")
    assert [client.get(search).status_code for _again in range(3)] == [200, 200, 429]
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_lists_taken_away_count_together(client: Client, amal: User) -> None:
    client.force_login(amal)
    lists = ("evidence:item_export", "evidence:loan_export", "comparison:hit_export")
    assert [client.post(reverse(name)).status_code for name in lists] == [200, 200, 429]


def test_a_part_asked_for_by_htmx_stays_a_part(client: Client, amal: User) -> None:
    client.force_login(amal)
    there = reverse("workspace:search")
    for _again in range(3):
        answer = client.get(there, headers={"HX-Request": "true"})
    assert answer.status_code == 429 and "<html" not in answer.content.decode()


def test_a_program_reads_in_each_answer_how_much_is_left(
    as_program: Callable[[User], APIClient], amal: User, night_raid: Case
) -> None:
    program = as_program(amal)
    answers = [program.get("/api/v1/cases/") for _again in range(4)]
    left = [answer.headers["RateLimit-Remaining"] for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert left == ["2", "1", "0", "0"]
    assert answers[-1].json()["code"] == "limited" and "Retry-After" in answers[-1].headers
    assert as_program(amal).get("/api/v1/cases/").status_code == 200, "another key, another count"


def test_an_address_that_keeps_trying_keys_is_turned_away(
    as_program: Callable[[User], APIClient], amal: User
) -> None:
    def tried(number: int, address: str) -> int:
        key = f"Bearer vst_{number:08x}_guess"
        return (
            Client(REMOTE_ADDR=address)
            .get("/api/v1/cases/", headers={"Authorization": key})
            .status_code
        )

    assert [tried(number, "198.51.100.7") for number in range(4)] == [401, 401, 401, 429]
    assert tried(9, "203.0.113.9") == 401


def test_all_of_one_ipv6_network_is_one_asker(db: None) -> None:
    asked = [
        Client(REMOTE_ADDR=f"2001:db8:0:1::{number:x}").get("/sign-in/").status_code
        for number in range(7)
    ]
    assert asked[-1] == 429


def test_without_redis_pages_still_come(
    client: Client, amal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_words: object, **_facts: object) -> None:
        raise NoRedis

    monkeypatch.setattr(Redis, "incrby", away)
    client.force_login(amal)
    assert {client.get(reverse("accounts:profile")).status_code for _again in range(9)} == {200}
    assert spend("api", "somebody") is None


def test_counting_is_exact_when_many_ask_at_once() -> None:
    counts = [spend("workspace:search", "amal") for _again in range(5)]
    assert [one.left for one in counts if one] == [1, 0, -1, -2, -3]


def test_a_count_is_forgotten_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for _again in range(3):
        spent = spend("workspace:search", "amal")
    assert spent and spent.is_over
    later = limits.time.time() + 3600
    monkeypatch.setattr(limits.time, "time", lambda: later)
    spent = spend("workspace:search", "amal")
    assert spent and not spent.is_over


LONG = "x" * 70_000


def test_a_stranger_cannot_send_much(db: None, noted: Lines) -> None:
    answer = Client().post("/sign-in/", {"username": LONG, "password": "x"})
    assert answer.status_code == 413
    assert "too much" in answer.content.decode()
    assert noted.events() == ["body.refused"] and LONG[:50] not in str(noted.lines)


def test_a_form_and_a_json_body_have_their_limits_and_an_upload_has_none(
    client: Client, amal: User, as_program: Callable[[User], APIClient], settings: Any, gyro: Any
) -> None:
    settings.LONGEST_BODY = {"anonymous": 1000, "json": 60_000, "form": 65_000}
    client.force_login(amal)
    note = reverse("investigations:note_write", args=[gyro.case_id])
    assert client.post(note, {"text": LONG}).status_code == 413
    sent = as_program(amal).post("/api/v1/items/", {"description": LONG}, format="json")
    assert sent.status_code == 413 and sent.json()["code"] == "too-long"
    upload = reverse("evidence:file_receive", args=[gyro.pk])
    from django.core.files.uploadedfile import SimpleUploadedFile

    picture = SimpleUploadedFile("a.txt", LONG.encode())
    assert client.post(upload, {"files": picture}).status_code != 413


def test_deep_json_is_a_mistake_and_no_failure(
    as_program: Callable[[User], APIClient], amal: User
) -> None:
    program = as_program(amal)
    program.raise_request_exception = False
    deep = "[" * 200_000
    answer = program.post("/api/v1/items/", deep, content_type="application/json")
    assert answer.status_code == 422


def test_every_limit_names_a_page_that_exists() -> None:
    from config import settings as shipped
    from tests.access_table import TABLE

    named = set(shipped.UPLOAD_ROUTES)
    assert named <= set(TABLE)
    words = {"anonymous", "pages", "api", "refused keys", "exports"}
    source = json.dumps(sorted(shipped.RATE_LIMITS))
    assert source and set(shipped.RATE_LIMITS) - words <= set(TABLE)
