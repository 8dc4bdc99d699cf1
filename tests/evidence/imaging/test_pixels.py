"""Pixels are read at the scale that is needed, and shrunk without losing or inventing any."""

import numpy as np
import pytest
from PIL import Image, ImageCms

from evidence.imaging.examine import examine
from evidence.imaging.pixels import Picture, decoded, shrunk
from tests.evidence.imaging import pictures


def blotches(mode="RGB", size=(1200, 900)):
    noise = np.random.default_rng(7).integers(0, 256, (90, 120, 3), np.uint8)
    return Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC).convert(mode)


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_sound_jpeg_has_the_pixels_that_another_decoder_finds(mode, progressive, tmp_path):
    path = pictures.saved(blotches(mode), tmp_path / "a.jpg", progressive=progressive)

    with Image.open(path) as image, Image.open(path) as other:
        found = decoded(image, 1200)
        assert found.mode == mode
        assert np.array_equal(found.pixels, np.asarray(other))


def test_no_more_of_a_jpeg_is_decoded_than_is_needed(tmp_path):
    path = pictures.saved(blotches(size=(4000, 3000)), tmp_path / "a.jpg")

    with Image.open(path) as image:
        assert decoded(image, 1600).pixels.shape == (1500, 2000, 3)
    with Image.open(path) as image:
        assert decoded(image, 4000).pixels.shape == (3000, 4000, 3)


def test_a_jpeg_with_stray_bytes_is_still_shown(tmp_path):
    whole = pictures.encoded(blotches())
    path = tmp_path / "stray.jpg"
    path.write_bytes(whole[:-2] + b"\xff\xff\x00\x17\x17" + whole[-2:])

    found = examine(path, tmp_path)

    assert (found.readable, found.reason) == (True, "")


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_of_other_colours_is_brought_to_a_screen(mode, tmp_path):
    grey = Image.linear_gradient("L").resize((300, 300)).convert("RGB").convert(mode)
    found = examine(pictures.saved(grey, tmp_path / "odd.jpg"), tmp_path)

    with Image.open(found.preview) as preview:
        assert preview.mode == "RGB"
        assert max(preview.getpixel((150, 5))) < 40
        assert min(preview.getpixel((150, 294))) > 215


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_colours_are_what_the_stated_profile_makes_of_them(kind, tmp_path):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")
    path = tmp_path / f"swapped.{kind}"
    Image.new("RGB", (60, 40), (250, 5, 5)).save(
        path, icc_profile=swapped.replace(b"sRGB", b"ours")
    )

    with Image.open(examine(path, tmp_path).preview) as preview:
        red, _green, blue = preview.getpixel((30, 20))
    assert blue > 200 > 60 > red


def test_what_is_clear_colours_nothing():
    pixels = np.zeros((1000, 1000, 4), np.uint8)
    pixels[:, ::2] = (0, 200, 0, 255)
    pixels[:, 1::2] = (255, 0, 0, 0)  # red, but not to be seen

    small = shrunk(Picture(pixels, "RGBA"), 300).pixels

    assert small[:, :, 0].max() <= 1
    assert small[:, :, 1].min() >= 198
    assert abs(int(small[:, :, 3].mean()) - 127) <= 2


@pytest.mark.parametrize("side", [1600, 1000, 700, 512, 256])
def test_a_thin_scratch_is_not_lost_by_shrinking(side):
    pixels = np.full((1500, 2000, 3), 100, np.uint8)
    pixels[:, 999] = 255

    small = shrunk(Picture(pixels, "RGB"), side).pixels

    assert small[:, :, 0].max(axis=1).min() > 104


@pytest.mark.parametrize(
    ("size", "side", "wanted"),
    [
        ((4001, 3001), 1600, (1600, 1200)),
        ((1, 9000), 256, (1, 256)),
        ((9001, 2), 512, (512, 1)),
        ((300, 200), 512, (300, 200)),
        ((1601, 1601), 1600, (1600, 1600)),
    ],
)
def test_the_longest_side_is_what_was_asked(size, side, wanted):
    pixels = np.zeros((size[1], size[0], 3), np.uint8)

    assert shrunk(Picture(pixels, "RGB"), side).image.size == wanted


def test_flat_colour_stays_as_it_is():
    pixels = np.full((901, 1203, 3), (12, 130, 250), np.uint8)

    assert np.array_equal(
        np.unique(shrunk(Picture(pixels, "RGB"), 256).pixels.reshape(-1, 3), axis=0),
        [[12, 130, 250]],
    )
