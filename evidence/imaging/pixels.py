"""The pixels of a picture as rows of bytes: no more of them read than are needed, then shrunk."""

import mmap
from typing import NamedTuple

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
"""Rows × columns of grey, or rows × columns × channels."""

_AS_THEY_ARE = {"L", "RGB", "CMYK"}
_DEEP = {"I", "I;16", "I;16B", "I;16L", "I;16N", "F"}
_CHANNELS = {"L": "GRAY", "RGB": "RGB"}
_AHEAD = mmap.MAP_SHARED | getattr(mmap, "MAP_POPULATE", 0)
_BLURS_FROM = 1.5
"""Four neighbours draw sharper up to here; from here on they would leave some pixels out."""


class Picture(NamedTuple):
    """Pixels, what their channels mean ("L", "RGB", "RGBA" or "CMYK"), and the stated profile."""

    pixels: Pixels
    mode: str
    profile: bytes | None = None

    @property
    def image(self) -> Image.Image:
        """The same as Pillow holds pictures."""
        rows, columns = self.pixels.shape[:2]
        held = np.ascontiguousarray(self.pixels)
        return Image.frombuffer(self.mode, (columns, rows), held, "raw", self.mode, 0, 1)


def decoded(image: Image.Image, side: int) -> Picture:
    """The pixels of an opened picture, of a JPEG only as many as one of this longest side needs.

    Raises what the decoder raises, OSError with "truncated" when the end is missing.
    """
    pixels, mode = _sound_jpeg(image, side), image.mode
    if pixels is None:
        if image.format == "JPEG":
            image.draft(None, _within(image.size, side))
        image.load()
        plain = _shallow(image)
        pixels, mode = np.asarray(plain), plain.mode
    profile = image.info.get("icc_profile")
    return Picture(pixels, mode, profile if isinstance(profile, bytes) and profile else None)


def shrunk(picture: Picture, side: int) -> Picture:
    """The picture with its longest side at most `side` pixels; what is clear colours nothing."""
    if max(picture.pixels.shape[:2]) <= side:
        return picture
    if picture.mode != "RGBA":
        return picture._replace(pixels=_smaller(picture.pixels, side))
    weighted = np.asarray(picture.image.convert("RGBa"))
    smaller = Picture(_smaller(weighted, side), "RGBa").image.convert("RGBA")
    return picture._replace(pixels=np.asarray(smaller))


def _smaller(pixels: Pixels, side: int) -> Pixels:
    """Halved while more than a half is to go, which takes each pixel in, and then fitted."""
    rows, columns = pixels.shape[:2]
    longest = max(rows, columns)
    if longest > 2 * side:
        return _smaller(_fitted(pixels, ((columns + 1) // 2, (rows + 1) // 2)), side)
    sharp = longest < _BLURS_FROM * side
    way = cv2.INTER_CUBIC if sharp else cv2.INTER_LINEAR
    return _fitted(pixels, _within((columns, rows), side), way)


def _fitted(pixels: Pixels, size: tuple[int, int], way: int = cv2.INTER_LINEAR) -> Pixels:
    fitted: Pixels = cv2.resize(pixels, size, interpolation=way)  # type: ignore[assignment]
    return fitted


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    longest = max(size)
    return max(1, round(size[0] * side / longest)), max(1, round(size[1] * side / longest))


def _sound_jpeg(image: Image.Image, side: int) -> Pixels | None:
    """The pixels of a JPEG without any fault; None for all else, which Pillow reads and judges."""
    channels, file = _CHANNELS.get(image.mode), getattr(image, "fp", None)
    if image.format != "JPEG" or channels is None or file is None:
        return None
    wide, high = _within(image.size, side)
    try:
        with mmap.mmap(file.fileno(), 0, _AHEAD, mmap.PROT_READ) as whole:
            rows, columns, *_rest = simplejpeg.decode_jpeg_header(whole, strict=True)
            if (columns, rows) != image.size:
                return None
            pixels: Pixels = simplejpeg.decode_jpeg(
                whole, channels, min_height=high, min_width=wide, min_factor=1, strict=True
            )
    except ValueError:
        return None
    return pixels[:, :, 0] if channels == "GRAY" else pixels


def _shallow(image: Image.Image) -> Image.Image:
    """Eight bits a channel and no palette, so that shrinking may mix neighbouring pixels."""
    if image.mode in _DEEP:
        return _eight_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in _AS_THEY_ARE else image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits is scaled; wider integers and floats have no white, so theirs is found."""
    low, high = 0.0, 65535.0
    if image.mode in ("I", "F"):
        low, high = (float(value) for value in image.getextrema())  # type: ignore[arg-type]
    wide = image.convert("F")
    scale = 255 / ((high - low) or 1)
    return wide.point(lambda value: value * scale - low * scale).convert("L")
