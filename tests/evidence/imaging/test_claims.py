"""EXIF: claims are read as stated, absurd ones are dropped with a remark, none can do harm."""

from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, Base
from PIL.TiffImagePlugin import IFDRational

from evidence.imaging.claims import LONGEST_TEXT, Exif, read_claims
from tests.evidence.imaging import pictures

SANAA = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (15.0, 21.0, 16.2),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (44.0, 12.0, 24.0),
}


def read(main=None, detail=None, position=None) -> tuple[Exif | None, list[str]]:
    block = pictures.exif(main, detail, position)
    notes: list[str] = []
    with Image.open(BytesIO(pictures.encoded(pictures.two_sided(8, 8), exif=block))) as image:
        return read_claims(image, notes), notes


def test_a_picture_without_exif_claims_nothing():
    assert read() == (None, [])


def test_time_offset_and_camera_are_read_as_stated():
    claimed, notes = read(
        {Base.Make: "SONY", Base.Model: "ILCE-7M3", Base.Software: "v4.01"},
        {Base.DateTimeOriginal: "2024:05:17 03:14:15", Base.OffsetTimeOriginal: "+03:00"},
    )

    assert claimed.taken_at == datetime.fromisoformat("2024-05-17T03:14:15")
    assert (claimed.offset, claimed.taken_as_stated) == ("+03:00", "2024:05:17 03:14:15")
    assert (claimed.camera_make, claimed.camera_model) == ("SONY", "ILCE-7M3")
    assert (claimed.software, notes) == ("v4.01", [])


@pytest.mark.parametrize("unset", ["0000:00:00 00:00:00", "    :  :     :  :  ", ""])
def test_a_clock_that_was_never_set_states_no_time(unset):
    assert read({}, {Base.DateTimeOriginal: unset}) == (None, [])


@pytest.mark.parametrize(
    "stated", ["2024:13:45 99:00:00", "9999:99:99", "0001:01:01 00:00:00", "9999:12:31 23:59:59"]
)
def test_a_time_that_is_no_date_is_kept_as_text(stated):
    claimed, notes = read({}, {Base.DateTimeOriginal: stated})

    assert (claimed.taken_at, claimed.taken_as_stated) == (None, stated)
    assert notes == ["time-unreadable"]


def test_the_time_of_last_change_is_not_passed_off_as_exposure():
    claimed, notes = read({Base.DateTime: "2024:05:17 03:14:15"})

    assert claimed.taken_at is not None
    assert notes == ["time-of-last-change"]


@pytest.mark.parametrize(
    ("ns", "ew", "latitude", "longitude"),
    [
        ("N", "E", 15.3545, 44.206667),
        ("S", "E", -15.3545, 44.206667),
        ("N", "W", 15.3545, -44.206667),
        ("S", "W", -15.3545, -44.206667),
    ],
)
def test_hemispheres_are_respected(ns, ew, latitude, longitude):
    claimed, _ = read({}, {}, {**SANAA, GPS.GPSLatitudeRef: ns, GPS.GPSLongitudeRef: ew})

    assert claimed.latitude == pytest.approx(latitude, abs=1e-6)
    assert claimed.longitude == pytest.approx(longitude, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({GPS.GPSLatitude: (91.0, 0.0, 0.0)}, "position-out-of-range"),
        ({GPS.GPSLongitude: (180.0, 0.1, 0.0)}, "position-out-of-range"),
        ({GPS.GPSLatitude: (IFDRational(15, 0), 0.0, 0.0)}, "position-incomplete"),
        ({GPS.GPSLatitudeRef: "X"}, "position-incomplete"),
        ({GPS.GPSLatitude: (0.0,) * 3, GPS.GPSLongitude: (0.0,) * 3}, "position-zero"),
    ],
)
def test_an_absurd_position_is_left_out_and_remarked_on(change, remark):
    claimed, notes = read({Base.Make: "X"}, {}, {**SANAA, **change})

    assert (claimed.latitude, claimed.longitude) == (None, None)
    assert notes == [remark]


def test_height_below_the_sea_and_accuracy_are_metres():
    claimed, notes = read(
        {},
        {},
        {
            **SANAA,
            GPS.GPSAltitude: 12.5,
            GPS.GPSAltitudeRef: b"\x01",
            GPS.GPSHPositioningError: 4.0,
        },
    )

    assert (claimed.altitude_m, claimed.accuracy_m, notes) == (-12.5, 4.0, [])


def test_an_absurd_height_costs_only_the_height():
    claimed, notes = read({}, {}, {**SANAA, GPS.GPSAltitude: 4_000_000.0})

    assert (claimed.altitude_m, notes) == (None, ["altitude-out-of-range"])
    assert claimed.latitude is not None


def test_an_orientation_outside_its_range_is_left_out():
    assert read({Base.Orientation: 9}) == (None, ["orientation-invalid"])


def test_text_is_utf_8_without_nuls_and_not_endless():
    claimed, _ = read(
        {Base.Make: "Зенит".encode(), Base.Model: "A\0B" * 500, Base.Software: "s" * 999}
    )

    assert claimed.camera_make == "Зенит"
    assert claimed.camera_model == "A"
    assert len(claimed.software) == LONGEST_TEXT


@given(st.binary(max_size=400), st.integers(0, 120))
def test_no_exif_block_can_break_the_reader(noise, at):
    sound = pictures.exif(
        {Base.Make: "X", Base.Orientation: 6}, {Base.DateTimeOriginal: "2024:05:17 03:14:15"}, SANAA
    ).tobytes()
    image = Image.new("L", (1, 1))
    image.info["exif"] = sound[:at] + noise + sound[at + len(noise) :]

    claimed = read_claims(image, [])

    assert claimed is None or (claimed.latitude is None or abs(claimed.latitude) <= 90)
