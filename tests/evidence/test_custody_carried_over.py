"""Exhibits from before custody had events: what the ledger says of them becomes their events."""

from importlib import import_module

import pytest
from django.apps import apps

from catalogue.models import ComponentCategory
from evidence import services
from evidence.models import CustodyEvent, Item
from ledger.services import record

carry_over = import_module("evidence.migrations.0020_custody_from_the_ledger").enter_events


@pytest.fixture
def old(strike, amal, lena):
    """An exhibit as it stood then: sealed, handed over in one deed, opened, put on a shelf."""
    item = Item.objects.create(
        case=strike.case,
        incident=strike,
        exhibit_no="EV-0900",
        kind=ComponentCategory.objects.get(code="gyroscope-imu"),
        description="Gyroscope",
        recovered_by="Field team 2",
        holder=lena,
        kept_at="Shelf 4",
        status="stored",
    )
    record(amal, "evidence.item_logged", item, exhibit_no="EV-0900", holder=str(amal.pk))
    record(amal, "evidence.item_sealed", item, seal="S-1")
    record(
        amal,
        "evidence.item_handed_over",
        item,
        giver=str(amal.pk),
        from_place="",
        to=str(lena.pk),
        purpose="Comparison",
        seal="S-1",
    )
    record(lena, "evidence.seal_broken", item, seal="S-1", reason="To read the markings")
    record(lena, "evidence.item_stored", item, from_place="", to_place="Shelf 4", seal="")
    carry_over(apps, None)
    return item


def test_each_line_becomes_the_event_that_it_meant(old, amal, lena):
    told = CustodyEvent.objects.of(old).values_list("kind", "seal_before", "seal_after")
    assert list(told) == [
        ("collected", "", ""),
        ("sealed", "", "S-1"),
        ("transferred-out", "S-1", "S-1"),
        ("received", "S-1", "S-1"),
        ("unsealed", "S-1", ""),
        ("stored", "", ""),
    ]


def test_custody_goes_on_from_there(old, amal, lena):
    services.hand_over(old, to=amal, by=lena)
    services.receive_item(old, by=amal)
    old.refresh_from_db()
    assert (old.holder, old.seal_no) == (amal, "")


def test_what_has_events_is_left_alone(old):
    before = CustodyEvent.objects.count()
    carry_over(apps, None)
    assert CustodyEvent.objects.count() == before
