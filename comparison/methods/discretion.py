"""What counts over every case may tell: coarse figures that give no single hidden recovery away.

A rarity figure can be turned back into its f and n, so it is the counts themselves that are made
coarse, before anything is worked out from them. Each step errs towards the weaker figure.
"""

from functools import lru_cache
from itertools import product

SMALLEST_GROUP = 2
"""Up to so many holders are told alike: none, one or two."""

STEP = 10
"""n is told in whole tens, rounded down."""

_STEPS = (5, *(digit * 10**power for power, digit in product(range(1, 9), (1, 2, 5))))


def published_recoveries(recoveries: int) -> int:
    """n as it may be told: whole tens, rounded down; 9 is 0, 57 is 50."""
    return recoveries - recoveries % STEP


@lru_cache(maxsize=65_536)
def published_holders(holders: int, recoveries: int) -> int:
    """f as it may be told beside that n: 0, 1 and 2 alike 2, then up to 5, 10, 20, 50, 100 …

    Rounded up, and never above n as told: a value is told commoner than it is, never rarer.
    """
    if holders <= SMALLEST_GROUP:
        told = SMALLEST_GROUP
    else:
        told = next(step for step in _STEPS if step >= holders)
    return min(told, published_recoveries(recoveries))


def published_range(serials: int) -> int:
    """R as it may be told: one significant digit, rounded down; 2,588 is 2,000."""
    power = int(10 ** (len(str(serials)) - 1))
    return serials - serials % power
