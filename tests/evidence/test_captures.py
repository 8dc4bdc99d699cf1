"""Photographs sealed on phones: each comes in once, to the exhibit that its tag names."""

from uuid import uuid4

import pytest

from catalogue.models import ComponentCategory
from core.identity import uuid7
from evidence import services
from evidence.models import Capture, File, Item
from ledger.models import Entry

pytestmark = pytest.mark.django_db
THERE = "/api/v1/captures/"
NOON = "2026-11-20T12:00:00+03:00"


@pytest.fixture
def photo(night_raid, amal):
    return services.receive_file(night_raid, by=amal, chunks=[b"a wing"], name="1.jpg")


@pytest.fixture
def other_kind(catalogue):
    ComponentCategory.objects.get_or_create(code="other", defaults={"name": "other"})


@pytest.fixture
def send(as_program, amal, strike, other_kind):
    """Tell the server of a capture; returns the answer."""

    def tell(file, key=None, *, by=amal, **said):
        body = {"key": str(key or uuid4()), "incident": str(strike.pk), "file": str(file.pk)}
        return as_program(by).post(THERE, {**body, "taken_at": NOON, **said}, format="json")

    return tell


def test_a_new_tag_logs_an_exhibit_that_holds_the_photograph(send, photo, amal):
    told = send(photo, tag="S-17", note="Wing spar, north of the crater")
    assert told.status_code == 201, told.content
    assert (told.json()["exhibit_no"], told.json()["sha256"]) == ("S-17", photo.sha256)
    item = Item.objects.visible_to(amal).get(exhibit_no="S-17")
    assert item.holder == amal and item.files.visible_to(amal).get() == photo
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"evidence.item_logged", "evidence.capture_received"} <= acts


def test_what_was_only_photographed_has_no_holder(send, photo, amal):
    send(photo, tag="S-18", taken_along=False)
    assert not Item.objects.visible_to(amal).get(exhibit_no="S-18").was_possessed


def test_a_known_tag_goes_to_its_exhibit(send, photo, gyro):
    assert send(photo, tag=gyro.exhibit_no.lower()).json()["item"] == str(gyro.pk)


def test_the_address_on_a_printed_label_names_its_exhibit(send, photo, gyro):
    scanned = f"https://vestige.example/items/{gyro.pk}/"
    assert send(photo, tag=scanned).json()["item"] == str(gyro.pk)


def test_the_bars_on_a_printed_label_name_its_exhibit(send, photo, gyro):
    told = send(photo, tag=f" {gyro.scanned_as.lower()} ")
    assert (told.json()["item"], told.json()["exhibit_no"]) == (str(gyro.pk), gyro.exhibit_no)


def test_a_phone_whose_clock_is_fast_is_heard_all_the_same(send, photo, amal):
    told = send(photo, tag="S-20", taken_at="2100-01-01T00:00:00Z")
    assert (told.status_code, told.json()["taken_at"]) == (201, "2100-01-01T00:00:00Z")
    assert Item.objects.visible_to(amal).get(exhibit_no="S-20").recovered_at is None


def test_without_a_tag_the_photograph_waits_to_be_sorted(send, photo, amal):
    assert send(photo).json()["item"] is None
    assert File.objects.visible_to(amal).unassigned().get() == photo


def test_what_is_sent_again_weeks_later_is_the_same_capture(send, photo, amal):
    key = uuid4()
    first = send(photo, key, tag="S-19")
    again = send(photo, key, tag="S-19")
    assert again.json() == first.json()
    assert Capture.objects.visible_to(amal).count() == 1
    assert Item.objects.visible_to(amal).filter(exhibit_no="S-19").count() == 1


def test_one_photograph_may_show_two_exhibits_and_both_have_it(send, photo, amal):
    first, second = send(photo, tag="S-1").json(), send(photo, tag="S-2").json()
    assert first["item"] != second["item"] and first["sha256"] == second["sha256"]
    assert File.objects.visible_to(amal).filter(sha256=photo.sha256).count() == 2


def test_half_a_place_is_no_place(send, photo):
    assert send(photo, latitude="33.3").status_code == 422
    assert send(photo, latitude="91", longitude="44").status_code == 422
    assert send(photo, latitude="33.31", longitude="44.36", accuracy_m=8).status_code == 201


def test_a_capture_of_an_unknown_incident_is_refused(send, photo):
    assert send(photo, incident=str(uuid7())).status_code == 422
