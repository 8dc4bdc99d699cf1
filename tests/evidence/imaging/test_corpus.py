"""Real photographs that made other readers fail; checked by hand against another EXIF reader."""

import runpy
import sys
from pathlib import Path

import pytest
from PIL import Image

from evidence.imaging.examine import examine

CORPUS = Path(__file__).parents[4] / "shared" / "data" / "corpus"
SAMPLES = CORPUS / "exif-samples"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no test corpus at {CORPUS}")

CLAIMS = {
    "heic/IMG_5195.HEIC": ("2021:04:11 15:47:53", 39.051344, -94.288772, "iPhone 11 Pro Max"),
    "jpg/gps/DSCN0010.jpg": ("2008:10:22 16:28:39", 43.467448, 11.885127, "COOLPIX P6000"),
    "jpg/gps/DSCN0012.jpg": ("2008:10:22 16:29:49", 43.467157, 11.885395, "COOLPIX P6000"),
    "jpg/tests/67-0_length_string.jpg": ("2016:09:12 10:05:31", 51.025, 7.591944, "SM-G930F"),
    "jpg/tests/87_OSError.jpg": ("2005:12:14 14:39:47", 43.785594, 11.23462, "NIKON D70s"),
    "jpg/tests/36-memory_error.jpg": ("2002:04:21 00:30:33", None, None, "EX-M2"),
    "jpg/tests/45-gps_ifd.jpg": ("2012:06:23 06:55:49", None, None, "Gran Turismo 5"),
    "jpg/tests/22-canon_tags.jpg": ("2007:11:29 16:16:21", None, None, "Canon PowerShot SD300"),
    "jpg/tests/30-type_error.jpg": ("2013:07:07 17:20:59", None, None, None),
    "jpg/tests/33-type_error.jpg": ("2008:05:25 19:31:26", None, None, "Canon PowerShot G9"),
    "jpg/xmp/BlueSquare.jpg": ("2005:09:07 15:09:51", None, None, None),
}
UPRIGHT = {
    "portrait_1": (450, 600),
    "portrait_5": (450, 600),
    "portrait_6": (450, 600),
    "landscape_1": (600, 450),
    "landscape_5": (600, 450),
    "landscape_6": (600, 450),
}


def test_every_sample_is_shown_and_every_text_is_none(tmp_path):
    for path in sorted(file for file in SAMPLES.rglob("*") if file.is_file()):
        found = examine(path, tmp_path)

        assert found.readable == (path.name != "README"), (path, found.reason)
        if path.name == "README":
            assert (found.reason, found.mime) == ("not-a-picture", "text/plain")


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_agree_with_another_reader(name, tmp_path):
    stated, latitude, longitude, model = CLAIMS[name]

    claimed = examine(SAMPLES / name, tmp_path).exif

    assert (claimed.taken_as_stated, claimed.camera_model) == (stated, model)
    assert claimed.latitude == (latitude and pytest.approx(latitude, abs=1e-6))
    assert claimed.longitude == (longitude and pytest.approx(longitude, abs=1e-6))


@pytest.mark.parametrize("name", UPRIGHT)
def test_turned_samples_stand_upright(name, tmp_path):
    found = examine(SAMPLES / "jpg" / "orientation" / f"{name}.jpg", tmp_path)

    with Image.open(found.preview) as preview:
        assert preview.size == (found.width, found.height) == UPRIGHT[name]


def test_generated_bombs_are_refused_within_their_limits(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["make_bombs.py", str(tmp_path / "bombs")])
    with pytest.warns(UserWarning, match="Duplicate name"):
        runpy.run_path(str(CORPUS / "generated" / "make_bombs.py"))

    reasons = {path.name: examine(path, tmp_path).reason for path in (tmp_path / "bombs").iterdir()}

    assert reasons.pop("bomb_30000x30000_1bit.png") == "too-many-pixels"
    assert reasons.pop("claims_65500sq_no_data.png") == "too-many-pixels"
    assert reasons.pop("ztxt_bomb.png") == reasons.pop("iccp_bomb.png") == "damaged"
    # A picture and a script at once: only what is drawn anew may ever be shown of it.
    assert reasons.pop("gif_js_polyglot.gif") == ""
    assert set(reasons.values()) == {"not-a-picture"}
