"""The process that reads codes, credentials and lines of text in one picture, and dies.

Forked by `forker` for `reading` where text reading is installed.
"""

import importlib
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from evidence.imaging import reader
from evidence.imaging.pixels import Picture, shrunk

TEXT_SIDE = 1600
"""Text is sought in a picture of this size: the models are made for letters of its size."""

_LEAST_CONFIDENCE = 0.5
_engine: Any = None


def prepare() -> None:
    """Load the decoders and the models, before any stranger's byte."""
    global _engine
    reader.prepare()
    alone = {"intra_op_num_threads": 1, "inter_op_num_threads": 1}
    asked = {f"EngineConfig.onnxruntime.{name}": count for name, count in alone.items()}
    _engine = importlib.import_module("rapidocr").RapidOCR(
        params={"Global.log_level": "critical", "Global.max_side_len": TEXT_SIDE, **asked}
    )
    for everything in (False, True):  # a model is loaded when it is first asked
        _engine(np.full((96, 320, 3), 200, np.uint8), use_det=everything, use_cls=True)


def answer(words: list[str], original: BinaryIO) -> dict[str, Any]:
    """What `reader` finds, and text."""
    return reader.answer(words, original, also=text_in)


def text_in(image: Image.Image) -> reader.Found:
    """Lines of Latin letters and digits, with the engine's own confidence."""
    small = shrunk(Picture(np.asarray(image), "RGB"), TEXT_SIDE).pixels
    read = _engine(small[:, :, ::-1], use_det=True, use_cls=True, use_rec=True)
    if read.boxes is None or not read.txts:
        return []
    return [
        {
            "kind": "ocr",
            "text": text,
            "symbology": "",
            "box": reader.box_round(corners, (small.shape[1], small.shape[0])),
            "confidence": round(float(score) * 1000),
        }
        for corners, text, score in zip(read.boxes, read.txts, read.scores, strict=True)
        if text.strip() and score >= _LEAST_CONFIDENCE
    ]
