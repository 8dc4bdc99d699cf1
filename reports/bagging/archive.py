"""Writes an archive (ZIP) of which every byte is a file's or can be told from the files.

So whoever checks it finds a change anywhere in it, not only inside the files: nothing is
compressed, no file bears a date or an owner, and sizes are always written in 64 bits.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

LOCAL, CENTRAL, END64, LOCATOR, END = 0x04034B50, 0x02014B50, 0x06064B50, 0x07064B50, 0x06054B50
VERSION, UTF8, DAY = 45, 0x0800, 0x0021
"""ZIP64; names in UTF-8; the first day that a ZIP archive can name, 1 January 1980."""

UNIX, READ_ONLY = 3 << 8, 0o100444 << 16
ELSEWHERE, MANY = 0xFFFFFFFF, 0xFFFF
"""The number in question stands in its 64-bit place."""


@dataclass(frozen=True)
class Member:
    """One file of the archive; sizes and offsets in bytes."""

    name: bytes
    crc: int
    size: int
    offset: int

    def local(self) -> bytes:
        """What stands before its bytes."""
        head = (LOCAL, VERSION, UTF8, 0, 0, DAY, self.crc, ELSEWHERE, ELSEWHERE)
        sizes = struct.pack("<2H2Q", 1, 16, self.size, self.size)
        lengths = struct.pack("<2H", len(self.name), len(sizes))
        return struct.pack("<I5H3I", *head) + lengths + self.name + sizes

    def central(self) -> bytes:
        """What the directory at the end says of it."""
        head = (CENTRAL, UNIX | VERSION, VERSION, UTF8, 0, 0, DAY, self.crc, ELSEWHERE, ELSEWHERE)
        sizes = struct.pack("<2H3Q", 1, 24, self.size, self.size, self.offset)
        tail = (len(self.name), len(sizes), 0, 0, 0, READ_ONLY, ELSEWHERE)
        return struct.pack("<I6H3I", *head) + struct.pack("<5H2I", *tail) + self.name + sizes


class Archive:
    """An archive while it is written to a file that can be wound back; memory stays flat."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.members: list[Member] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> Member:
        """Write one file, piece by piece."""
        offset, crc, size = self.out.tell(), 0, 0
        self.out.write(Member(name.encode("ascii"), 0, 0, offset).local())
        for chunk in chunks:
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            self.out.write(chunk)
        member = Member(name.encode("ascii"), crc, size, offset)
        end = self.out.tell()
        self.out.seek(offset)
        self.out.write(member.local())
        self.out.seek(end)
        self.members.append(member)
        return member

    def close(self) -> None:
        """Write the directory and what stands at the very end."""
        start, count = self.out.tell(), len(self.members)
        for member in self.members:
            self.out.write(member.central())
        size = self.out.tell() - start
        end64 = (END64, 44, UNIX | VERSION, VERSION, 0, 0, count, count, size, start)
        self.out.write(struct.pack("<IQ2H2I4Q", *end64))
        self.out.write(struct.pack("<2IQI", LOCATOR, 0, start + size, 1))
        end = (END, 0, 0, MANY, MANY, ELSEWHERE, ELSEWHERE, 0)
        self.out.write(struct.pack("<I4H2IH", *end))
