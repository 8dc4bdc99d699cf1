"""Makes the small pictures these tests look at; nothing here comes from anyone else."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.ExifTags import IFD, Base

SIDES = {"left": (200, 30, 30), "right": (30, 30, 200)}
"""Upright, every two-sided picture is red on its left and blue on its right."""

_TURNS_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def two_sided(width: int = 400, height: int = 200) -> Image.Image:
    image = Image.new("RGB", (width, height), SIDES["right"])
    image.paste(SIDES["left"], (0, 0, width // 2, height))
    return image


def as_held(orientation: int) -> Image.Image:
    """The two-sided picture as a camera held that way would store it."""
    if orientation not in _TURNS_BACK:
        return two_sided()
    return two_sided().transpose(_TURNS_BACK[orientation])


def exif(
    main: dict[int, Any] | None = None,
    detail: dict[int, Any] | None = None,
    position: dict[int, Any] | None = None,
) -> Image.Exif:
    block = Image.Exif()
    block.update(main or {})
    if detail:
        block[IFD.Exif] = detail
    if position:
        block[IFD.GPSInfo] = position
    return block


def oriented(orientation: int) -> Image.Exif:
    return exif({Base.Orientation: orientation})


def saved(image: Image.Image, path: Path, **options: Any) -> Path:
    image.save(path, **options)
    return path


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    held = BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def png(width: int, height: int, *, before_pixels: bytes = b"", rows: bytes = b"") -> bytes:
    """A grey PNG put together by hand, so that it may lie about itself."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(rows or b"\0" * (width + 1) * min(height, 64))
    chunks = chunk(b"IHDR", header) + before_pixels + chunk(b"IDAT", pixels)
    return b"\x89PNG\r\n\x1a\n" + chunks + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
