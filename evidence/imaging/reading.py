"""Ask for what stands in a picture: codes, credentials and text, each a proposal of a machine."""

import importlib.metadata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from evidence.imaging.asking import ask
from evidence.imaging.sniffing import HEAD_SIZE, sniff

WALL_SECONDS = 120.0
VERSION = 2
"""Grows with every change that may make another reading of the same picture."""

_READER, _TEXT_READER = "evidence.imaging.reader", "evidence.imaging.text_reader"
_ENGINES = {"code": "zxing-cpp", "c2pa": "c2pa-python", "ocr": "rapidocr"}
_LONGEST_TEXT, _LONGEST_NAME, _MOST = 500, 30, 200
_TROUBLES = {"timed-out", "decoder-failed", "too-much-memory", "damaged"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that was read; `box` and `confidence` are in per mille, as on `Proposal`."""

    kind: str
    text: str
    symbology: str = ""
    box: list[int] | None = None
    confidence: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Everything read, or a key of `verdicts.REASONS` that says why nothing could be."""

    found: tuple[Reading, ...] = ()
    trouble: str = ""


@cache
def engines(*, text: bool) -> Mapping[str, str]:
    """Which engine reads what, each with its version; `text` only where that is installed."""
    wanted = {kind: package for kind, package in _ENGINES.items() if text or kind != "ocr"}
    found = {}
    for kind, package in wanted.items():
        with suppress(importlib.metadata.PackageNotFoundError):
            found[kind] = f"{package} {importlib.metadata.version(package)}"
    return found


def read_with(*, text: bool) -> str:
    """The version of this pipeline and of all its engines, to know what must be read again."""
    return ", ".join((f"Vestige {VERSION}", *engines(text=text).values()))


def read_picture(source: Path, *, text: bool, wall_seconds: float = WALL_SECONDS) -> Read:
    """Read the picture at `source`, which is only read, in a limited process of its own."""
    module = _TEXT_READER if "ocr" in engines(text=text) else _READER
    with source.open("rb") as original:
        opener = sniff(original.read(HEAD_SIZE)).opener
        if not opener:
            return Read()
        answer = ask(module, [opener], original, wall_seconds=wall_seconds)
    if "found" not in answer:
        reason = answer.get("reason")
        return Read(trouble=reason if reason in _TROUBLES else "decoder-failed")
    return _understood(answer["found"])


def _understood(stated: Any) -> Read:
    """The child's answer, believed only as far as it has the shape of one."""
    try:
        return Read(tuple(_reading(one) for one in stated[:_MOST]))
    except (TypeError, ValueError, KeyError, AttributeError):
        return Read(trouble="decoder-failed")


def _reading(stated: dict[str, Any]) -> Reading:
    kind, box, confidence = stated["kind"], stated["box"], stated["confidence"]
    if box is not None and not (len(box) == 4 and all(part in range(1001) for part in box)):
        raise ValueError(box)
    if confidence is not None and confidence not in range(1001):
        raise ValueError(confidence)
    return Reading(
        kind,
        _printable(stated["text"])[:_LONGEST_TEXT],
        str(stated["symbology"])[:_LONGEST_NAME],
        box,
        confidence,
        dict(stated.get("facts") or {}),
        engines(text=True)[kind],
    )


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()
