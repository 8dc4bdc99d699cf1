"""The one way to write a line down: JSON in the canonical form of RFC 8785, without floats."""

import json

BIGGEST = 2**53
"""Beyond it other programs no longer tell two whole numbers apart."""


def canonical(value: object) -> str:
    """The canonical text; TypeError or ValueError for what two programs could write differently."""
    return json.dumps(ordered(value), separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def ordered(value: object) -> object:
    """The same with every key in its place, in the order of UTF-16 code units."""
    if isinstance(value, str):
        utf16(value)
    elif isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value, key=utf16)}
    elif isinstance(value, list | tuple):
        return [ordered(part) for part in value]
    elif isinstance(value, float):
        raise TypeError("a ledger line holds no floats: write the number as text")
    elif isinstance(value, int) and abs(value) > BIGGEST:
        raise ValueError("a whole number beyond 2^53 is written as text")
    return value


def utf16(text: object) -> bytes:
    """What text is sorted by; half of a character that needs two code units is no text."""
    if not isinstance(text, str):
        raise TypeError("the keys of a ledger line are text")
    try:
        return text.encode("utf-16-be")
    except UnicodeEncodeError as problem:
        raise ValueError("a ledger line holds whole characters only") from problem
