"""Components and their markings in the browser: kept as seen, the absent ones too."""

import pytest
from django.urls import reverse

from catalogue.models import Maker
from evidence import services
from evidence.models import Component, Marking
from evidence.models.vocabulary import MarkingState

TYPED = {
    "category": "gyroscope-imu",
    "identification": "probable",
    "maker_status": "marked",
    "maker_as_marked": "KESTREL DYN.",
    "serial_number": "73-10?1",
    "serial_state": "present-partial",
    "transcription": "single-read",
    "materials": "aluminium, steel",
}


@pytest.fixture
def as_amal(client, amal):
    client.force_login(amal)
    return client


def there(name, row):
    return reverse(f"evidence:{name}", args=[row.pk])


def test_a_part_is_described_exactly_as_it_is_marked(as_amal, gyro):
    answer = as_amal.post(there("component_create", gyro), TYPED)

    part = Component.objects.get()
    assert answer.headers["Location"] == f"{there('item_detail', gyro)}#component-{part.pk}"
    assert (part.serial_number, part.materials) == ("73-10?1", ["aluminium", "steel"])
    assert b"73-10?1" in as_amal.get(there("item_detail", gyro)).content


def test_a_maker_of_the_catalogue_is_found_by_any_form_of_its_name(as_amal, gyro):
    kestrel = Maker.objects.create(name="Kestrel Dynamics GmbH")
    as_amal.post(there("component_create", gyro), {**TYPED, "maker": "KESTREL DYNAMICS"})

    assert Component.objects.get().maker == kestrel


def test_a_maker_that_is_not_in_the_catalogue_may_stay_as_marked(as_amal, gyro):
    answer = as_amal.post(there("component_create", gyro), {**TYPED, "maker": "Nobody Ltd"})

    assert answer.status_code == 422
    assert b"The catalogue has no maker of this name" in answer.content
    assert b"Nobody Ltd" in answer.content and b"KESTREL DYN." in answer.content


def test_a_firmware_hash_that_is_none_is_told_in_words(as_amal, gyro):
    answer = as_amal.post(there("component_create", gyro), {**TYPED, "firmware_sha256": "abc"})

    assert answer.status_code == 422
    assert b"A SHA-256 has 64 digits" in answer.content


def test_editing_shows_what_is_stored_and_keeps_the_rest(as_amal, board):
    page = as_amal.get(there("component_edit", board))
    assert b'value="73-10?1"' in page.content

    typed = {**TYPED, "version": board.version, "part_number": "KD-9-104-B"}
    assert as_amal.post(there("component_edit", board), typed).status_code == 302
    board.refresh_from_db()
    assert board.part_number == "KD-9-104-B"


def test_two_readers_of_one_part_do_not_overwrite_each_other(as_amal, board, amal):
    services.amend_component(board, by=amal, version=board.version, serial_number="73-1011")
    answer = as_amal.post(there("component_edit", board), {**TYPED, "version": board.version})

    assert answer.status_code == 409
    assert b"73-1011" in answer.content and b"73-10?1" in answer.content


@pytest.mark.parametrize("state", MarkingState.values)
def test_each_of_the_ten_states_is_told_in_words(as_amal, gyro, board, state):
    as_amal.post(there("marking_create", board), {"kind": "serial", "state": state})

    marking = Marking.objects.get()
    page = as_amal.get(there("item_detail", gyro)).content.decode()
    assert marking.state == state
    assert marking.get_state_display()[1:] in page


def test_a_removed_marking_has_no_text_and_nothing_typed_is_lost(as_amal, board):
    typed = {"kind": "serial", "state": "removed-ground", "as_seen": "73-10"}
    answer = as_amal.post(there("marking_create", board), typed)

    assert answer.status_code == 422
    assert b"has no text" in answer.content and b'value="73-10"' in answer.content


def test_a_marking_is_pinned_to_a_photo_of_its_own_exhibit_only(
    as_amal, board, photo, night_raid, amal
):
    other = services.receive_file(night_raid, by=amal, chunks=[b"other"], name="other.txt")
    typed = {"kind": "serial", "state": "present-legible", "as_seen": "73"}
    refused = as_amal.post(there("marking_create", board), {**typed, "photo": other.pk})
    as_amal.post(there("marking_create", board), {**typed, "photo": photo.pk})

    assert refused.status_code == 422
    assert Marking.objects.get().photo == photo


def test_reading_a_marking_again_names_the_new_reader(client, board, amal, lena):
    marking = services.record_marking(
        board, by=amal, kind="serial", state="present-partial", as_seen="73-10?1"
    )
    client.force_login(lena)
    typed = {"kind": "serial", "state": "present-legible", "as_seen": "73-1041", "version": 1}
    assert client.post(there("marking_edit", marking), typed).status_code == 302

    marking.refresh_from_db()
    assert (marking.as_seen, marking.transcribed_by) == ("73-1041", lena)


def test_outsiders_find_nothing_and_colleagues_without_the_duty_are_refused(
    client, gyro, board, amal, omar, rami
):
    marking = services.record_marking(board, by=amal, kind="logo", state="never-present")
    for person, status in [(omar, 404), (rami, 403)]:
        client.force_login(person)
        for name, row in [
            ("component_create", gyro),
            ("component_edit", board),
            ("marking_create", board),
            ("marking_edit", marking),
        ]:
            assert client.get(there(name, row)).status_code == status
            assert client.post(there(name, row)).status_code == status
