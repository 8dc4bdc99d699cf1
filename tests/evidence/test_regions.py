"""Where on a photo a marking stands, and how long a pixel of it is."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from evidence import services
from evidence.models import Calibration, Marking
from evidence.models.region import box_of, corners_of, require_region
from ledger.models import Entry

BOX = {"left": 100, "top": 200, "width": 300, "height": 50}
SEEN = {"kind": "serial", "state": "present-partial", "as_seen": "73-10?1"}
LINE = {"start": (20, 30), "end": (320, 30), "length_mm": Decimal(150)}
per_mille = st.integers(0, 1000)


@given(per_mille, per_mille, st.integers(1, 1000), st.integers(1, 1000))
def test_a_box_is_taken_exactly_when_it_lies_within_the_picture(left, top, width, height):
    region = {"left": left, "top": top, "width": width, "height": height}
    within = left + width <= 1000 and top + height <= 1000
    assert is_taken(region) == within
    assert box_of(region) == region


@given(st.lists(st.tuples(per_mille, per_mille).map(list), min_size=3, max_size=100))
def test_an_outline_lies_in_the_box_around_it(corners):
    region = {"corners": corners}
    require_region(region)
    box = box_of(region)
    for x, y in corners_of(region):
        assert box["left"] <= x <= box["left"] + box["width"]
        assert box["top"] <= y <= box["top"] + box["height"]


@pytest.mark.parametrize(
    "region",
    [
        [],
        "100,200",
        {"left": 1},
        {**BOX, "left": -1},
        {**BOX, "left": 1.5},
        {**BOX, "left": True},
        {**BOX, "width": 0},
        {**BOX, "more": 1},
        {"corners": [[1, 2], [3, 4]]},
        {"corners": [[1, 2], [3, 4], [5, 1001]]},
        {"corners": "1,2 3,4 5,6"},
    ],
    ids=str,
)
def test_what_is_no_region_is_refused(region):
    assert not is_taken(region)


def is_taken(region) -> bool:
    try:
        require_region(region)
    except ValidationError:
        return False
    return True


def test_a_marking_is_pinned_to_a_box_and_read_again_to_an_outline(client, amal, board, photo):
    client.force_login(amal)
    there = reverse("evidence:marking_create", args=[board.pk])
    drawn = client.get(f"{there}?photo={photo.pk}&left=100&top=200&width=300&height=50")
    assert b'data-side="left"' in drawn.content and b'value="100"' in drawn.content

    assert client.post(there, {**SEEN, **BOX, "photo": photo.pk}).status_code == 302
    marking = Marking.objects.get()
    assert marking.region == BOX

    again = reverse("evidence:marking_edit", args=[marking.pk])
    typed = {**SEEN, "photo": photo.pk, "version": 1, "outline": "10,10 90,10 50,80"}
    assert client.post(again, typed).status_code == 302
    marking.refresh_from_db()
    assert marking.region == {"corners": [[10, 10], [90, 10], [50, 80]]}


def test_a_region_beyond_the_picture_or_on_none_is_told_in_words(client, amal, board, photo):
    client.force_login(amal)
    there = reverse("evidence:marking_create", args=[board.pk])

    beyond = client.post(there, {**SEEN, **BOX, "left": 800, "photo": photo.pk})
    assert beyond.status_code == 422 and b"reaches beyond the picture" in beyond.content
    nowhere = client.post(there, {**SEEN, **BOX})
    assert nowhere.status_code == 422 and b"Choose the photo" in nowhere.content


def test_the_page_leads_from_a_marking_to_its_region(client, amal, board, photo, gyro):
    services.record_marking(board, by=amal, photo=photo, region=BOX, **SEEN)
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    assert 'data-corners="100,200 400,200 400,250 100,250"' in page
    assert f"?file={photo.pk}#marking-" in page


def test_a_line_along_the_scale_bar_tells_the_size_of_a_pixel(client, amal, photo, gyro):
    client.force_login(amal)
    there = reverse("evidence:file_calibrate", args=[photo.pk])
    typed = {"from_x": 20, "from_y": 30, "to_x": 320, "to_y": 30, "length_mm": "150"}
    assert client.post(there, typed).status_code == 302

    line = Calibration.objects.get()
    assert (line.mm_per_px, line.set_by) == ("0.500000", amal)
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    assert 'data-mm-per-px="0.500000"' in page and "Calibrated by Amal Nasser" in page
    assert Entry.objects.about(photo).filter(act="evidence.photo_calibrated").count() == 1


def test_a_better_line_counts_and_the_first_one_stays(amal, photo):
    services.calibrate(photo, by=amal, **LINE)
    better = services.calibrate(photo, by=amal, **LINE | {"length_mm": Decimal(151)})
    assert Calibration.objects.of(photo).first() == better
    assert Calibration.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"end": (9_000, 30)}, "beyond the picture"),
        ({"end": (21, 30)}, "too short"),
    ],
)
def test_a_line_that_says_nothing_is_refused(amal, photo, line, why):
    with pytest.raises(Refused, match=why):
        services.calibrate(photo, by=amal, **LINE | line)


def test_only_those_who_log_evidence_calibrate(photo, rami):
    with pytest.raises(PermissionDenied):
        services.calibrate(photo, by=rami, **LINE)
