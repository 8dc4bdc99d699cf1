"""PDQ: a picture that was stored again, smaller or worse, is the same; another one is not."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from evidence.imaging.pdq import SAME_PICTURE, distance, pdq


def scene(seed):
    """Blotches of all sizes, as unlike another seed's as two photographs are."""
    noise = np.random.default_rng(seed)
    layers = [
        Image.fromarray(noise.integers(0, 256, (side, side), np.uint8)).resize((512, 384))
        for side in (5, 9, 17, 33)
    ]
    return Image.fromarray(np.mean([np.asarray(layer, float) for layer in layers], 0).astype("u1"))


def hashed(image):
    return pdq(np.asarray(image.convert("L")))[0]


def stored_again(image, quality):
    held = BytesIO()
    image.save(held, "JPEG", quality=quality)
    return Image.open(held)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("quality", [90, 40, 10])
def test_a_picture_stored_with_loss_is_the_same(seed, quality):
    assert distance(hashed(scene(seed)), hashed(stored_again(scene(seed), quality))) <= 20


@pytest.mark.parametrize("size", [(256, 192), (200, 150), (1024, 768)])
def test_a_picture_of_another_size_is_the_same(size):
    resized = scene(1).resize(size, Image.Resampling.BICUBIC)
    assert distance(hashed(scene(1)), hashed(resized)) <= SAME_PICTURE


def test_brightness_and_contrast_leave_it_the_same():
    darker = scene(2).point(lambda value: value * 0.6 + 20)
    assert distance(hashed(scene(2)), hashed(darker)) <= 10


@pytest.mark.parametrize(
    "turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.FLIP_LEFT_RIGHT]
)
def test_a_turned_picture_is_another_one(turn):
    """PDQ knows no turning: pictures are hashed upright, as their EXIF says."""
    assert distance(hashed(scene(3)), hashed(scene(3).transpose(turn))) > 80


def test_other_pictures_are_far_away():
    hashes = [hashed(scene(seed)) for seed in range(20, 30)]
    apart = [distance(a, b) for at, a in enumerate(hashes) for b in hashes[:at]]
    assert min(apart) > 80


def test_half_of_the_bits_are_set():
    assert int(hashed(scene(4)), 16).bit_count() == 128


def test_a_flat_picture_has_no_quality():
    assert pdq(np.full((384, 512), 77, np.uint8))[1] == 0
    assert pdq(np.asarray(scene(5)))[1] > 20


@pytest.mark.parametrize("shape", [(1, 1), (1, 512), (3, 2), (64, 64)])
def test_the_smallest_pictures_have_a_hash(shape):
    code, quality = pdq(np.zeros(shape, np.uint8))
    assert len(code) == 64
    assert quality == 0


def test_it_is_what_the_published_steps_give():
    """The steps as the reference takes them one by one: box, box, pick, cosines, median."""
    picture = np.asarray(scene(6)).astype(float)
    for axis in (1, 0):
        window = (picture.shape[axis] + 127) // 128
        before, after = window - (window + 2) // 2, (window + 2) // 2 - 1
        for _round in range(2):
            picture = np.apply_along_axis(boxed, axis, picture, before, after)
    rows, columns = (
        [int((step + 0.5) * length / 64) for step in range(64)] for length in picture.shape
    )
    small = picture[np.ix_(rows, columns)]
    cosines = np.array(
        [
            [np.sqrt(2 / 64) * np.cos(np.pi / 128 * (wave + 1) * (2 * at + 1)) for at in range(64)]
            for wave in range(16)
        ]
    )
    waves = cosines @ small @ cosines.T
    median = sorted(waves.ravel())[127]
    number = sum(1 << at for at, value in enumerate(waves.ravel()) if value > median)
    assert distance(f"{number:064x}", hashed(scene(6))) <= 2  # our sums have fewer digits


def boxed(line, before, after):
    return [line[max(0, at - before) : at + after + 1].mean() for at in range(len(line))]
