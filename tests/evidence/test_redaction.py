"""Redacted copies: pixels and metadata gone, the picture untouched, a second person looks."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.errors import Refused
from evidence import services, vault
from evidence.imaging.redact import CannotRedact, redact
from evidence.imaging.redacting import in_pixels, redacted
from tests.evidence.imaging.pictures import as_held, encoded, oriented, two_sided

FACE = {"left": 100, "top": 100, "width": 250, "height": 500, "reason": "witness-identity"}
BOX = (100, 100, 250, 500)


@pytest.fixture
def drawn(amal, photo):
    return services.draw_redaction(services.ask_redaction(photo, by=amal, regions=[FACE]))


def opened(file) -> Image.Image:
    with vault.open_original(file.sha256) as held:
        return Image.open(BytesIO(held.read()))


def test_the_pixels_are_gone_the_metadata_too_and_the_picture_is_untouched(drawn, photo):
    copy = opened(drawn.copy)
    inside = copy.crop((44, 24, 136, 116))
    assert max(high for _low, high in inside.getextrema()) <= 8
    assert copy.getpixel((380, 180))[2] > 150
    assert not copy.getexif() and "icc_profile" not in copy.info
    assert opened(photo).getexif()
    assert vault.still_whole(photo.sha256)


def test_the_copy_says_what_it_was_made_of_and_how(drawn, photo):
    copy = drawn.copy
    step = copy.transformations.get()
    assert (copy.derived_from, copy.copy_type) == (photo, "redacted")
    assert "100 100 250 500 witness-identity" in step.parameters
    assert photo.name not in copy.name


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_box_lies_on_the_upright_picture(tmp_path, orientation):
    held = encoded(as_held(orientation), exif=oriented(orientation))
    Path(tmp_path, "held").write_bytes(held)
    made = redact(Path(tmp_path, "held"), tmp_path, [(0, 0, 250, 1000)])
    with Image.open(made.path) as copy:
        assert copy.size == (400, 200) == (made.width, made.height)
        assert max(copy.getpixel((50, 100))) < 10
        assert copy.getpixel((150, 100))[0] > 150 and copy.getpixel((350, 100))[2] > 150


def test_what_shone_through_is_not_uncovered():
    hidden = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    assert redacted(hidden, []).getpixel((50, 50)) == (255, 255, 255)


@given(
    st.integers(0, 999),
    st.integers(0, 999),
    st.integers(1, 1000),
    st.integers(1, 1000),
    st.integers(1, 9000),
    st.integers(1, 9000),
)
def test_a_box_covers_all_that_it_touches(left, top, width, height, across, down):
    x1, y1, x2, y2 = in_pixels((left, top, width, height), (across, down))
    assert x1 * 1000 <= left * across and x2 * 1000 >= (left + width) * across
    assert y1 * 1000 <= top * down and y2 * 1000 >= (top + height) * down


def test_what_cannot_be_decoded_is_not_half_redacted(tmp_path):
    broken = Path(tmp_path, "broken")
    broken.write_bytes(encoded(two_sided(800, 800))[:400])
    with pytest.raises(CannotRedact):
        redact(broken, tmp_path, [BOX])
    broken.write_bytes(b"no picture at all")
    with pytest.raises(CannotRedact):
        redact(broken, tmp_path, [BOX])


def test_another_person_looks_at_the_copy(client, drawn, amal, lena):
    with pytest.raises(Refused, match="another person"):
        services.review_redaction(drawn, by=amal, state="accepted")
    client.force_login(lena)
    there = reverse("evidence:redaction_review", args=[drawn.pk])
    assert client.get(there).status_code == 200
    silent = client.post(there, {"state": "returned"})
    assert silent.status_code == 422 and b"still to be seen" in silent.content
    assert client.post(there, {"state": "accepted"}).status_code == 302
    drawn.refresh_from_db()
    assert (drawn.state, drawn.reviewed_by) == ("accepted", lena)


def test_the_page_takes_regions_drawn_or_typed_and_tells_what_is_wrong(client, amal, photo):
    client.force_login(amal)
    there = reverse("evidence:file_redact", args=[photo.pk])
    page = client.get(there).content.decode()
    assert page.count("data-region-row") == 8
    counts = {"regions-TOTAL_FORMS": 8, "regions-INITIAL_FORMS": 0}
    nothing = client.post(there, counts)
    assert nothing.status_code == 422 and b"Mark from 1 to 50" in nothing.content
    typed = {f"regions-0-{name}": value for name, value in FACE.items()}
    beyond = client.post(there, {**counts, **typed, "regions-0-left": 900})
    assert beyond.status_code == 422 and b"beyond the picture" in beyond.content
    assert client.post(there, {**counts, **typed}).status_code == 302
    assert photo.redactions.get().regions == [FACE]


@pytest.mark.parametrize(
    "regions",
    [[], [{**FACE, "reason": "boredom"}], [{"left": 1}], [FACE] * 51],
    ids=["none", "no reason", "no box", "too many"],
)
def test_regions_that_say_nothing_are_refused(amal, photo, regions):
    with pytest.raises(Refused):
        services.ask_redaction(photo, by=amal, regions=regions)


def test_only_those_who_log_redact_and_no_page_is_no_picture(amal, rami, photo, gyro):
    with pytest.raises(PermissionDenied):
        services.ask_redaction(photo, by=rami, regions=[FACE])
    note = services.receive_file(gyro.case, by=amal, chunks=[b"text"], name="n.txt", item=gyro)
    with pytest.raises(Refused, match="can be shown"):
        services.ask_redaction(note, by=amal, regions=[FACE])


def test_the_same_copy_is_asked_for_once(drawn, photo, amal):
    with pytest.raises(Refused, match="asked for before"):
        services.ask_redaction(photo, by=amal, regions=[FACE])


def test_drawing_twice_makes_one_copy(drawn, photo):
    again = services.draw_redaction(drawn)
    assert again.copy == drawn.copy and photo.copies.count() == 1
