"""Guesses in which letters a file is written and what parts its cells; a person has the last word.

Bytes alone cannot prove a one-byte encoding: only UTF-8 and UTF-16 show themselves. For the others
the commonest letters of Arabic and Cyrillic are counted, and the first lines shown as they read.
"""

import codecs
import csv
import io
from collections import Counter

ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "windows-1256",
    "windows-1251",
    "windows-1252",
    "iso-8859-1",
)
DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 256 * 1024  # bytes
LINES_LOOKED_AT = 50
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
COMMON = {
    "windows-1256": "اليمونرتبة".encode("cp1256"),
    "windows-1251": "оеаинтсрвл".encode("cp1251"),
}
"""The letters that are met most in Arabic and in Russian or Ukrainian, in the bytes of each."""
FEW_LETTERS = 0.3
"""Of the bytes beyond ASCII; where fewer are common letters, neither script is written."""
FEW_ACCENTS = 0.06
"""Of all bytes; where no more lie beyond ASCII, they are accents in a language of Latin letters."""


def proven_encoding(sample: bytes) -> str:
    """The encoding that the bytes prove by a mark or by being sound UTF-8; else nothing."""
    for mark, name in MARKS.items():
        if sample.startswith(mark):
            return name
    if sample[1:200:2].count(0) > len(sample[1:200:2]) // 2:
        return "utf-16-le"
    if sample[0:200:2].count(0) > len(sample[0:200:2]) // 2:
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def guess_encoding(sample: bytes) -> str:
    """The likeliest encoding of a file that begins so."""
    if proven := proven_encoding(sample):
        return proven
    high = Counter(byte for byte in sample if byte > 127)
    total = sum(high.values())
    if total < len(sample) * FEW_ACCENTS:
        return "windows-1252"
    shares = {
        name: sum(high[letter] for letter in set(letters)) / total
        for name, letters in COMMON.items()
    }
    likeliest = max(shares, key=lambda name: shares[name])
    return likeliest if shares[likeliest] >= FEW_LETTERS else "windows-1252"


def guess_delimiter(text: str) -> str:
    """What parts the cells: the sign by which most lines fall into as many as the head has."""
    return max(DELIMITERS, key=lambda sign: fit(text, sign))


def fit(text: str, delimiter: str) -> tuple[float, int]:
    """How evenly the sign parts the first lines, and into how many cells."""
    rows = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append(len(row))
            if len(rows) == LINES_LOOKED_AT:
                break
    except csv.Error:
        rows = rows[:-1]
    if not rows or max(rows) < 2:
        return (0.0, 0)
    width, often = Counter(rows).most_common(1)[0]
    return (often / len(rows) if width > 1 else 0.0, width)
