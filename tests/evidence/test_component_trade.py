"""What a part runs on, how it is traded and which export controls name it."""

import pytest
from django.urls import reverse

from evidence.models import Component
from ledger.models import Entry
from tests.evidence.test_components import TYPED, there

TRADE = {
    "voltage_v": "12",
    "current_a": "0.8",
    "frequency_hz": "0",
    "rf_mhz": "902",
    "rf_upper_mhz": "928",
    "rf_protocol": "LoRa",
    "hs_code": "852691",
    "eccn": "7A103.b",
    "eu_annex": "Annex I 7A103",
    "priority_tier": 2,
    "mtcr_item": "9.A.6",
    "price": "149.90",
    "price_currency": "USD",
    "first_seen_market": "2019-03-01",
    "first_seen_precision": "month",
    "commodity_grade": "industrial",
}
WRONG = [
    ({"hs_code": "8526.9"}, "An HS code has six digits"),
    ({"eccn": "7Z103"}, "An ECCN is written such as"),
    ({"mtcr_item": "21.A.1"}, "items go from 1 to 20"),
    ({"price_currency": "usd"}, "A currency is three letters"),
    ({"price_currency": ""}, "the price and its currency"),
    ({"rf_upper_mhz": "868"}, "lies above its lower end"),
    ({"rf_mhz": "300001"}, "less than or equal to 300000"),
    ({"voltage_v": "-5"}, "greater than or equal to"),
    ({"first_seen_market": "2999-01-01"}, "still to come"),
    ({"first_seen_precision": ""}, "how exactly that is known"),
]


@pytest.fixture
def as_amal(client, amal):
    client.force_login(amal)
    return client


def test_what_is_typed_of_power_radio_market_and_control_stands_on_the_page(as_amal, gyro):
    as_amal.post(there("component_create", gyro), {**TYPED, **TRADE})

    page = as_amal.get(there("item_detail", gyro)).content.decode()
    for words in (
        *("12 V · 0.8 A · 0 Hz", "902–928 MHz · LoRa", "149.90 USD", "2019-03<"),
        *("852691", "7A103.b", "Annex I 7A103", "tier 2", "9.A.6", "industrial"),
    ):
        assert words in page


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_cannot_be_is_told_in_the_words_of_the_lists(as_amal, gyro, change, sentence):
    answer = as_amal.post(there("component_create", gyro), {**TYPED, **TRADE, **change})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Component.objects.exists()


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_programs_are_refused_the_same(amal, gyro, as_program, change, sentence):
    sent = {"item": str(gyro.pk), "category": "gyroscope-imu", **TRADE, **change}
    answer = as_program(amal).post("/api/v1/components/", sent, format="json")

    assert answer.status_code in {400, 422}
    assert not Component.objects.exists()


def test_programs_write_and_read_the_same_facts(amal, board, as_program):
    client = as_program(amal)
    address = f"/api/v1/components/{board.pk}/"
    etag = client.get(address).headers["ETag"]
    answer = client.patch(address, TRADE, format="json", headers={"if-match": etag})

    assert answer.status_code == 200
    assert answer.data["rf_protocol"] == "LoRa"
    assert answer.data["priority_tier"] == 2
    told = Entry.objects.filter(act="evidence.component_amended").latest("position")
    assert "852691" in told.body


def test_a_part_of_which_nothing_is_known_says_nothing_of_trade(as_amal, gyro, board):
    page = as_amal.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()

    assert "MTCR annex" not in page
