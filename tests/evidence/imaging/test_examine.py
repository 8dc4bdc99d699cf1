"""An original is examined in a process of its own: shown if it can be, kept in any case."""

import hashlib

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import Base
from PIL.PngImagePlugin import PngInfo

from evidence.imaging import asking
from evidence.imaging.examine import ExaminationFailed, examine
from tests.evidence.imaging import misbehaving, pictures


def is_about(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(colour[:3], wanted, strict=True))


@pytest.mark.parametrize(
    ("kind", "orientation"),
    [*(("jpg", turn) for turn in range(1, 9)), ("png", 6), ("webp", 7), ("tif", 8), ("avif", 6)],
)
def test_pictures_stand_upright(kind, orientation, tmp_path):
    path = tmp_path / f"held.{kind}"
    pictures.as_held(orientation).save(path, exif=pictures.oriented(orientation))

    found = examine(path, tmp_path)

    assert (found.width, found.height, found.exif.orientation) == (400, 200, orientation)
    for drawn in (found.preview, found.thumbnail):
        with Image.open(drawn) as image:
            assert image.width == 2 * image.height
            assert is_about(image.getpixel((10, 60)), pictures.SIDES["left"])
            assert is_about(image.getpixel((image.width - 10, 60)), pictures.SIDES["right"])


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif", "gif", "bmp", "avif"])
def test_every_kind_on_the_list_is_opened_and_left_untouched(kind, tmp_path):
    path = pictures.saved(pictures.two_sided(2000, 1000), tmp_path / f"spar.{kind}")
    path.chmod(0o440)
    before = hashlib.sha256(path.read_bytes()).hexdigest()

    found = examine(path, tmp_path)

    assert (found.readable, found.reason, found.width, found.height) == (True, "", 2000, 1000)
    with Image.open(found.preview) as preview, Image.open(found.thumbnail) as thumbnail:
        assert (preview.format, preview.size, thumbnail.size) == ("JPEG", (1600, 800), (256, 128))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "I", "F", "LAB", "YCbCr"])
def test_unusual_colours_are_brought_to_a_screen(mode, tmp_path):
    grey = Image.linear_gradient("L").resize((300, 300))
    if mode in ("I;16", "I", "F"):
        image = grey.convert("F").point(lambda value: value * 257 + 0).convert("I")
        image = image.convert(mode)
    elif mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        image = ImageCms.profileToProfile(
            grey.convert("RGB"), ImageCms.createProfile("sRGB"), lab, outputMode="LAB"
        )
    else:
        image = grey.convert(mode)
    path = pictures.saved(image, tmp_path / "odd.tif")

    found = examine(path, tmp_path)

    assert found.readable, found.reason
    with Image.open(found.preview) as preview:
        dark, light = preview.getpixel((150, 5)), preview.getpixel((150, 294))
        assert preview.mode == "RGB"
        assert max(dark) < 40
        assert min(light) > 215


def test_what_shines_through_stays_so(tmp_path):
    clear = Image.new("RGBA", (500, 300), (0, 120, 0, 60))
    found = examine(pictures.saved(clear, tmp_path / "clear.png"), tmp_path)

    with Image.open(found.thumbnail) as thumbnail:
        assert (found.thumbnail.suffix, thumbnail.mode) == (".png", "RGBA")
        assert thumbnail.getpixel((5, 5)) == pytest.approx((0, 120, 0, 60), abs=2)


def test_an_opaque_alpha_channel_does_not_cost_a_png(tmp_path):
    solid = Image.new("RGBA", (500, 300), (0, 120, 0, 255))
    found = examine(pictures.saved(solid, tmp_path / "solid.png"), tmp_path)

    assert found.preview.suffix == ".jpg"


def test_derivatives_carry_nothing_over_from_the_original(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    secret = PngInfo()
    secret.add_text("Comment", "canary")
    clear = Image.new("RGBA", (50, 50), (1, 2, 3, 4))
    block = pictures.exif({Base.Make: "canary"})
    jpeg, png = tmp_path / "a.jpg", tmp_path / "b.png"
    pictures.two_sided().save(jpeg, exif=block, comment=b"canary", icc_profile=profile)
    clear.save(png, exif=block, pnginfo=secret, icc_profile=profile)

    for path in (jpeg, png):
        found = examine(path, tmp_path)
        for drawn in (found.preview, found.thumbnail):
            assert b"canary" not in drawn.read_bytes()
            with Image.open(drawn) as image:
                assert not image.getexif()
                assert "icc_profile" not in image.info


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1)])
def test_extreme_shapes_are_shown(size, tmp_path):
    found = examine(pictures.saved(Image.new("RGB", size), tmp_path / "x.png"), tmp_path)

    assert (found.readable, found.width, found.height) == (True, *size)


