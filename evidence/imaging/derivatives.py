"""Draw the small pictures people look at: upright, in sRGB, without the original's metadata."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import simplejpeg
from PIL import Image, ImageCms

from evidence.imaging.pdq import pdq
from evidence.imaging.pixels import Picture, Pixels, shrunk

SIZES = {"preview": 1600, "thumbnail": 256}
"""Longest side in pixels of each derivative, largest first: each is made from the one before."""

JPEG_QUALITY = 82

_HASHED_SIDE = 512
_UPRIGHT: dict[int, Callable[[Any], Any]] = {
    2: lambda held: cv2.flip(held, 1),
    3: lambda held: cv2.rotate(held, cv2.ROTATE_180),
    4: lambda held: cv2.flip(held, 0),
    5: cv2.transpose,
    6: lambda held: cv2.rotate(held, cv2.ROTATE_90_CLOCKWISE),
    7: lambda held: cv2.transpose(cv2.rotate(held, cv2.ROTATE_180)),
    8: lambda held: cv2.rotate(held, cv2.ROTATE_90_COUNTERCLOCKWISE),
}
"""By the orientation that EXIF states, what sets the picture upright."""


def drawn(picture: Picture, side: int, orientation: int, notes: list[str]) -> Picture:
    """A decoded picture as people see it: upright, in sRGB, its longest side at most `side`.

    RGB, or RGBA where anything shines through.
    """
    small = _on_screen(shrunk(picture, side), notes)
    turn = _UPRIGHT.get(orientation)
    return small._replace(pixels=turn(small.pixels)) if turn else small


def draw(picture: Picture, into: Path, orientation: int, notes: list[str]) -> dict[str, Any]:
    """Write every derivative of a decoded picture; answers their file names, and its hash."""
    small = drawn(picture, SIZES["preview"], orientation, notes)
    medium = shrunk(small, _HASHED_SIDE)
    code, quality = pdq(_brightness(medium))
    return {
        "preview": _save(small, into, "preview"),
        "thumbnail": _save(shrunk(medium, SIZES["thumbnail"]), into, "thumbnail"),
        "pdq": code,
        "pdq_quality": quality,
    }


def _on_screen(picture: Picture, notes: list[str]) -> Picture:
    foreign = picture.profile if picture.profile and b"sRGB" not in picture.profile else None
    if picture.mode == "RGB" and foreign is None:
        return picture
    image = picture.image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if foreign:
        colours = _to_srgb(colours, foreign, notes)
    colours = colours.convert("RGB")
    if alpha and alpha.getextrema() != (255, 255):
        colours.putalpha(alpha)
    return Picture(np.asarray(colours), colours.mode)


def _to_srgb(image: Image.Image, profile: bytes, notes: list[str]) -> Image.Image:
    try:
        stated = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, stated, srgb, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        notes.append("colour-profile-unusable")
        return image


def _brightness(picture: Picture) -> Pixels:
    grey: Pixels = cv2.cvtColor(picture.pixels[:, :, :3], cv2.COLOR_RGB2GRAY)  # type: ignore[assignment]
    return grey


def _save(picture: Picture, into: Path, role: str) -> str:
    if picture.mode == "RGBA":
        picture.image.save(into / f"{role}.png", "PNG", compress_level=4)
        return f"{role}.png"
    (into / f"{role}.jpg").write_bytes(
        simplejpeg.encode_jpeg(
            np.ascontiguousarray(picture.pixels),
            quality=JPEG_QUALITY,
            colorsubsampling="420",
            fastdct=False,
        )
    )
    return f"{role}.jpg"
