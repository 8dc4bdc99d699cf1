"""Makes the identifiers of records: in the order of their making, impossible to guess."""

import secrets
import threading
import time
import uuid
from datetime import datetime

_turn = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """A version 7 UUID (RFC 9562 §6.2, method 3): later than all that this process made before.

    48 bits of milliseconds, 12 bits of a millisecond's fraction (about 244 ns), 62 random bits.
    """
    tick = _tick()
    value = (tick >> 12 & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (tick & 0xFFF) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def _tick() -> int:
    """The time in 4096ths of a millisecond, or one more than last time where that is more.

    Two made in the same instant, or after the clock was put back, still keep their order.
    """
    global _last
    with _turn:
        _last = max((time.time_ns() << 12) // 1_000_000, _last + 1)
        return _last


def first_uuid7_of(at: datetime) -> uuid.UUID:
    """The least identifier of a moment: what was made later has a greater one."""
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80)
