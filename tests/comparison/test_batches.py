"""Production batches as people see them: runs of serials, lots, and nothing of what is hidden."""

import pytest
from django.urls import reverse

from comparison import services
from core.markings import Handling
from investigations.services.label import mark_more_strictly
from tests.comparison.conftest import GYROSCOPE

LIST = reverse("comparison:batch_list")


def batch_of(client, component):
    return client.get(reverse("comparison:batch_detail", args=[component.pk])).content.decode()


def serials_on(text):
    return [part.split("<")[0] for part in text.split("<title>")[2:]]


@pytest.fixture
def read(component_of):
    """Logs a gyroscope and reads it as the worker does."""

    def log(incident, serial, **facts):
        gyroscope = component_of(
            incident, "gyroscope-imu", **GYROSCOPE | {"serial_number": serial} | facts
        )
        services.propose_links(gyroscope)
        return gyroscope

    return log


def test_near_serials_of_two_theatres_stand_on_one_number_line(client, lena, strike, harbour, read):
    read(strike, "SN-004120", date_code="22W13")
    read(harbour, "SN-004128", date_code="22W14")
    read(harbour, "SN-009000")
    client.force_login(lena)
    text = client.get(LIST).content.decode()

    assert "across theatres" in text
    assert "SN-004120" in text and "SN-004128" in text
    assert "+8" in text
    assert "SN-009000" not in text, "a lone serial is no batch"
    assert "28 Mar 2022" in text and "10 Apr 2022" in text


def test_parts_of_one_lot_are_a_batch_whatever_their_serials(client, lena, strike, harbour, read):
    read(strike, "SN-000001", lot_code="24-08")
    read(harbour, "SN-900000", lot_code="2408")
    client.force_login(lena)
    assert "SN-900000" not in client.get(LIST).content.decode()
    text = client.get(LIST, {"kind": "lot"}).content.decode()
    assert "SN-000001" in text and "SN-900000" in text


def test_one_lot_code_on_another_part_is_another_lot(client, lena, strike, harbour, read):
    read(strike, "SN-000001", lot_code="2408")
    read(harbour, "SN-900000", lot_code="2408", part_number="V20-B")
    client.force_login(lena)
    assert "No batch yet" in client.get(LIST, {"kind": "lot"}).content.decode()


def test_a_batch_is_found_from_its_component(client, lena, strike, harbour, read):
    first = read(strike, "SN-004120")
    read(harbour, "SN-004128")
    client.force_login(lena)
    text = batch_of(client, first)
    assert "SN-004128" in text
    assert "Nothing here says who used any of them." in text
    there = reverse("comparison:batch_detail", args=[first.pk])
    item = reverse("evidence:item_detail", args=[first.item_id])
    assert there in client.get(item).content.decode()


def test_one_serial_in_two_places_is_a_warning_and_no_batch_to_celebrate(
    client, lena, strike, harbour, read
):
    first = read(strike, "SN-004120")
    read(harbour, "SN-004120")
    client.force_login(lena)
    assert "One serial number in more than one place" in batch_of(client, first)


def test_a_falsified_serial_joins_no_run(client, lena, strike, harbour, read):
    read(strike, "SN-004120")
    read(harbour, "SN-004128", serial_state="re-marked-falsified")
    client.force_login(lena)
    assert "No batch yet" in client.get(LIST).content.decode()


def test_a_hidden_component_neither_shows_nor_joins_two_runs(
    client, lena, soraya, strike, harbour, seizure, read, component_of
):
    low, high = read(strike, "SN-004100"), read(harbour, "SN-004180")
    between = component_of(
        seizure, "gyroscope-imu", by=soraya, **GYROSCOPE | {"serial_number": "SN-004140"}
    )
    services.propose_links(between)
    client.force_login(lena)
    for component in (low, high):
        assert "Nothing was made with it that you may see" in batch_of(client, component)
    assert "No batch yet" in client.get(LIST).content.decode()
    assert client.get(reverse("comparison:batch_detail", args=[between.pk])).status_code == 404
    client.force_login(soraya)
    assert "SN-004180" in batch_of(client, low)


def test_a_marked_exhibit_leaves_the_batch_of_who_may_not_read_it(
    client, lena, soraya, strike, harbour, read
):
    first, second = read(strike, "SN-004120"), read(harbour, "SN-004128")
    soraya.compartments = ["QUARRY"]
    soraya.save()
    quarry = Handling(compartments=frozenset({"QUARRY"}))
    mark_more_strictly(second.item, quarry, by=soraya, reason="It names a source.")
    client.force_login(lena)
    assert "SN-004128" not in batch_of(client, first)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"part": "v10 a"}, True),
        ({"part": "V10"}, False),
        ({"category": "servo-actuator"}, False),
        ({"category": "gyroscope-imu"}, True),
        ({"begin": "ZZZ"}, False),
        ({"kind": "nonsense", "theatre": "nonsense"}, True),
    ],
)
def test_batches_are_narrowed(client, lena, strike, harbour, read, query, found):
    read(strike, "SN-004120")
    read(harbour, "SN-004128")
    client.force_login(lena)
    assert ("SN-004128" in client.get(LIST, query).content.decode()) is found


def test_batches_are_narrowed_by_a_theatre_that_they_reach_into(
    client, lena, strike, harbour, read
):
    read(strike, "SN-004120")
    read(harbour, "SN-004128")
    read(strike, "SN-008120")
    read(strike, "SN-008121")
    client.force_login(lena)
    text = client.get(LIST, {"theatre": str(harbour.theatre_id)}).content.decode()
    assert "SN-004120" in text, "the batch is shown whole"
    assert "SN-008120" not in text


def test_a_page_of_batches_goes_on_where_the_last_ended(client, lena, strike, read, monkeypatch):
    monkeypatch.setattr("comparison.services.batch.KEYS", 1)
    for part in ("A-1", "B-1"):
        read(strike, "SN-004120", part_number=part)
        read(strike, "SN-004128", part_number=part)
    client.force_login(lena)
    first = client.get(LIST).content.decode()
    assert "A-1" in first and "B-1" not in first
    second = client.get(LIST, {"begin": "A1|SN|6|"}).content.decode()
    assert "B-1" in second and "A-1" not in second


def test_a_page_of_batches_costs_the_same_whatever_its_rows(
    client, lena, strike, harbour, read, django_assert_max_num_queries
):
    first = read(strike, "SN-004120")
    for number in range(6):
        read(harbour, f"SN-00412{number + 1}", lot_code=f"L{number % 2}")
        read(harbour, f"SN-00412{number + 1}", part_number=f"P{number}")
    client.force_login(lena)
    client.get(LIST)
    for there in (LIST, LIST + "?kind=lot"):
        with django_assert_max_num_queries(12):
            client.get(there)
    with django_assert_max_num_queries(15):
        batch_of(client, first)
