"""Files in the browser: taken in one by one, shown as our own pictures, given out inert."""

import hashlib

import pytest
from django.urls import reverse

from evidence import services, vault
from evidence.models import File
from ledger.models import Entry
from tests.evidence.photographs import photograph, upload

JSON = {"Accept": "application/json"}
HOW = {"acquisition_method": "own-capture"}


@pytest.fixture
def as_amal(client, amal):
    client.force_login(amal)
    return client


def there(name, row):
    return reverse(f"evidence:{name}", args=[row.pk])


def test_several_photographs_come_in_with_one_plain_form(as_amal, gyro):
    photographs = [upload(f"IMG_{width}.jpg", photograph(width)) for width in (300, 301, 302)]
    answer = as_amal.post(there("file_receive", gyro), {"upload": photographs, **HOW}, follow=True)

    assert gyro.files.count() == 3
    assert b"3 files are stored and verified." in answer.content


def test_a_script_sends_one_file_and_is_told_its_hash_and_place(as_amal, gyro):
    content = photograph()
    sent = {"upload": upload("IMG_1.jpg", content), **HOW}
    answer = as_amal.post(there("file_receive", gyro), sent, headers=JSON)

    told, file = answer.json(), File.objects.get()
    assert answer.status_code == 201
    assert told["sha256"] == hashlib.sha256(content).hexdigest() == file.sha256
    assert (told["state"], told["url"]) == ("waiting", there("file_detail", file))


def test_the_same_bytes_again_are_one_file_and_said_to_be(as_amal, gyro):
    for status, state in [(201, "waiting"), (200, "duplicate")]:
        sent = {"upload": upload("IMG_1.jpg", photograph()), **HOW}
        answer = as_amal.post(there("file_receive", gyro), sent, headers=JSON)
        assert (answer.status_code, answer.json()["state"]) == (status, state)
    assert answer.json()["duplicate_of"] == "Already EV-0001"
    assert gyro.files.count() == 1


def test_an_empty_file_is_refused_by_name_and_the_others_are_kept(as_amal, gyro):
    sent = {"upload": [upload("good.jpg", photograph()), upload("empty.jpg", b"")], **HOW}
    answer = as_amal.post(there("file_receive", gyro), sent)

    assert answer.status_code == 422
    assert b"empty.jpg: The file is empty." in answer.content
    assert [file.name for file in gyro.files.all()] == ["good.jpg"]


def test_sending_nothing_says_so(as_amal, gyro):
    assert as_amal.post(there("file_receive", gyro), HOW).status_code == 422
    assert as_amal.post(there("file_receive", gyro), HOW, headers=JSON).json()["error"]


