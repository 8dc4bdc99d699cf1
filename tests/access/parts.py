"""The routes of the program by the room that answers them: each file of the walk takes some."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access_table import FOR_PROGRAMS


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address there is but those of the administration, with the door that answers it."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}", entry.callback
        elif entry.namespace != "admin":
            yield from routes(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


@cache
def rooms() -> dict[str, str]:
    """For each address the room in which its door stands."""
    return {name: room_of(door) for name, door in routes()}


def room_of(door: Callable[..., Any]) -> str:
    """The first word of the module of a view, or of the class behind it."""
    return str(getattr(door, "cls", door).__module__.partition(".")[0])


def pages_of(*some: str) -> list[str]:
    """The addresses of these rooms that people open in a browser."""
    return [name for name in within(*some) if not name.startswith(FOR_PROGRAMS)]


def programs_of(*some: str) -> list[str]:
    """The addresses of these rooms that programs ask."""
    return [name for name in within(*some) if name.startswith(FOR_PROGRAMS)]


def within(*some: str) -> list[str]:
    """All addresses of these rooms, in one order for all workers."""
    return sorted(name for name, room in rooms().items() if room in some)
