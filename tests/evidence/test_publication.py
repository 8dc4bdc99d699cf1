"""Files from platforms: addresses, an uploader nobody reads, pictures that are covered."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import Refused
from evidence import services
from evidence.models import File
from evidence.services import Step
from investigations.models import CommittedValue
from ledger.models import Entry

POST = "https://social.example/post/8871"
ARCHIVED = "https://archive.example/20260314/8871"
ACCOUNT = "@witness_of_qadir"
SEEN = {"platform_url": POST, "archived_url": ARCHIVED}


def at(name, file, query=""):
    return reverse(f"evidence:{name}", args=[file.pk]) + query


def page_of(client, file, query=""):
    return client.get(at("file_detail", file, query)).content.decode()


@pytest.fixture
def shown(photo) -> File:
    """The photograph, once the worker has drawn it."""
    drawn = {"state": "ready", "thumbnail": "256/a.jpg", "preview": "1600/a.jpg"}
    File.objects.filter(pk=photo.pk).update(**drawn, width=1600, height=1200)
    photo.refresh_from_db()
    return photo


@pytest.fixture
def covered(shown, amal) -> File:
    return services.mark_graphic(shown, by=amal)


@pytest.fixture
def as_amal(client, amal):
    client.force_login(amal)
    return client


def test_addresses_stand_on_the_page_as_text_and_never_as_links(as_amal, photo):
    assert as_amal.post(at("file_publication", photo), SEEN).status_code == 302

    page = page_of(as_amal, photo)
    assert POST in page and ARCHIVED in page
    assert f'href="{POST}"' not in page


def test_an_address_that_no_browser_opens_is_refused_in_words(as_amal, photo):
    answer = as_amal.post(at("file_publication", photo), {**SEEN, "platform_url": "javascript:1"})

    assert answer.status_code == 422
    assert b"valid URL" in answer.content


def test_the_uploader_stands_in_no_line_page_or_answer(as_amal, photo, amal, as_program):
    as_amal.post(at("file_publication", photo), {**SEEN, "uploader": ACCOUNT})

    assert not any(ACCOUNT in body for body in Entry.objects.values_list("body", flat=True))
    assert ACCOUNT not in page_of(as_amal, photo)
    assert ACCOUNT not in as_amal.get(at("file_publication", photo)).content.decode()
    answer = as_program(amal).get(f"/api/v1/files/{photo.pk}/")
    assert ACCOUNT not in json.dumps(answer.json())


def test_only_those_who_guard_identities_are_led_to_the_uploader(
    client, photo, amal, soraya, as_amal
):
    services.describe_publication(photo, by=amal, **SEEN, uploader=ACCOUNT)
    photo.refresh_from_db()
    there = reverse("investigations:value_detail", args=[photo.uploader_kept_id])
    assert there not in page_of(as_amal, photo)
    assert as_amal.get(there).status_code == 403

    client.force_login(soraya)
    assert there in page_of(client, photo)


def test_an_address_that_names_the_uploader_is_refused(photo, amal):
    named = "https://social.example/Witness_of_Qadir/8871"
    with pytest.raises(Refused, match="names the uploader"):
        services.describe_publication(
            photo, by=amal, platform_url=named, archived_url="", uploader=ACCOUNT
        )
    services.describe_publication(photo, by=amal, **SEEN, uploader=ACCOUNT)
    photo.refresh_from_db()
    with pytest.raises(Refused, match="names the uploader"):
        services.describe_publication(photo, by=amal, platform_url=POST, archived_url=named)


def test_an_uploader_left_empty_stays(photo, amal):
    services.describe_publication(photo, by=amal, **SEEN, uploader=ACCOUNT)
    services.describe_publication(photo, by=amal, platform_url="", archived_url=ARCHIVED)

    photo.refresh_from_db()
    assert photo.uploader_kept is not None
    assert (photo.platform_url, photo.archived_url) == ("", ARCHIVED)


def test_the_same_uploader_said_again_is_kept_once(photo, amal):
    for _time in range(2):
        photo.refresh_from_db()
        services.describe_publication(photo, by=amal, **SEEN, uploader=ACCOUNT)

    assert CommittedValue.objects.count() == 1


def test_a_graphic_picture_is_covered_until_it_is_asked_for(as_amal, covered):
    image = at("file_preview", covered)
    assert image not in page_of(as_amal, covered)
    assert f"?shown={covered.pk}" in page_of(as_amal, covered)
    assert image in page_of(as_amal, covered, f"?shown={covered.pk}")


def test_asking_for_one_graphic_picture_uncovers_no_other(as_amal, covered):
    another = "01900000-0000-7000-8000-000000000000"
    assert at("file_preview", covered) not in page_of(as_amal, covered, f"?shown={another}")


def test_a_graphic_picture_is_covered_in_lists_and_on_its_exhibit(as_amal, covered, gyro):
    small = at("file_thumbnail", covered)
    for there in (reverse("evidence:item_list"), reverse("evidence:item_detail", args=[gyro.pk])):
        page = as_amal.get(there).content.decode()
        assert small not in page
        assert at("file_preview", covered) not in page
        assert "raphic content" in page


def test_another_picture_stands_for_the_exhibit_if_there_is_one(as_amal, covered, gyro, amal):
    plain = services.receive_file(gyro.case, by=amal, chunks=[b"another"], name="b.jpg", item=gyro)
    File.objects.filter(pk=plain.pk).update(state="ready", thumbnail="256/b.jpg")

    page = as_amal.get(reverse("evidence:item_list")).content.decode()
    assert at("file_thumbnail", plain) in page


def test_covering_and_uncovering_stand_in_the_ledger_once_each(covered, amal):
    services.mark_graphic(covered, by=amal)
    services.unmark_graphic(covered, by=amal)

    acts = [line.act for line in Entry.objects.about(covered).order_by("position")]
    assert acts[-2:] == ["evidence.file_marked_graphic", "evidence.file_unmarked_graphic"]


def test_a_copy_of_a_graphic_picture_is_covered_too(covered, amal):
    step = Step(tool="dd", tool_version="9", reason="To be worked on")
    copy = services.receive_copy(
        covered, step, by=amal, chunks=[b"copy"], name="c.jpg", copy_type="working"
    )
    assert copy.graphic_content


def test_whoever_enters_no_evidence_covers_nothing(shown, rami):
    with pytest.raises(PermissionDenied):
        services.mark_graphic(shown, by=rami)


def test_programs_cover_uncover_and_filter(amal, shown, as_program):
    program = as_program(amal)
    covered = program.post(f"/api/v1/files/{shown.pk}/cover/")
    listed = program.get("/api/v1/files/?graphic_content=true").json()["results"]
    plain = program.post(f"/api/v1/files/{shown.pk}/uncover/")

    assert covered.json()["graphic_content"] is True
    assert [one["id"] for one in listed] == [str(shown.pk)]
    assert plain.json()["graphic_content"] is False


def test_programs_say_where_a_file_was_published(amal, photo, as_program):
    sent = {**SEEN, "uploader": ACCOUNT}
    answer = as_program(amal).post(f"/api/v1/files/{photo.pk}/publication/", sent, format="json")

    assert answer.status_code == 200
    assert answer.json()["platform_url"] == POST
    assert "uploader" not in answer.json()
