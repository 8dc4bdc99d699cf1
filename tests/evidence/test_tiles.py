"""A closer look: tiles of a picture's own pixels, for those who may see it, cut once."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from evidence import services
from evidence.imaging import tiles
from evidence.services import tiling
from tests.bells import answer, job_for
from tests.evidence.imaging.pictures import encoded, exif, two_sided
from tests.evidence.photographs import photograph


def taken_in(gyro, amal, content):
    file = services.receive_file(gyro.case, by=amal, chunks=[content], name="a.jpg", item=gyro)
    answer(job_for("evidence.examine_file", file.pk))
    file.refresh_from_db()
    return file


@pytest.fixture
def large(gyro, amal):
    return taken_in(gyro, amal, photograph(2000))


def tile(file, level, column, row):
    return reverse("evidence:tile", args=[file.pk, level, column, row])


def test_the_viewer_is_told_of_tiles_only_where_there_is_more_to_see(client, gyro, amal, large):
    client.force_login(amal)
    there = reverse("evidence:tile_description", args=[large.pk])
    assert (
        f'data-tiles="{there}"'
        in client.get(reverse("evidence:file_detail", args=[large.pk])).content.decode()
    )
    image = client.get(there).json()["Image"]
    assert image["Size"] == {"Width": str(large.width), "Height": str(large.height)}
    assert image["Url"] == there

    small = taken_in(gyro, amal, photograph(300))
    assert client.get(reverse("evidence:tile_description", args=[small.pk])).status_code == 404
    assert client.get(tile(small, 9, 0, 0)).status_code == 404


def test_tiles_together_are_the_original(client, amal, large):
    client.force_login(amal)
    whole = Image.new("RGB", (large.width, large.height))
    for row in range(-(-large.height // tiles.SIDE)):
        for column in range(-(-large.width // tiles.SIDE)):
            shown = client.get(tile(large, 11, column, row))
            assert shown.headers["Content-Type"] == "image/jpeg"
            left, top = (max(0, at * tiles.SIDE - tiles.OVERLAP) for at in (column, row))
            whole.paste(Image.open(BytesIO(shown.content)), (left, top))
    left, right = whole.getpixel((20, 20)), whole.getpixel((large.width - 20, 20))
    preview = client.get(reverse("evidence:file_preview", args=[large.pk]))
    small = Image.open(BytesIO(b"".join(preview.streaming_content)))
    for mine, drawn in ((left, (20, 20)), (right, (small.width - 20, 20))):
        assert all(abs(a - b) < 12 for a, b in zip(mine, small.getpixel(drawn), strict=True))


def test_tiles_stand_upright(client, gyro, amal):
    turned = taken_in(gyro, amal, encoded(two_sided(1800), exif=exif({0x0112: 6})))
    client.force_login(amal)
    shown = Image.open(BytesIO(client.get(tile(turned, 0, 0, 0)).content))
    assert shown.size == (1, 1)
    assert turned.height == 1800


def test_they_are_cut_once(client, amal, large, monkeypatch):
    client.force_login(amal)
    assert client.get(tile(large, 0, 0, 0)).status_code == 200
    monkeypatch.setattr(tiling, "cut", lambda *_: pytest.fail("cut again"))
    assert client.get(tile(large, 8, 0, 0)).status_code == 200
    assert client.get(tile(large, 11, 99, 0)).status_code == 404


def test_nobody_else_gets_a_tile(client, omar, large):
    client.force_login(omar)
    assert client.get(tile(large, 0, 0, 0)).status_code == 404


def test_what_cannot_be_cut_is_tried_once_and_shown_by_its_preview(client, gyro, amal, monkeypatch):
    client.force_login(amal)
    large = taken_in(gyro, amal, photograph(1980))  # bytes that no other test has cut
    monkeypatch.setattr(tiles, "cut_tiles", lambda *_: None)
    assert client.get(tile(large, 0, 0, 0)).status_code == 404
    monkeypatch.setattr(tiling, "cut", lambda *_: pytest.fail("tried again"))
    assert client.get(tile(large, 0, 0, 0)).status_code == 404
