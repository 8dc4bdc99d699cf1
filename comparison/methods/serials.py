"""Take a serial number apart into prefix, counter, width and suffix."""

import re
from functools import lru_cache
from typing import NamedTuple

_LAST_RUN_OF_DIGITS = re.compile(r"(?P<prefix>.*?)(?P<digits>[0-9]+)(?P<suffix>[^0-9]*)", re.DOTALL)
_WIDEST = 18


class Serial(NamedTuple):
    """A serial as its maker counts: `SN-0041-A` is prefix SN, number 41, width 4, suffix A."""

    prefix: str
    number: int
    width: int
    suffix: str

    def counts_with(self, other: "Serial") -> bool:
        """Whether both were drawn from one counter: same prefix, same width, same suffix."""
        return (self.prefix, self.width, self.suffix) == (other.prefix, other.width, other.suffix)


@lru_cache(maxsize=65_536)
def parse_serial(normalised: str) -> Serial | None:
    """Read the last run of digits as the counter; None where a character is unread or none counts.

    The width is kept because `000412` and `412` come from different numbering schemes.
    """
    if "?" in normalised:
        return None
    parts = _LAST_RUN_OF_DIGITS.fullmatch(normalised)
    if parts is None or len(parts["digits"]) > _WIDEST:
        return None
    return Serial(parts["prefix"], int(parts["digits"]), len(parts["digits"]), parts["suffix"])
