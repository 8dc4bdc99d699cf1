"""Machines read drawn plates, codes of five kinds, and credentials, in a limited process."""

import importlib.util

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from evidence.imaging import reading
from evidence.imaging.reading import engines, read_picture, read_with
from tests.evidence.imaging import misbehaving, pictures

KINDS = {
    "QR Code": (zxingcpp.BarcodeFormat.QRCode, "EV-0031 / seal 7714"),
    "Data Matrix": (zxingcpp.BarcodeFormat.DataMatrix, "31-A20K"),
    "Aztec": (zxingcpp.BarcodeFormat.Aztec, "LOT 77/14"),
    "Code 128": (zxingcpp.BarcodeFormat.Code128, "SN-004120"),
    "EAN-13": (zxingcpp.BarcodeFormat.EAN13, "4006381333931"),
}


def plate(*lines):
    image = Image.new("RGB", (1600, 900), (150, 150, 146))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(90)
    for at, line in enumerate(lines):
        pen.text((120, 120 + at * 180), line, fill=(30, 30, 34), font=font)
    return image


@pytest.mark.parametrize("kind", KINDS)
def test_codes_are_read_where_they_stand(kind, tmp_path):
    code = zxingcpp.create_barcode(KINDS[kind][1], KINDS[kind][0])
    sign = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=5))
    sheet = Image.new("RGB", (1000, 800), "white")
    sheet.paste(sign, (300, 400))
    sheet.rotate(9, fillcolor="white").save(tmp_path / "code.png")

    (found,) = read_picture(tmp_path / "code.png", text=False).found

    assert (found.kind, found.text, found.symbology) == ("code", KINDS[kind][1], kind)
    left, top, width, height = found.box
    assert 200 < left < 500
    assert 350 < top < 900
    assert width > 30
    assert height > 5


@pytest.mark.skipif(not importlib.util.find_spec("rapidocr"), reason="VESTIGE_OCR=0: no text")
def test_text_on_a_plate_is_proposed_with_its_place_and_confidence(tmp_path):
    plate("004120-B7", "31-A20K", "LOT 7714").save(tmp_path / "plate.png")

    found = read_picture(tmp_path / "plate.png", text=True).found

    assert [one.text.replace(" ", "") for one in found] == ["004120-B7", "31-A20K", "LOT7714"]
    for at, one in enumerate(found):
        assert one.kind == "ocr"
        assert one.engine.startswith("rapidocr ")
        assert one.confidence > 800
        left, top, _width, _height = one.box
        assert left == pytest.approx(75, abs=25)
        assert top == pytest.approx((120 + at * 180) / 0.9, abs=40)


def test_where_text_is_not_wanted_it_is_not_sought(tmp_path):
    plate("004120-B7").save(tmp_path / "plate.png")
    assert read_picture(tmp_path / "plate.png", text=False).found == ()
    assert "rapidocr" not in read_with(text=False)
    assert "ocr" not in engines(text=False)


def test_a_claim_that_cannot_be_read_says_so_and_is_no_fact(tmp_path):
    path = pictures.saved(pictures.two_sided(), tmp_path / "a.jpg")
    body = path.read_bytes()
    box = b"JP\0\1\0\0\0\1\0\0\0\x20jumb\0\0\0\x18jumdc2pa" + bytes(12)
    path.write_bytes(body[:2] + b"\xff\xeb" + (len(box) + 2).to_bytes(2, "big") + box + body[2:])

    claims = [one for one in read_picture(path, text=False).found if one.kind == "c2pa"]

    assert [one.facts["state"] for one in claims] == ["unreadable"]
    assert not any(one.text for one in claims)


@pytest.mark.parametrize(
    ("instead", "trouble"),
    [("SEGV", "decoder-failed"), ("XCPU", "timed-out"), ("list", "decoder-failed")],
)
def test_a_reader_that_dies_costs_only_the_reading(instead, trouble, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_READER", misbehaving.__name__)
    path = pictures.saved(pictures.two_sided(), tmp_path / "a.png")
    path.write_bytes(path.read_bytes().replace(b"#", b"+") + b"#" + instead.encode())

    found = read_picture(path, text=False)

    assert (found.found, found.trouble) == ((), trouble)
