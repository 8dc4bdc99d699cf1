"""Parts of what is sent as bytes (RFC 9110, section 14): a download that was cut goes on."""

import re
from collections.abc import Iterator
from typing import IO, Any

PART = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
AT_ONCE = 64 * 1024  # bytes


class NoSuchPart(Exception):
    """The bytes asked for are not there, or are several parts at once (HTTP 416)."""


def part_of(said: str, size: int) -> range | None:
    """The bytes that a Range header asks for; None for all, as for what makes no sense."""
    words = said.replace(" ", "")
    if words.startswith("bytes=") and "," in words:
        raise NoSuchPart
    found = PART.fullmatch(words)
    if not found or found.group(1, 2) == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        part = range(size - length, size)
    else:
        part = range(int(first), min(int(last) + 1 if last else size, size))
        if last and int(last) < int(first):
            return None
    if not part:
        raise NoSuchPart
    return part


def bytes_of(held: IO[bytes] | Any, part: range) -> Iterator[bytes]:
    """These bytes of a file, piece by piece."""
    with held:
        held.seek(part.start)
        left = len(part)
        while left and (piece := held.read(min(AT_ONCE, left))):
            left -= len(piece)
            yield piece
