"""The process that decodes one picture and dies: decoders, limits, and nothing else of ours.

Forked by `forker` for `examine` and `tiles`; what goes wrong with the picture is an answer, what
goes wrong with the examination itself is raised.
"""

import errno
import importlib
import tempfile
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import cv2
from PIL import Image

from evidence.imaging import claims, derivatives, limits, pdq, pixels, tiles

_PLUGINS = {
    "AVIF": "PIL.AvifImagePlugin",
    "BMP": "PIL.BmpImagePlugin",
    "GIF": "PIL.GifImagePlugin",
    "HEIF": "pillow_heif.HeifImagePlugin",
    "JPEG": "PIL.JpegImagePlugin",
    "PNG": "PIL.PngImagePlugin",
    "TIFF": "PIL.TiffImagePlugin",
    "WEBP": "PIL.WebPImagePlugin",
}
"""The only decoders a stranger's bytes may reach."""

_NOT_THE_PICTURES_FAULT = {
    errno.EACCES,
    errno.EDQUOT,
    errno.EIO,
    errno.EMFILE,
    errno.ENOENT,
    errno.ENOSPC,
    errno.EPERM,
    errno.EROFS,
}
"""Errors of the disk; others, such as seeking where a false offset points, are the picture's."""

_MEMORY_TO_CUT, _SECONDS_TO_CUT = 2 * 1024 * 1024 * 1024, 40
_USUAL_SIDES = (512, 384, 341, 288)
_TURNS_ITSELF = {"HEIF", "TIFF"}
_EXIF_IN_PNG = {"exif", "Raw profile type exif"}


def look_at(original: BinaryIO, opener: str, into: Path) -> dict[str, Any]:
    """Everything found out about the picture, as far as it could be read."""
    found: dict[str, Any] = {"readable": False, "reason": "", "notes": []}
    try:
        with Image.open(original, formats=[opener]) as image:
            _read(image, into, found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        found["reason"] = "too-many-pixels"
    except MemoryError:
        found["reason"] = "too-much-memory"
    except OSError as problem:
        if problem.errno in _NOT_THE_PICTURES_FAULT:
            raise
        found["reason"] = "truncated" if "truncated" in str(problem) else "damaged"
    except Exception:
        found["reason"] = "damaged"
    return found


def _read(image: Image.Image, into: Path, found: dict[str, Any]) -> None:
    size = found["width"], found["height"] = image.size
    # A PNG may carry its EXIF behind the pixels; all others are asked before they are decoded,
    # so that a truncated picture still tells what it claims.
    late = image.format == "PNG" and not image.info.keys() & _EXIF_IN_PNG
    turn = 1 if late else _note_claims(image, size, found)
    picture = pixels.decoded(image, derivatives.SIZES["preview"])
    if late:
        turn = _note_claims(image, size, found)
    found.update(derivatives.draw(picture, into, turn, found["notes"]), readable=True)


def _note_claims(image: Image.Image, size: tuple[int, int], found: dict[str, Any]) -> int:
    """Put down the claims and the upright size; answers the turn still to be made (1 to 8)."""
    claimed = claims.read_claims(image, found["notes"])
    found["exif"] = claimed and claimed._asdict()
    stated = (claimed and claimed.orientation) or 1
    turn = 1 if image.format in _TURNS_ITSELF else stated
    found["width"], found["height"] = size[::-1] if turn >= 5 else size
    return turn


def upright(image: Image.Image, side: int) -> Image.Image:
    """The picture as people see it, its longest side at most `side`."""
    turn = 1
    if image.format not in _TURNS_ITSELF:
        claimed = claims.read_claims(image, [])
        turn = (claimed and claimed.orientation) or 1
    return derivatives.drawn(pixels.decoded(image, side), side, turn, []).image


def prepare() -> None:
    """Load every decoder there is, before any stranger's byte."""
    for plugin in _PLUGINS.values():
        importlib.import_module(plugin)
    Image.preinit()
    cv2.setNumThreads(0)  # a fork has none of its parent's threads
    pdq.get_ready(_USUAL_SIDES)
    _rehearse()
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = limits.MAX_PIXELS


def _rehearse() -> None:
    """Go through it once with a picture of our own: what that sets up, no child sets up again."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as plain:
        Image.new("RGB", (640, 480)).save(plain, "JPEG")
        look_at(plain, "JPEG", Path(folder))


def answer(words: list[str], original: BinaryIO) -> dict[str, Any]:
    """Shut the process in, then do what was asked: look at it, or cut it into tiles."""
    deed, opener, into = words
    if deed == "cut":
        limits.shut_in(_MEMORY_TO_CUT, _SECONDS_TO_CUT)
        return cut(original, opener, Path(into))
    limits.shut_in()
    return look_at(original, opener, Path(into))


def cut(original: BinaryIO, opener: str, into: Path) -> dict[str, Any]:
    """Write the tiles of the whole picture; what cannot be cut is shown by its preview alone."""
    try:
        with Image.open(original, formats=[opener]) as image:
            tiles.write_tiles(upright(image, max(image.size)), into)
    except OSError as problem:
        if problem.errno in _NOT_THE_PICTURES_FAULT:
            raise
        return {"cut": False}
    except Exception:
        return {"cut": False}
    return {"cut": True}
