"""Draw the small pictures people look at: upright, in sRGB, without the original's metadata."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from cykooz_resizer import FilterType, ResizeAlg, ResizeOptions, Resizer
from PIL import Image, ImageCms

from evidence.imaging.pdq import pdq

SIZES = {"preview": 1600, "thumbnail": 256}
"""Longest side in pixels of each derivative, largest first: each is made from the one before."""

JPEG_QUALITY = 82

_HASHED_SIDE = 512
_BICUBIC = ResizeOptions(resize_alg=ResizeAlg.convolution(FilterType.catmull_rom))
_RESIZED_FAST = {"L", "RGB", "RGBA", "CMYK"}
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DEEP = {"I", "I;16", "I;16B", "I;16L", "I;16N", "F"}


def decode(image: Image.Image, side: int = SIZES["preview"]) -> None:
    """Read the pixels, of a JPEG only as many as a picture of this longest side needs."""
    if image.format in ("JPEG", "MPO"):
        longest = max(image.size)
        wanted = tuple(max(1, round(length * side / longest)) for length in image.size)
        image.draft(None, (wanted[0], wanted[1]))
    image.load()


def drawn(image: Image.Image, side: int, orientation: int, notes: list[str]) -> Image.Image:
    """A decoded picture as people see it: upright, in sRGB, its longest side at most `side`."""
    small = _on_screen(shrunk(_shallow(image), side), notes)
    if orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    small.info.clear()
    return small


def draw(image: Image.Image, into: Path, orientation: int, notes: list[str]) -> dict[str, Any]:
    """Write every derivative of a decoded picture; answers their file names, and its hash."""
    small = drawn(image, SIZES["preview"], orientation, notes)
    medium = shrunk(small, _HASHED_SIDE)
    code, quality = pdq(np.asarray(medium.convert("L")))
    return {
        "preview": _save(small, into, "preview"),
        "thumbnail": _save(shrunk(medium, SIZES["thumbnail"]), into, "thumbnail"),
        "pdq": code,
        "pdq_quality": quality,
    }


def shrunk(image: Image.Image, side: int) -> Image.Image:
    """The picture with its longest side at most `side` pixels."""
    longest = max(image.size)
    if longest <= side:
        return image
    width, height = (max(1, round(length * side / longest)) for length in image.size)
    if image.mode not in _RESIZED_FAST:
        return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2)
    smaller = Image.new(image.mode, (width, height), None)
    Resizer().resize_pil(image, smaller, _BICUBIC)
    return smaller


def _shallow(image: Image.Image) -> Image.Image:
    """Eight bits a channel and no palette, so that shrinking may mix neighbouring pixels."""
    if image.mode in _DEEP:
        return _eight_bits(image)
    if image.has_transparency_data:
        return image if image.mode in ("RGBA", "LA") else image.convert("RGBA")
    plain = {"1": "L", "P": "RGB", "HSV": "RGB"}.get(image.mode)
    return image.convert(plain) if plain else image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits is scaled; wider integers and floats have no white, so theirs is found."""
    low, high = 0.0, 65535.0
    if image.mode in ("I", "F"):
        low, high = (float(value) for value in image.getextrema())  # type: ignore[arg-type]
    wide = image.convert("F")
    scale = 255 / ((high - low) or 1)
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _on_screen(image: Image.Image, notes: list[str]) -> Image.Image:
    """RGB in sRGB, or RGBA where anything shines through."""
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
    colours = _to_srgb(image.convert("RGB") if alpha else image, notes)
    if alpha and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return colours


def _to_srgb(image: Image.Image, notes: list[str]) -> Image.Image:
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and profile and b"sRGB" not in profile:
        try:
            stated = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, stated, srgb, outputMode="RGB")
            return converted or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            notes.append("colour-profile-unusable")
    return image if image.mode == "RGB" else image.convert("RGB")


def _save(image: Image.Image, into: Path, role: str) -> str:
    if image.mode == "RGBA":
        image.save(into / f"{role}.png", "PNG", compress_level=4)
        return f"{role}.png"
    image.save(into / f"{role}.jpg", "JPEG", quality=JPEG_QUALITY)
    return f"{role}.jpg"
