"""Reads figures out of free text: `10 to 16h`, `5,5 kg` or `1 000 - 2 000 kg` as two bounds."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from catalogue.folding import plain

Bounds = tuple[Decimal, Decimal]


class Scale(NamedTuple):
    """How one quantity is written: its units, and the greatest value that makes sense.

    `families` are read in order and the first that occurs wins, because a second one usually
    repeats the figure in another unit: `140 km/h (76 kt)`.
    """

    families: tuple[dict[str, Fraction], ...]
    limit: Decimal


def units(**factors: str) -> dict[str, Fraction]:
    """How many of the quantity's own unit one of each unit is."""
    names = {"km_h": "km/h", "m_s": "m/s"}
    return {names.get(unit, unit): Fraction(factor) for unit, factor in factors.items()}


MASS = units(kg="1", kgs="1", g="1/1000", grams="1/1000", tons="1000")
LENGTH = units(m="1", cm="1/100", mm="1/1000")
HOURS = units(h="1", hrs="1", hour="1", hours="1", days="24")
MINUTES = units(m="1/60", mn="1/60", min="1/60", mins="1/60", minutes="1/60", мин="1/60")
KNOTS = units(kn="1.852", kt="1.852", kts="1.852", knots="1.852")

KILOGRAMS = Scale((MASS,), Decimal(30_000))
METRES = Scale((LENGTH,), Decimal(80))
KILOMETRES = Scale((units(km="1"),), Decimal(40_000))
DURATION = Scale(({**HOURS, **MINUTES},), Decimal(24 * 400))
SPEED = Scale((units(km_h="1"), units(m_s="3.6"), KNOTS), Decimal(30_000))

NUMBER = r"(?:\d{1,3}(?: \d{3})+|\d+(?:,\d{3})*(?:[.,]\d+)?|\.\d+)"
SPAN = rf"({NUMBER})\+?(?:\s*(?:-|/|to)\s*({NUMBER}))?\+?"
WORDS_BEFORE = r"(?:(?:up(?: to)?|max\.?|from|about|~)\s*)?"
BEYOND_SENSE = re.compile(r"\d(?:[ ,]?\d){12}")
DIMENSIONS = re.compile(rf"{NUMBER}\s*[x×*]\s*{NUMBER}")
HOURS_AND_MINUTES = re.compile(rf"({NUMBER})\s*(?:h|hours?)\s*(?:and)?\s*({NUMBER})\s*min")


def read_figure(text: str, scale: Scale) -> Bounds | None:
    """The least and greatest value stated, in the scale's first unit; None when unsure."""
    text = plain(text).rstrip(" .").lower()
    if not text or DIMENSIONS.search(text) or " not " in text or BEYOND_SENSE.search(text):
        return None
    if scale is DURATION and (clock := HOURS_AND_MINUTES.fullmatch(text)):
        hours, minutes = map(as_decimal, clock.groups())
        total = tidy(hours + minutes / 60)
        return total, total
    found = with_units(text, scale) or without_unit(text, scale)
    return found if found and found[1] <= scale.limit else None


def with_units(text: str, scale: Scale) -> Bounds | None:
    """Every figure that carries a unit of the quantity."""
    for family in scale.families:
        names = "|".join(sorted(map(re.escape, family), key=len, reverse=True))
        found = re.findall(rf"(?<![\w.,]){SPAN}\s*({names})(?![\w/])", text)
        values = [
            convert(number, family[unit])
            for least, greatest, unit in found
            for number in (least, greatest)
            if number
        ]
        if values:
            return min(values), max(values)
    return None


def without_unit(text: str, scale: Scale) -> Bounds | None:
    """Bare figures, which are taken to be in the quantity's own unit; remarks are left out."""
    bare = re.sub(r"\(.*?\)", "", text)
    values: list[Decimal] = []
    for part in re.split(r"[;]|,\s", bare):
        found = re.fullmatch(rf"{WORDS_BEFORE}{SPAN}", part.strip())
        if not found:
            return None
        values += [as_decimal(number, scale.limit) for number in found.groups() if number]
    return (min(values), max(values)) if values else None


def convert(number: str, factor: Fraction) -> Decimal:
    """A stated number in the quantity's own unit."""
    return tidy(as_decimal(number) * factor.numerator / factor.denominator)


def as_decimal(number: str, limit: Decimal | None = None) -> Decimal:
    """`5,5` is five and a half; `1,000` is a thousand, or one where a thousand is absurd."""
    number = number.replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", number):
        whole = Decimal(number.replace(",", ""))
        if limit is None or whole <= limit:
            return tidy(whole)
    return tidy(Decimal(number.replace(",", ".")))


def tidy(value: Decimal) -> Decimal:
    """Four decimals at most, and no trailing zeros."""
    return round(value, 4).normalize() + 0
