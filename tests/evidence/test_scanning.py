"""Scanning a label: its code or its bars lead to the exhibit, those alone who may see it."""

from uuid import UUID

import pytest
from django.urls import reverse

from evidence.models.scan import key_scanned

KEY = "019a0000-0000-7000-8000-000000000001"


def search(client, words):
    return client.get(reverse("workspace:search"), {"q": words})


def test_the_code_opens_the_exhibit(client, gyro, amal, omar):
    there = reverse("evidence:scanned", args=[gyro.pk])
    client.force_login(amal)
    assert client.get(there)["Location"] == reverse("evidence:item_detail", args=[gyro.pk])
    client.force_login(omar)
    assert client.get(there).status_code == 404


def test_what_a_hand_scanner_types_goes_straight_to_the_exhibit(client, gyro, amal):
    client.force_login(amal)
    page = reverse("evidence:item_detail", args=[gyro.pk])
    code = f"https://vestige.example/x/{gyro.pk}/"
    for typed in [gyro.scanned_as, gyro.scanned_as.lower(), f" {gyro.scanned_as} ", code]:
        answer = search(client, typed)
        assert (answer.status_code, answer.get("Location")) == (302, page), typed


def test_a_scan_of_what_one_may_not_see_finds_nothing(client, gyro, omar):
    client.force_login(omar)
    for typed in [gyro.scanned_as, f"https://vestige.example/x/{gyro.pk}/"]:
        answer = search(client, typed)
        assert answer.status_code == 200
        assert answer.context["groups"] == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"https://vestige.example/x/{KEY}/", KEY),
        (f"HTTPS://VESTIGE.EXAMPLE/X/{KEY.upper()}", KEY),
        (f"x/{KEY}", KEY),
        (f"box/{KEY}", None),
        (f"/x/{KEY}/edit/", None),
        ("VST-2026-0001/EV-0001", None),
        ("", None),
    ],
)
def test_only_an_address_of_ours_holds_a_key(text, key):
    assert key_scanned(text) == (key and UUID(key))
