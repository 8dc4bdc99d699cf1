"""Identifiers: a record made later sorts later, whatever the clock does."""

import time
import uuid

from core import identity
from core.identity import uuid7


def test_it_is_a_version_7_uuid_of_this_moment():
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert 0 <= (made.int >> 80) - before < 60_000


def test_thousands_made_at_once_keep_the_order_of_their_making():
    made = [uuid7() for _ in range(5_000)]
    assert made == sorted(made)


def test_a_clock_put_back_does_not_put_back_the_order(monkeypatch):
    earlier = uuid7()
    hour_ago = time.time_ns() - 3_600 * 10**9
    monkeypatch.setattr(identity.time, "time_ns", lambda: hour_ago)
    assert uuid7() > earlier
