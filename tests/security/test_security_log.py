"""The security log tells what was tried and refused, and holds neither content nor secrets."""

import logging
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from core.addresses import client_address
from core.identity import uuid7
from core.security_log import LONGEST_TEXT, JsonLine, note
from evidence.models import Item
from investigations.models import Case
from tests.security.conftest import Lines


def test_a_stranger_to_the_case_leaves_a_line_without_its_words(
    client: Client, omar: User, gyro: Item, noted: Lines
) -> None:
    client.force_login(omar)
    there = reverse("evidence:item_detail", args=[gyro.pk])
    client.get(f"{there}?q=gyroscope", headers={"X-Forwarded-For": "203.0.113.9"})

    (line,) = noted.lines
    assert line["event"] == "access.hidden"
    assert (line["user"], line["path"], line["status"]) == (str(omar.pk), there, 404)
    assert line["address"] == "127.0.0.1", "nobody may choose the address that is noted"
    assert gyro.description not in str(line) and "q=" not in str(line)


def test_a_colleague_without_the_duty_and_a_wrong_key_leave_lines(
    client: Client, amal: User, night_raid: Case, noted: Lines
) -> None:
    client.force_login(amal)
    client.post(reverse("investigations:member_admit", args=[night_raid.pk]))
    Client().get("/api/v1/cases/", headers={"Authorization": "Bearer vst_12345678_sesame"})

    assert noted.events() == ["access.denied", "access.unauthenticated"]
    assert "sesame" not in str(noted.lines)


def test_a_missing_page_that_names_nothing_is_no_event(
    client: Client, omar: User, noted: Lines
) -> None:
    client.force_login(omar)
    client.get("/nowhere/")
    Client().get(reverse("evidence:item_detail", args=[uuid7()]))
    assert noted.lines == []


def test_an_administrator_s_change_leaves_a_line(client: Client, admin: User, noted: Lines) -> None:
    client.force_login(admin)
    fields = {"name": "Field Laboratory", "short_name": "FL", "kind": "laboratory"}
    client.post(reverse("admin:accounts_agency_add"), fields)
    assert noted.events() == ["administration.changed"]


def test_secrets_and_long_texts_are_kept_out(noted: Lines) -> None:
    note(
        "signin.failed",
        password="hunter2",
        reset_code="123456",
        said="vst_0123abcd_topsecret-part\nforged line",
        long="x" * 5000,
    )
    (line,) = noted.lines
    assert "hunter2" not in str(line) and "123456" not in str(line)
    assert line["said"] == "vst_0123abcd_…\nforged line"
    assert len(line["long"]) == LONGEST_TEXT


def test_what_django_finds_suspicious_is_written_the_same_way() -> None:
    record = logging.makeLogRecord(
        {"name": "django.security.DisallowedHost", "msg": "Invalid HTTP_HOST header: %r"}
        | {"args": ("evil.example",)}
    )
    assert '"event": "django.security.DisallowedHost"' in JsonLine().format(record)


@pytest.mark.parametrize(
    ("proxies", "header", "believed"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (1, "", "10.0.0.1"),
        (1, "<script>", "10.0.0.1"),
    ],
)
def test_an_address_is_believed_only_from_our_own_proxies(
    rf: RequestFactory, settings: Any, proxies: int, header: str, believed: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": header})
    assert client_address(request) == believed
