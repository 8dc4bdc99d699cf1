"""Bring a marking read from an object to one form, so that equal markings compare equal."""

import re
import unicodedata
from functools import lru_cache

WILDCARD = "?"
"""Stands for exactly one character that could not be read."""

_LONGEST = 200
_TATWEEL = 0x0640
_BETWEEN_WORDS = re.compile(r"[\s,;/|+&]+")

# The same glyph from another keyboard: on a plate no examiner can tell it from the Latin letter.
_CYRILLIC = dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_SAME_GLYPH = str.maketrans({**_CYRILLIC, **_GREEK, "؟": "?", "\ufffd": "?"})

# Characters that eyes and OCR confuse. For finding candidates only: never counted as agreement.
_CONFUSED = str.maketrans("ODQILSBZ", "00011582")


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Reduce a marking to its letters, digits and wildcards, in upper case and Latin glyphs.

    NFKC; separators, bidi controls and combining marks dropped; Arabic-Indic, Persian and every
    other decimal digit written 0-9; leading zeros kept.
    """
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    folded = unicodedata.normalize("NFKC", folded).translate(_SAME_GLYPH)
    if folded.isascii():
        return "".join(c for c in folded if c.isalnum() or c == WILDCARD)
    return "".join(_plain(c) for c in folded)


def _plain(character: str) -> str:
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if character == WILDCARD or (character.isalnum() and ord(character) != _TATWEEL):
        return character
    return ""


# What stands in a field for want of a marking, in the languages of those who record: the first say
# that nothing is known, the others that nothing is there. Neither is a value that two could share.
_NOT_KNOWN = frozenset(
    normalise(text)
    for text in (
        *("unknown", "unkn", "n/a", "n.k.", "not known", "not available", "not applicable"),
        *("not recorded", "unrecorded", "not read", "unread", "unreadable", "not readable"),
        *("illegible", "not legible", "not visible", "not given", "unspecified", "tbd", "tbc"),
        *("غير معروف", "غير معروفة", "مجهول", "غير مقروء", "غير واضح", "غير متوفر", "غير مسجل"),
        *("inconnu", "illisible", "неизвестно", "не читается", "н/д", "نامعلوم", "ناخوانا"),
    )
)
_NOT_THERE = frozenset(
    normalise(text)
    for text in (
        *("none", "nil", "null", "no", "no marking", "no markings", "unmarked", "not marked"),
        *("no serial", "no serial number", "no number", "not present", "never present", "absent"),
        *("missing", "removed", "erased", "ground off", "blank", "empty"),
        *("لا يوجد", "بدون", "بلا", "بدون رقم", "مفقود", "ندارد", "нет", "aucun", "néant"),
    )
)


def is_not_known(text: str) -> bool:
    """Whether a text only says, in one of several languages, that nothing is known."""
    read = normalise(text)
    return not read.strip(WILDCARD) or read in _NOT_KNOWN


def is_no_marking(text: str) -> bool:
    """Whether a text in place of a marking says that none was read: `unknown`, `none`, `????`."""
    return is_not_known(text) or normalise(text) in _NOT_THERE


@lru_cache(maxsize=65_536)
def normalise_words(text: str) -> str:
    """Reduce a description to its distinct words, sorted: their order in a note means nothing."""
    found = {normalise(word) for word in _BETWEEN_WORDS.split(text[:_LONGEST])}
    return " ".join(sorted(found - {""}))


@lru_cache(maxsize=65_536)
def fold_confusable(normalised: str) -> str:
    """Write every character of a normalised marking as the one it is commonly misread for."""
    return normalised.translate(_CONFUSED)


def could_be_same(left: str, right: str) -> bool:
    """Whether two normalised markings agree at every position that both readings could read."""
    if left == right or len(left) != len(right):
        return left == right
    if WILDCARD not in left and WILDCARD not in right:
        return False
    return all(a == b or WILDCARD in (a, b) for a, b in zip(left, right, strict=True))


def within_one_edit(left: str, right: str) -> bool:
    """Whether one character changed, missing or added turns `left` into `right`."""
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1:
        return False
    for at, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            skip = at + (len(left) == len(right))
            return left[skip:] == right[at + 1 :]
    return True
