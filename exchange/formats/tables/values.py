"""Reads cells: numbers in either notation, days in a stated order, yes and no, in several scripts.

What is ambiguous is refused, never guessed: 03/04/2024 is a day only once somebody has said which
of the two numbers is the month.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from exchange.formats.tables.wrong import WrongCell

EMPTY = {"", "nan", "null", "n/a", "#n/a"}
NO_NUMBER = EMPTY | {"none", "unknown", "-", "–", "—", "?"}
MOST = 2_147_483_647
MARKS_AMONG_DIGITS = str.maketrans({"\u066b": "D", "\u066c": "T"})
BLANKS = re.compile("[\\s\u00a0\u2009\u202f'’]")
WHOLE = r"[+-]?(?:\d+|\d{1,3}(?:T\d{3})+)"
NUMBER = re.compile(rf"{WHOLE}(?:D\d+)?(?:[eE][+-]?\d{{1,3}})?")
SIGNS = {".": {".": "D", ",": "T"}, ",": {",": "D", ".": "T"}}
"""What a point and a comma among digits mean, by the sign that begins the decimals."""
YES = {"1", "yes", "y", "true", "t", "x", "نعم", "صح", "да", "так", "oui", "si", "sí"}
NO = {"0", "no", "n", "false", "f", "لا", "خطأ", "нет", "ні", "non"}
PARTS = re.compile(r"\s*[;|\n،؛,]\s*")


def western(text: str) -> str:
    """The text with the digits of any script as 0 to 9, and every minus as a hyphen."""
    found = [unicodedata.digit(sign, None) for sign in text]
    turned = [
        str(digit) if digit is not None and sign.isdecimal() else sign
        for sign, digit in zip(text, found, strict=True)
    ]
    return "".join(turned).replace("\N{MINUS SIGN}", "-")


def is_empty(text: str) -> bool:
    """True where a cell says nothing."""
    return text.strip().lower() in EMPTY


def read_decimal(text: str, decimal: str = ".") -> Decimal | None:
    """A number; nothing where it is unknown. `decimal` is the sign before the decimals."""
    if text.strip().lower() in NO_NUMBER:
        return None
    plain = BLANKS.sub("", western(text)).translate(MARKS_AMONG_DIGITS)
    marked = "".join(SIGNS[decimal].get(sign, sign) for sign in plain)
    if not NUMBER.fullmatch(marked):
        raise WrongCell("number", text)
    try:
        return Decimal(marked.replace("T", "").replace("D", "."))
    except InvalidOperation:
        raise WrongCell("number", text) from None


def read_count(text: str, decimal: str = ".") -> int | None:
    """A whole number of things, also where a program wrote it as 236.0."""
    number = read_decimal(text, decimal)
    if number is None:
        return None
    if not 0 <= number <= MOST or number != number.to_integral_value():
        raise WrongCell("count", text)
    return int(number)


def read_yes(text: str) -> bool:
    """Yes or no, in words of several languages."""
    said = western(text).strip().casefold()
    if said in YES:
        return True
    if said in NO:
        return False
    raise WrongCell("yes", text)


def parts_of(text: str) -> list[str]:
    """The words of a list in one cell."""
    return [part for part in PARTS.split(text.strip()) if part]
