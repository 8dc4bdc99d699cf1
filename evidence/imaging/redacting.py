"""The process that draws a redacted copy and dies: the boxes are black, the metadata is gone.

Run by `redact` as `python -m evidence.imaging.redacting FORMAT FOLDER BOXES` with the original on
standard input; BOXES is JSON: a list of [left, top, width, height] in per mille. Answers one line
of JSON. Exit 1 means the drawing itself went wrong.
"""

import importlib
import json
import math
import sys
import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

from evidence.imaging import limits

QUALITY = 92
DRAWN = "redacted.jpg"
_ODD = {"HEIF": "pillow_heif.HeifImagePlugin", "WEBP": "PIL.WebPImagePlugin"}
"""Decoders whose modules are not called after their format."""

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)

Box = tuple[int, int, int, int]


def redacted(image: Image.Image, boxes: list[Box]) -> Image.Image:
    """The upright picture on a new canvas, black where the boxes lie and a little beyond."""
    upright = ImageOps.exif_transpose(image)
    canvas = Image.new("RGB", upright.size, _WHITE)
    opaque = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
    canvas.paste(opaque, mask=opaque if opaque.mode == "RGBA" else None)
    for box in boxes:
        canvas.paste(_BLACK, in_pixels(box, canvas.size))
    return canvas


def in_pixels(box: Box, size: tuple[int, int]) -> Box:
    """A box in per mille as pixels, rounded outwards: what it touches is gone."""
    (left, top, width, height), (across, down) = box, size
    return (
        math.floor(left * across / 1000),
        math.floor(top * down / 1000),
        math.ceil((left + width) * across / 1000),
        math.ceil((top + height) * down / 1000),
    )


def draw(original: BinaryIO, opener: str, into: Path, boxes: list[Box]) -> dict[str, object]:
    """Write the copy; its size lets the asker see that it is the picture that was marked."""
    with Image.open(original, formats=[opener]) as image:
        image.load()
        canvas = redacted(image, boxes)
    canvas.save(into / DRAWN, "JPEG", quality=QUALITY)
    return {"drawn": DRAWN, "width": canvas.width, "height": canvas.height}


def main(opener: str, into: Path, boxes: list[Box]) -> None:
    """Shut the process in, read standard input, answer on standard output."""
    importlib.import_module(_ODD.get(opener) or f"PIL.{opener.title()}ImagePlugin")
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = limits.MAX_PIXELS
    limits.shut_in()
    sys.stdout.write(json.dumps(draw(sys.stdin.buffer, opener, into, boxes)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))
