"""PDQ, a perceptual hash of 256 bits: what looks alike to people has hashes few bits apart.

After "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm" (Facebook, 2019)
and its reference implementation. Distances up to 31 bits are taken for the same picture there.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

BITS = 256
SAME_PICTURE = 31
"""Most bits apart at which two hashes of good quality are taken for one picture."""

_GRID, _WAVES = 64, 16
_ROUNDS = 2

Matrix = NDArray[np.float32]


def pdq(brightness: NDArray[np.uint8]) -> tuple[str, int]:
    """The hash in 64 hexadecimal digits, and its quality from 0 (flat) to 100.

    `brightness` has a picture's rows, best of about 512 pixels a side.
    """
    rows, columns = brightness.shape
    small = _blur(rows) @ brightness.astype(np.float32) @ _blur(columns).T
    waves = _cosines() @ small @ _cosines().T
    return _digits(waves), _quality(small)


def distance(one: str, other: str) -> int:
    """How many of the bits of two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def get_ready(lengths: Iterable[int]) -> None:
    """Work out what pictures of these sides (pixels) need, once for all that are forked later."""
    for length in lengths:
        _blur(length)
    _cosines()


@cache
def _blur(length: int) -> Matrix:
    """From `length` pixels to 64: two rounds of a box, then every so manieth, as one matrix."""
    window = (length + 2 * _GRID - 1) // (2 * _GRID)
    after = (window + 2) // 2 - 1
    at = np.arange(length)
    first = np.maximum(0, at - (window - 1 - after))[:, None]
    last = np.minimum(length - 1, at + after)[:, None]
    box: Matrix = (((at >= first) & (at <= last)) / (last + 1 - first)).astype(np.float32)
    picked = [int((step + 0.5) * length / _GRID) for step in range(_GRID)]
    blurred = box[picked]
    for _round in range(_ROUNDS - 1):
        blurred = blurred @ box
    return blurred


@cache
def _cosines() -> Matrix:
    wave, at = np.arange(1, _WAVES + 1)[:, None], np.arange(_GRID)[None, :]
    cosines = np.sqrt(2 / _GRID) * np.cos(np.pi / 2 / _GRID * wave * (2 * at + 1))
    narrowed: Matrix = cosines.astype(np.float32)
    return narrowed


def _digits(waves: Matrix) -> str:
    flat = waves.ravel()
    median = np.partition(flat, BITS // 2 - 1)[BITS // 2 - 1]
    bits = np.packbits(flat > median, bitorder="little")  # the first bit is the lowest
    return bits[::-1].tobytes().hex()


def _quality(small: Matrix) -> int:
    steps = [np.abs(np.trunc(np.diff(small, axis=axis) * (100 / 255))).sum() for axis in (0, 1)]
    return min(100, int(sum(steps) / 90))
