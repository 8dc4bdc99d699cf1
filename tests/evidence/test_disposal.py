"""Disposal: nothing leaves for good unless two people say so, and its custody says who."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core.errors import Refused
from evidence import services
from evidence.models import custody_of
from investigations import services as investigations
from investigations.models import Request
from ledger.verification import verify
from tests.hands import pass_on


def ask(item, *, by, **facts):
    words = {"way": "destroyed", "reason": "It is unstable.", **facts}
    return services.ask_to_dispose(item, by=by, **words)


def test_one_asks_and_another_agrees(gyro, amal, soraya):
    services.seal_item(gyro, seal_no="S-1", by=amal)
    services.store_item(gyro, place="Room 2", by=amal)
    services.dispose_item(ask(gyro, by=amal), by=soraya)
    gyro.refresh_from_db()
    assert (gyro.status, gyro.holder, gyro.kept_at, gyro.seal_no) == ("destroyed", None, "", "")
    last = custody_of(gyro)[0]
    assert (last.kind, last.entered_by, last.purpose) == ("destroyed", soraya, "It is unstable.")
    assert last.seal_before == "S-1"
    assert verify().flaws == []


def test_nobody_agrees_to_what_they_asked_for_themselves(gyro, amal, soraya):
    pass_on(gyro, to=soraya, by=amal)
    gyro.refresh_from_db()
    request = ask(gyro, by=soraya)
    with pytest.raises(Refused, match="Nobody decides what they asked for"):
        services.dispose_item(request, by=soraya)
    with pytest.raises(PermissionDenied):
        services.dispose_item(request, by=amal)


def test_a_releasing_authority_agrees_as_well(gyro, amal, dana):
    request = ask(gyro, by=amal, way="returned-to-owner", to="The port authority")
    services.dispose_item(request, by=dana)
    gyro.refresh_from_db()
    assert gyro.status == "returned-to-owner"
    assert custody_of(gyro)[0].taker == "The port authority"


def test_what_is_gone_is_neither_handed_over_nor_disposed_of_again(gyro, amal, lena, soraya):
    request = ask(gyro, by=amal)
    with pytest.raises(Refused, match="asked for already"):
        ask(gyro, by=soraya)
    services.dispose_item(request, by=soraya)
    with pytest.raises(Refused, match="decided already"):
        services.dispose_item(request, by=soraya)
    with pytest.raises(Refused, match="no longer with the team"):
        services.hand_over(gyro, to=lena, by=amal)
    with pytest.raises(Refused, match="no longer with the team"):
        ask(gyro, by=soraya)


def test_it_takes_a_reason_a_way_and_somebody_who_answers_for_it(gyro, amal, lena, omar):
    for wrong, match in [
        ({"reason": " "}, "Say why"),
        ({"way": "lost"}, "destroyed or returned"),
        ({"way": "returned-to-owner"}, "to whom"),
    ]:
        with pytest.raises(Refused, match=match):
            ask(gyro, by=amal, **wrong)
    with pytest.raises(Refused, match="Only its holder"):
        ask(gyro, by=lena)
    with pytest.raises(PermissionDenied):
        ask(gyro, by=omar)


def test_a_refused_disposal_leaves_all_as_it_was(gyro, amal, soraya):
    request = ask(gyro, by=amal)
    investigations.refuse(request, by=soraya, reason="The court needs it.")
    gyro.refresh_from_db()
    assert gyro.holder == amal
    ask(gyro, by=amal)


def test_on_the_pages(client: Client, gyro, amal, soraya):
    page = reverse("evidence:item_detail", args=[gyro.pk])
    client.force_login(amal)
    typed = {"dispose-way": "destroyed", "dispose-to": "", "dispose-reason": "It is unstable."}
    there = reverse("evidence:dispose", args=[gyro.pk])
    assert client.post(there, {**typed, "dispose-reason": ""}).status_code == 422
    assert client.post(there, typed).status_code == 302
    request = Request.objects.about(gyro).get()
    agree = reverse("evidence:disposal_approve", args=[request.pk])
    shown = client.get(page).content.decode()
    assert "asks to dispose of this exhibit" in shown
    assert agree not in shown
    assert client.post(agree).status_code == 422

    client.force_login(soraya)
    assert agree in client.get(page).content.decode()
    waiting = client.get(reverse("investigations:request_list")).content.decode()
    assert gyro.exhibit_no in waiting
    told = client.get(reverse("investigations:request_detail", args=[request.pk]))
    assert agree in told.content.decode()
    assert client.post(agree).status_code == 302
    assert "Destroyed" in client.get(page).content.decode()


def test_by_program(as_program, gyro, amal, soraya):
    there = f"/api/v1/items/{gyro.pk}/"
    asked = {"way": "destroyed", "reason": "It is unstable."}
    assert as_program(amal).post(there + "dispose/", asked, format="json").status_code == 200
    assert as_program(amal).post(there + "confirm-disposal/").status_code == 422
    agreed = as_program(soraya).post(there + "confirm-disposal/")
    assert (agreed.status_code, agreed.json()["status"]) == (200, "destroyed")
