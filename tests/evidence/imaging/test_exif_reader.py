"""What we read in EXIF is what an independent reader finds in the same samples."""

import logging
from pathlib import Path

import exifread
import pytest

from evidence.imaging.examine import examine

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "corpus" / "exif-samples"
KINDS = {".jpg", ".jpeg", ".heic", ".tiff", ".tif", ".png", ".webp"}
TIMES = ("EXIF DateTimeOriginal", "EXIF DateTimeDigitized", "Image DateTime")

OURS_ALONE = {
    ("image00971.jpg", "orientation"),
    ("image01088.jpg", "orientation"),
    ("image01137.jpg", "orientation"),
    ("image01713.jpg", "orientation"),
    ("no_exif.jpg", "orientation"),
    ("no_exif.jpg", "time"),
}
"""Where the other reader gives up on a broken block, or does not look behind a picture's XMP."""

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no sample photographs at {SAMPLES}")


def words(stated):
    kept = "".join(sign if sign.isprintable() else " " for sign in str(stated).split("\0")[0])
    return " ".join(kept.split()) or None


def theirs(path):
    logging.getLogger("exifread").setLevel(logging.CRITICAL)
    with path.open("rb") as original:
        tags = exifread.process_file(original, details=False)
    turn = tags.get("Image Orientation")
    set_clocks = [words(tags[name]) for name in TIMES if name in tags]
    return {
        "make": words(tags.get("Image Make", "")),
        "model": words(tags.get("Image Model", "")),
        "time": next((time for time in set_clocks if time and time.strip("0: ")), None),
        "orientation": turn.values[0] if turn and turn.values else None,
        "place": exifread.utils.get_gps_coords(tags),
    }


def ours(path, into):
    exif = examine(path, into).exif
    if exif is None:
        return dict.fromkeys(("make", "model", "time", "orientation", "place"))
    return {
        "make": exif.camera_make,
        "model": exif.camera_model,
        "time": exif.taken_as_stated,
        "orientation": exif.orientation,
        "place": None if exif.latitude is None else (exif.latitude, exif.longitude),
    }


def test_the_facts_of_all_samples_are_those_of_another_reader(tmp_path):
    paths = sorted(path for path in SAMPLES.rglob("*") if path.suffix.lower() in KINDS)
    assert len(paths) > 25
    compared = dict.fromkeys(("make", "model", "time", "orientation", "place"), 0)
    for path in paths:
        mine, other = ours(path, tmp_path), theirs(path)
        if mine["place"]:
            mine["place"] = pytest.approx(mine["place"], abs=1e-6)
        for fact in compared:
            if (path.name, fact) in OURS_ALONE:
                assert other[fact] is None
                continue
            assert mine[fact] == (other[fact] or None), (path.name, fact)
            compared[fact] += other[fact] is not None
    assert min(compared.values()) >= 3, compared
