"""The process that reads codes and credentials in one picture, and dies.

Forked by `forker` for `reading`. Everything found is a machine's proposal; nothing is a fact.
`text_reader` does the same and reads text besides.
"""

import warnings
from collections.abc import Callable
from typing import Any, BinaryIO

import numpy as np
import zxingcpp
from PIL import Image

from evidence.imaging import child, credentials, limits

CODES_SIDE = 3200
"""Codes are sought in a picture of at most so many pixels a side: small ones need them."""

MEMORY_BYTES = 2 * 1024 * 1024 * 1024
SECONDS = 60
Found = list[dict[str, Any]]


def prepare() -> None:
    """Load the decoders, before any stranger's byte."""
    child.prepare()
    credentials.prepare()


def answer(
    words: list[str], original: BinaryIO, *, also: Callable[[Image.Image], Found] | None = None
) -> dict[str, Any]:
    """Shut the process in, then read the picture of the format that was told from its bytes."""
    limits.shut_in(MEMORY_BYTES, SECONDS)
    warnings.simplefilter("ignore")
    original.seek(0)
    try:
        return {"found": _read(words[0], original, also)}
    except MemoryError:
        return {"reason": "too-much-memory"}
    except Exception:
        return {"reason": "decoder-failed"}


def _read(opener: str, original: BinaryIO, also: Callable[[Image.Image], Found] | None) -> Found:
    found = credentials.claimed(original, opener)
    with Image.open(original, formats=[opener]) as image:
        upright = _on_white(child.upright(image, CODES_SIDE))
    return [*found, *codes_in(upright), *(also(upright) if also else ())]


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def codes_in(image: Image.Image) -> Found:
    """Bar codes and matrix codes of every kind that the reader knows."""
    grey = np.asarray(image.convert("L"))
    return [
        {
            "kind": "code",
            "text": code.text,
            "symbology": str(code.format).rpartition(".")[2],
            "box": box_round(_corners(code.position), image.size),
            "confidence": None,
        }
        for code in zxingcpp.read_barcodes(grey)
        if code.valid and code.text
    ]


def _corners(position: Any) -> list[tuple[float, float]]:
    names = ("top_left", "top_right", "bottom_right", "bottom_left")
    return [(corner.x, corner.y) for corner in (getattr(position, name) for name in names)]


def box_round(corners: Any, size: tuple[int, int]) -> list[int]:
    """Left, top, width, height in per mille of the picture, round the corners and inside it."""
    across = [min(max(float(x) * 1000 / size[0], 0), 1000) for x, _y in corners]
    down = [min(max(float(y) * 1000 / size[1], 0), 1000) for _x, y in corners]
    left, top = int(min(across)), int(min(down))
    return [left, top, max(1, round(max(across)) - left), max(1, round(max(down)) - top)]