def test_a_truncated_picture_still_tells_what_it_claims(tmp_path):
    block = pictures.exif({Base.Make: "SONY", Base.Orientation: 6})
    whole = pictures.encoded(Image.effect_noise((900, 600), 50), exif=block)
    path = tmp_path / "cut.jpg"
    path.write_bytes(whole[: len(whole) // 2])

    found = examine(path, tmp_path)

    assert (found.readable, found.reason, found.preview) == (False, "truncated", None)
    assert (found.exif.camera_make, found.width, found.height) == ("SONY", 600, 900)
    assert found.explanation.endswith(".")


def test_exif_behind_the_pixels_of_a_png_is_found(tmp_path):
    block = pictures.oriented(6).tobytes()
    whole = pictures.encoded(pictures.as_held(6), "PNG")
    path = tmp_path / "late.png"
    path.write_bytes(
        whole[:-12] + pictures.chunk(b"eXIf", block.removeprefix(b"Exif\0\0")) + whole[-12:]
    )

    found = examine(path, tmp_path)

    assert (found.exif.orientation, found.width, found.height) == (6, 400, 200)


def test_damaged_exif_does_not_hide_a_sound_picture(tmp_path):
    path = tmp_path / "odd.jpg"
    path.write_bytes(pictures.encoded(pictures.two_sided(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"))

    assert examine(path, tmp_path).readable


@pytest.mark.parametrize(
    ("name", "body", "mime"),
    [
        ("page.jpg", b"<html><script>alert(1)</script>", "text/html"),
        ("notes.jpg", b"just words", "text/plain"),
        ("report.png", b"%PDF-1.4\n", "application/pdf"),
        ("empty.jpg", b"", "application/x-empty"),
    ],
)
def test_a_file_that_is_no_picture_is_named_for_what_it_is(name, body, mime, tmp_path):
    path = tmp_path / name
    path.write_bytes(body)

    found = examine(path, tmp_path)

    assert (found.readable, found.reason, found.mime) == (False, "not-a-picture", mime)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (pictures.png(30_000, 30_000), "too-many-pixels"),
        (pictures.png(65_500, 65_500), "too-many-pixels"),
        (pictures.encoded(pictures.two_sided(), "PNG")[:300], "truncated"),
        (b"\xff\xd8\xff\xe0 no picture follows", "damaged"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\xff" * 99, "damaged"),
        (b"II*\0\x08\0\0\0" + b"\xff" * 99, "damaged"),
    ],
)
def test_broken_and_lying_pictures_end_with_a_reason(body, reason, tmp_path):
    path = tmp_path / "bad"
    path.write_bytes(body)

    found = examine(path, tmp_path)

    assert (found.readable, found.reason) == (False, reason)


@pytest.fixture
def in_place_of_the_child(tmp_path, monkeypatch):
    """A picture that a child reads which does something else instead."""
    monkeypatch.setattr("evidence.imaging.examine._CHILD", misbehaving.__name__)

    def picture(instead):
        path = pictures.saved(pictures.two_sided(), tmp_path / "a.png")
        path.write_bytes(path.read_bytes().replace(b"#", b"+") + b"#" + instead.encode())
        return path

    return picture


@pytest.mark.parametrize(
    ("instead", "reason"),
    [
        ("SEGV", "decoder-failed"),
        ("ABRT", "decoder-failed"),
        ("XCPU", "timed-out"),
        ("hang", "timed-out"),
        ("endless", "decoder-failed"),
        ("list", "decoder-failed"),
        ("outside", "decoder-failed"),
        ("invent", "decoder-failed"),
    ],
)
def test_a_decoder_that_dies_hangs_or_lies_costs_only_the_preview(
    instead, reason, tmp_path, in_place_of_the_child
):
    found = examine(in_place_of_the_child(instead), tmp_path, wall_seconds=0.8)

    assert (found.readable, found.reason) == (False, reason)


@pytest.mark.parametrize("instead", ["raise", "TERM", "KILL"])
def test_a_stopped_worker_is_not_the_pictures_fault(instead, tmp_path, in_place_of_the_child):
    with pytest.raises(ExaminationFailed):
        examine(in_place_of_the_child(instead), tmp_path)


def test_after_every_misbehaviour_the_next_picture_is_examined(tmp_path, in_place_of_the_child):
    for instead in ("SEGV", "hang", "endless"):
        examine(in_place_of_the_child(instead), tmp_path, wall_seconds=0.8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("evidence.imaging.examine._CHILD", "evidence.imaging.child")
        path = pictures.saved(pictures.two_sided(), tmp_path / "sound.jpg")
        assert examine(path, tmp_path).readable


def test_a_warm_process_that_was_killed_is_replaced(tmp_path):
    path = pictures.saved(pictures.two_sided(), tmp_path / "a.jpg")
    assert examine(path, tmp_path).readable
    asking._warm["evidence.imaging.child"].process.kill()
    assert examine(path, tmp_path).readable


def test_nowhere_to_write_is_not_the_pictures_fault(tmp_path):
    path = pictures.saved(pictures.two_sided(), tmp_path / "a.jpg")

    with pytest.raises(ExaminationFailed):
        examine(path, tmp_path / "missing")
