"""Cut a picture into the tiles of a deep zoom: each level half of the one above, down to one pixel.

After the Deep Zoom format: `level/column_row`, level 0 being one pixel, neighbours sharing one
row or column of pixels. All tiles of a picture lie in one archive, so that it is whole or absent.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image

from evidence.imaging.asking import ask
from evidence.imaging.sniffing import HEAD_SIZE, sniff

VERSION = 1
SIDE, OVERLAP = 512, 1
WALL_SECONDS = 60.0
ARCHIVE = "tiles.zip"
_CHILD = "evidence.imaging.child"
_JPEG_QUALITY = 85


def cut_tiles(source: Path, into: Path, *, wall_seconds: float = WALL_SECONDS) -> Path | None:
    """The archive of the tiles of the original at `source`, cut in a limited process; or None."""
    with source.open("rb") as original:
        opener = sniff(original.read(HEAD_SIZE)).opener
        if not opener:
            return None
        words = ["cut", opener, str(into.resolve())]
        answer = ask(_CHILD, words, original, wall_seconds=wall_seconds)
    archive = into / ARCHIVE
    return archive if answer.get("cut") is True and archive.is_file() else None


def nothing(into: Path) -> Path:
    """The archive of a picture that cannot be cut."""
    archive = into / ARCHIVE
    with zipfile.ZipFile(archive, "w"):
        return archive


def tile_in(archive: IO[bytes], level: int, column: int, row: int) -> bytes | None:
    """One tile, as JPEG or PNG; None where there is none of that number."""
    with zipfile.ZipFile(archive) as tiles:
        try:
            return tiles.read(f"{level}/{column}_{row}")
        except KeyError:
            return None


def write_tiles(image: Image.Image, into: Path) -> None:
    """Write the archive of an upright picture; called in the limited process."""
    level = (max(image.size) - 1).bit_length()
    with zipfile.ZipFile(into / ARCHIVE, "w", zipfile.ZIP_STORED) as tiles:
        while level >= 0:
            for name, box in _boxes(image.size):
                tiles.writestr(f"{level}/{name}", _encoded(image.crop(box)))
            image, level = image.reduce(2) if max(image.size) > 1 else image, level - 1


def _boxes(size: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    width, height = size
    for row, top in enumerate(range(0, height, SIDE)):
        for column, left in enumerate(range(0, width, SIDE)):
            right, bottom = left + SIDE + OVERLAP, top + SIDE + OVERLAP
            edges = max(0, left - OVERLAP), max(0, top - OVERLAP)
            yield f"{column}_{row}", (*edges, min(width, right), min(height, bottom))


def _encoded(tile: Image.Image) -> bytes:
    held = BytesIO()
    if tile.mode == "RGBA":
        tile.save(held, "PNG", compress_level=1)
    else:
        tile.save(held, "JPEG", quality=_JPEG_QUALITY)
    return held.getvalue()
