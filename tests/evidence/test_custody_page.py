"""Custody in the browser: the same deeds with scripts and without, told in words."""

from decimal import Decimal

import pytest
from django.urls import reverse

from evidence import services
from tests.hands import pass_on

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_amal(client, amal):
    client.force_login(amal)
    return client


def there(name, item):
    return reverse(f"evidence:{name}", args=[item.pk])


def test_without_scripts_a_hand_over_leads_back_to_the_page(as_amal, gyro, lena):
    answer = as_amal.post(there("hand_over", gyro), {"to": lena.pk, "purpose": "electronics"})

    assert answer.status_code == 302
    page = as_amal.get(answer.headers["Location"])
    assert b"Held by <strong><bdi>Amal Nasser</bdi></strong>" in page.content
    assert b"on its way to Lena Vogt" in page.content
    assert b"electronics" in page.content


def test_with_scripts_only_the_custody_panel_comes_back(as_amal, gyro, lena):
    answer = as_amal.post(there("hand_over", gyro), {"to": lena.pk}, headers=HTMX)

    assert answer.status_code == 200
    assert b'id="custody"' in answer.content and b"<h1" not in answer.content


@pytest.mark.parametrize(
    ("deed", "typed"),
    [("store", {"place": ""}), ("seal", {"seal_no": ""}), ("hand_over", {"to": ""})],
)
def test_a_wrong_form_opens_again_with_its_sentence(as_amal, gyro, deed, typed):
    for headers in [{}, HTMX]:
        answer = as_amal.post(there(deed, gyro), typed, headers=headers)
        assert answer.status_code == 422
        assert b"This field is required." in answer.content


def test_a_rule_that_forbids_is_told_in_the_form_and_keeps_what_was_typed(as_amal, gyro, amal):
    services.seal_item(gyro, seal_no="S-100", by=amal)
    answer = as_amal.post(there("seal", gyro), {"seal_no": "S-101"})

    assert answer.status_code == 422
    assert b"break that one first" in answer.content
    assert b'value="S-101"' in answer.content


def test_whoever_does_not_hold_it_is_told_whom_to_ask(client, gyro, lena):
    client.force_login(lena)
    answer = client.post(there("store", gyro), {"place": "Room 2"})

    assert answer.status_code == 422
    assert b"Only its holder, Amal Nasser, can do this." in answer.content


def test_the_rail_tells_every_deed_with_hands_place_and_seal(as_amal, gyro, amal, lena):
    services.seal_item(gyro, seal_no="S-448101", by=amal)
    pass_on(gyro, to=lena, by=amal, purpose="electronics")
    services.break_seal(gyro, reason="examination of the connector", by=lena)
    services.store_item(gyro, place="Room 2, shelf B", by=lena)
    page = as_amal.get(there("item_detail", gyro)).content.decode()

    rail = page[page.index("custody-rail") :]
    for words in ["Stored", "Seal broken", "Received", "Handed over", "Sealed", "Collected"]:
        assert words in rail
    assert rail.index("Stored") < rail.index("Handed over") < rail.index("Collected")
    assert "S-448101" in rail and "Room 2, shelf B" in rail and "examination of the" in rail


def test_only_the_holder_is_offered_the_deeds(client, lena, gyro):
    client.force_login(lena)
    page = client.get(there("item_detail", gyro)).content.decode()

    assert "Only Amal Nasser can hand it over" in page
    assert there("hand_over", gyro) not in page


def test_nobody_outside_the_case_can_be_chosen(as_amal, gyro, omar, rami, lena):
    page = as_amal.get(there("item_detail", gyro))
    takers = set(page.context["offers"][0]["form"].fields["to"].queryset)
    assert lena in takers and not {omar, rami} & takers

    assert as_amal.post(there("hand_over", gyro), {"to": omar.pk}).status_code == 422


def test_outsiders_find_nothing_and_colleagues_without_the_duty_are_refused(
    client, gyro, omar, rami
):
    for person, status in [(omar, 404), (rami, 403)]:
        client.force_login(person)
        for deed in ["hand_over", "store", "seal", "break_seal"]:
            assert client.post(there(deed, gyro)).status_code == status


def test_a_mass_is_told_as_it_was_weighed(as_amal, gyro, amal, lena):
    services.hand_over(gyro, to=lena, by=amal)
    services.receive_item(gyro, by=lena, mass_g=Decimal("411.5"))

    page = as_amal.get(there("item_detail", gyro)).content.decode()

    assert "411.5 g" in page
    assert "411.500" not in page
