"""Counters that end by themselves, in Redis: a request passes several, so each is one question."""

from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis


@cache
def counters() -> Redis:
    """The server that holds them; its connections are shared, and made anew after a fork."""
    place: Any = settings.CACHES["default"]
    return Redis.from_url(place["LOCATION"], **place["OPTIONS"])


def add(name: str, much: int, *, seconds: int) -> int:
    """Add to a counter and return where it stands; a new one ends after so many seconds.

    RedisError or OSError where the server cannot be reached.
    """
    if not much:
        return int(counters().get(name) or 0)
    count = int(counters().incrby(name, much))
    if count == much:
        counters().expire(name, seconds)
    return count