def test_a_picture_is_shown_as_our_own_and_kept_only_by_the_browser(as_amal, photo):
    for name in ["file_thumbnail", "file_preview"]:
        answer = as_amal.get(there(name, photo))
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"]
        assert "no-store" not in answer.headers["Cache-Control"]
        again = as_amal.get(there(name, photo), headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_an_original_goes_out_inert_unchanged_and_with_a_line_in_the_ledger(as_amal, photo):
    answer = as_amal.post(there("file_download", photo))

    assert b"".join(answer.streaming_content) == photograph()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="IMG_2041.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert Entry.objects.about(photo).last().act == "evidence.original_downloaded"


def test_no_address_gives_an_original_out_for_the_asking(as_amal, photo):
    assert as_amal.get(there("file_download", photo)).status_code == 405


def test_a_page_that_claims_to_be_a_picture_is_never_shown_as_one(as_amal, gyro, amal):
    evil = b"<html><script>alert(1)</script></html>"
    file = services.receive_file(gyro.case, by=amal, chunks=[evil], name="a.html", item=gyro)
    file = services.examine_file(file)

    assert as_amal.get(there("file_preview", file)).status_code == 404
    page = as_amal.get(there("file_detail", file))
    assert b"Not a picture" in page.content and b"alert(1)" not in page.content
    assert "attachment" in as_amal.post(there("file_download", file)).headers["Content-Disposition"]


def test_a_stopped_worker_shows_waiting_never_an_error(as_amal, gyro, amal):
    file = services.receive_file(
        gyro.case, by=amal, chunks=[photograph()], name="IMG_1.jpg", item=gyro
    )
    for row, name in [(file, "file_detail"), (gyro, "item_detail")]:
        page = as_amal.get(there(name, row))
        assert page.status_code == 200
        assert b"The worker has not looked at it yet" in page.content
    part = as_amal.get(there("file_state", file))
    assert b"hx-trigger" in part.content
    assert as_amal.get(there("file_thumbnail", file)).status_code == 404


def test_a_broken_picture_says_why_and_keeps_its_original(as_amal, gyro, amal):
    half = photograph(1200)[:3000]
    file = services.receive_file(gyro.case, by=amal, chunks=[half], name="half.jpg", item=gyro)
    file = services.examine_file(file)

    page = as_amal.get(there("file_detail", file))
    assert b"This picture cannot be shown" in page.content
    assert b"The original is kept" in page.content
    assert b"".join(as_amal.post(there("file_download", file)).streaming_content) == half
    assert b"hx-trigger" not in as_amal.get(there("file_state", file)).content


def test_what_a_picture_claims_is_labelled_as_a_claim(as_amal, photo):
    page = as_amal.get(there("file_detail", photo)).content.decode()

    assert "claimed" in page
    assert "33.308194, 44.398000" in page
    assert "Canon EOS R6" in page


def test_a_camera_that_names_no_zone_is_said_to(as_amal, gyro, amal):
    plain = photograph(zone=False)
    file = services.receive_file(gyro.case, by=amal, chunks=[plain], name="a.jpg", item=gyro)
    services.examine_file(file)

    page = as_amal.get(there("file_detail", file))
    assert b"time zone unknown" in page.content


def test_verifying_again_reads_the_bytes_and_tells_the_truth(as_amal, photo):
    page = as_amal.post(there("file_verify", photo), follow=True)
    assert b"The stored bytes have the recorded SHA-256." in page.content

    held = vault.storages["evidence"].path(vault.address(photo.sha256))
    with open(held, "rb") as whole:  # noqa: PTH123
        before = whole.read()
    vault.storages["evidence"].delete(vault.address(photo.sha256))
    try:
        page = as_amal.post(there("file_verify", photo), follow=True)
        assert b"no longer have the recorded SHA-256" in page.content
        assert b"integrity-altered" in page.content
        gone = as_amal.post(there("file_download", photo), follow=True)
        assert b"not in the store" in gone.content
    finally:
        vault.keep([before])


def test_a_caption_is_kept_and_read_out(as_amal, photo, gyro):
    typed = {"caption": "Type plate with scale", "in_situ": "on"}
    assert as_amal.post(there("file_caption", photo), typed).status_code == 302

    page = as_amal.get(there("item_detail", gyro)).content
    assert b'alt="Type plate with scale"' in page
    assert b"taken before it was moved" in page


def test_a_caption_that_is_too_long_comes_back_whole(as_amal, photo):
    answer = as_amal.post(there("file_caption", photo), {"caption": "x" * 301})

    assert answer.status_code == 422
    assert b"x" * 301 in answer.content


def test_a_file_goes_to_an_exhibit_of_its_own_case_by_number(as_amal, night_raid, gyro, amal):
    file = services.receive_file(night_raid, by=amal, chunks=[photograph()], name="a.jpg")

    assert as_amal.post(there("file_assign", file), {"item": "EV-0404"}).status_code == 422
    assert as_amal.post(there("file_assign", file), {"item": "EV-0001"}).status_code == 302
    file.refresh_from_db()
    assert file.item == gyro


def test_outsiders_find_nothing_and_colleagues_without_the_duty_only_read(
    client, photo, gyro, omar, rami
):
    reading = ["file_detail", "file_state", "file_thumbnail", "file_preview"]
    writing = ["file_caption", "file_assign"]
    client.force_login(omar)
    assert {client.get(there(name, photo)).status_code for name in reading} == {404}
    for name in [*writing, "file_download", "file_verify"]:
        assert client.post(there(name, photo)).status_code == 404
    client.force_login(rami)
    assert {client.get(there(name, photo)).status_code for name in reading} == {200}
    assert {client.post(there(name, photo)).status_code for name in writing} == {403}
    assert client.post(there("file_receive", gyro), {}).status_code == 403


def test_a_program_reads_where_the_very_same_file_lies_as_well(gyro, photo, amal, omar, as_program):
    other = services.log_item(
        gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description="Antenna"
    )
    again = services.receive_file(
        gyro.case, by=amal, chunks=[photograph()], name="copy.jpg", item=other
    )
    program = as_program(amal)
    for one, twin in [(photo, again), (again, photo)]:
        (told,) = program.get(f"/api/v1/files/{one.pk}/same-bytes/").json()
        assert (told["id"], told["item"]) == (str(twin.pk), str(twin.item_id))
    assert as_program(omar).get(f"/api/v1/files/{photo.pk}/same-bytes/").status_code == 404
