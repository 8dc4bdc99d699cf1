"""Intake in the browser: what came in is verified at once and sorted later."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence import services
from evidence.models import File, Item
from ledger.models import Entry
from tests.evidence.photographs import photograph, upload

JSON = {"Accept": "application/json"}
HOW = {"acquisition_method": "own-capture"}


@pytest.fixture
def as_amal(client, amal):
    client.force_login(amal)
    return client


@pytest.fixture
def unsorted_files(night_raid, amal) -> list[File]:
    """Three photographs that belong to no exhibit yet."""
    return [
        services.receive_file(
            night_raid, by=amal, chunks=[photograph(width)], name=f"IMG_{width}.jpg"
        )
        for width in (300, 301, 302)
    ]


def there(name, row):
    return reverse(f"evidence:{name}", args=[row.pk])


def test_several_files_come_in_with_one_plain_form_and_stand_in_the_table(as_amal, night_raid):
    photographs = [upload(f"IMG_{width}.jpg", photograph(width)) for width in (300, 301)]
    page = as_amal.post(
        there("intake", night_raid), {"upload": photographs, **HOW}, follow=True
    ).content

    assert b"IMG_300.jpg" in page and b"IMG_301.jpg" in page
    assert b"Verified sha256" in page and b"Waiting" in page


def test_a_script_that_sends_known_bytes_hears_which_exhibit_has_them(as_amal, night_raid, photo):
    sent = {"upload": upload("again.jpg", photograph()), **HOW}
    answer = as_amal.post(there("intake", night_raid), sent, headers=JSON)

    assert (answer.status_code, answer.json()["state"]) == (200, "duplicate")
    assert answer.json()["duplicate_of"] == "Already EV-0001"
    assert File.objects.count() == 1


def test_ticked_files_go_to_an_exhibit_by_its_number(as_amal, night_raid, unsorted_files, gyro):
    chosen = [file.pk for file in unsorted_files[:2]]
    answer = as_amal.post(there("intake_assign", night_raid), {"files": chosen, "item": "EV-0001"})

    assert answer.headers["Location"] == there("item_detail", gyro)
    assert gyro.files.count() == 2
    assert File.objects.unassigned().get() == unsorted_files[2]


def test_ticked_files_make_a_new_exhibit(as_amal, night_raid, unsorted_files, strike):
    typed = {"description": "Elevon servo", "kind": "servo-actuator", "incident": strike.ref}
    as_amal.post(
        there("intake_log", night_raid), {"files": [file.pk for file in unsorted_files], **typed}
    )

    item = Item.objects.get()
    assert (item.description, item.files.count()) == ("Elevon servo", 3)


def test_a_new_exhibit_without_files_is_not_logged_at_all(as_amal, night_raid, strike):
    typed = {"description": "Elevon servo", "kind": "servo-actuator", "incident": strike.ref}
    answer = as_amal.post(there("intake_log", night_raid), typed)

    assert answer.status_code == 422
    assert not Item.objects.exists()


def test_a_wrong_number_keeps_the_ticks(as_amal, night_raid, unsorted_files):
    typed = {"files": [unsorted_files[0].pk], "item": "EV-0404"}
    answer = as_amal.post(there("intake_assign", night_raid), typed)

    assert answer.status_code == 422
    assert b"EV-0404" in answer.content
    assert answer.content.count(b" checked>") == 1


def test_what_was_never_a_file_of_this_case_cannot_be_chosen(as_amal, night_raid, gyro, photo):
    for nonsense in ["not-a-key", str(gyro.pk), str(photo.pk)]:
        typed = {"files": [nonsense], "item": "EV-0001"}
        answer = as_amal.post(there("intake_assign", night_raid), typed)
        assert answer.status_code == 422


def test_the_list_of_cases_counts_what_is_to_be_sorted(as_amal, night_raid, unsorted_files):
    services.examine_file(unsorted_files[0])
    row = as_amal.get(reverse("evidence:intake_list")).context["rows"][0]

    assert (row["case"], row["unassigned"], row["waiting"]) == (night_raid, 3, 2)


def test_only_the_table_comes_back_when_the_page_asks_again(as_amal, night_raid, unsorted_files):
    part = as_amal.get(there("intake", night_raid), headers={"HX-Request": "true"}).content

    assert b'id="intake-files"' in part and b"<h1" not in part


def test_the_page_costs_the_same_however_many_files_wait(as_amal, night_raid, amal):
    def receive(count):
        for number in range(count):
            services.receive_file(
                night_raid, by=amal, chunks=[b"%d %d" % (count, number)], name=f"{number}.txt"
            )

    receive(2)
    as_amal.get(there("intake", night_raid))  # the first one also notes the session
    with CaptureQueriesContext(connection) as few:
        as_amal.get(there("intake", night_raid))
    receive(30)
    with CaptureQueriesContext(connection) as many:
        as_amal.get(there("intake", night_raid))
    assert len(many) == len(few) <= 14


def test_outsiders_find_no_intake_and_colleagues_without_the_duty_only_look(
    client, night_raid, omar, rami
):
    client.force_login(omar)
    assert client.get(there("intake", night_raid)).status_code == 404
    assert night_raid.ref.encode() not in client.get(reverse("evidence:intake_list")).content
    client.force_login(rami)
    assert client.get(there("intake", night_raid)).status_code == 200
    for name in ["intake", "intake_assign", "intake_log"]:
        assert client.post(there(name, night_raid)).status_code == 403


def test_the_same_is_said_of_all_ticked_files(as_amal, night_raid, unsorted_files):
    chosen = [file.pk for file in unsorted_files[:2]]
    said = {"files": chosen, "collected_by": "Amal", "legal_basis": "Article 3"}
    answer = as_amal.post(there("intake_describe", night_raid), said)

    assert answer.status_code == 302
    assert File.objects.filter(collected_by="Amal", legal_basis="Article 3").count() == 2
    assert Entry.objects.filter(act="evidence.file_described").count() == 2


def test_saying_nothing_of_several_files_is_refused(as_amal, night_raid, unsorted_files):
    chosen = [file.pk for file in unsorted_files]
    answer = as_amal.post(there("intake_describe", night_raid), {"files": chosen})
    assert answer.status_code == 422


def test_what_the_case_holds_is_told_before_it_is_sent(as_amal, night_raid, photo):
    known = as_amal.get(there("intake_known", night_raid), {"sha256": photo.sha256}).json()
    assert known["duplicate_of"] == "Already EV-0001"
    assert as_amal.get(there("intake_known", night_raid), {"sha256": "0" * 64}).json() == {}


def test_a_manifest_row_that_names_no_exhibit_changes_nothing(as_program, amal, unsorted_files):
    at = f"/api/v1/files/{unsorted_files[0].pk}/describe/"
    said = {"exhibit_no": "EV-9999", "collected_by": "Amal"}
    answer = as_program(amal).post(at, said, format="json")
    assert answer.status_code == 422
    assert not File.objects.filter(collected_by="Amal").exists()
