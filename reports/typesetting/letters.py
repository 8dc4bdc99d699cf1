"""Makes any text printable: a sign that no font can draw is written out by its number."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

LINE_BREAK = "\n"
BYTE_ORDER_MARK = "\ufeff"
DIRECTION_SIGNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible signs that can make a serial read backwards, so they are made visible."""

UNFIT = {"Cc", "Cn", "Co", "Cs"}
"""Unicode categories that an archived PDF may not hold: control, unassigned, private, half."""


@lru_cache(maxsize=4)
def drawable(fonts: tuple[Path, ...]) -> frozenset[str]:
    """Every character that at least one font in these folders can draw."""
    codes: set[int] = set()
    for folder in fonts:
        for file in sorted(folder.glob("*.ttf")):
            with TTFont(file, lazy=True) as font:
                codes.update(font["cmap"].getBestCmap())
    fit = {sign for sign in map(chr, codes) if unicodedata.category(sign) not in UNFIT}
    return frozenset(fit - DIRECTION_SIGNS - {BYTE_ORDER_MARK} | {LINE_BREAK})


def printable(value: Any, letters: frozenset[str]) -> Any:
    """The same data with each undrawable character as <U+4E2D>, in composed form (NFC)."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\t", " ")
        return text if letters.issuperset(text) else spelled_out(text, letters)
    if isinstance(value, dict):
        return {key: printable(part, letters) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part, letters) for part in value]
    return value


def spelled_out(text: Iterable[str], letters: frozenset[str]) -> str:
    """Each character itself, or its number where it cannot be drawn."""
    return "".join(sign if sign in letters else f"<U+{ord(sign):04X}>" for sign in text)


def unvowelled(text: str) -> str:
    """Arabic without its short-vowel signs, as newspapers print it.

    PDF readers copy a vowelled syllable twice, so the fixed words of a report go without.
    """
    return "".join(sign for sign in text if not "\u064b" <= sign <= "\u0652")
