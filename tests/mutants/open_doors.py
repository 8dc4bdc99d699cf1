"""Views without the policy that they declare: the one layer of decorators that asks is bypassed."""

from collections.abc import Callable, Iterator
from types import CellType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.policy import PEER, PUBLIC, policy_of
from tests.access_table import TABLE

ASKING = ("contrib/auth/decorators.py", "accounts/policy.py")
"""Where the code of the layer lies that `open_to` puts round a view."""

Way = Callable[[], None]


def open_doors() -> Iterator[tuple[str, Way, Way, list[str]]]:
    """What is gone, how to take it away and put it back, and the address; REST asks elsewhere."""
    for name, pattern in patterns(get_resolver()):
        view = pattern.callback
        if name not in TABLE or hasattr(view, "cls") or policy_of(view) in (None, PUBLIC, PEER):
            continue
        layers = list(layers_of(view))
        asking = next(at for at, layer in enumerate(layers) if asks(layer))
        bare = layers[asking].__wrapped__
        if asking == 0:
            yield f"{name}: @open_to", putter(pattern, bare), putter(pattern, view), [name]
        else:
            cell = cell_of(layers[asking - 1], layers[asking])
            yield f"{name}: @open_to", filler(cell, bare), filler(cell, layers[asking]), [name]


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of ours with its pattern."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}", entry
        elif entry.namespace != "admin":
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from patterns(entry, inner)


def layers_of(view: Any) -> Iterator[Any]:
    """A view and what its decorators wrap, from the outside in."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def asks(layer: Any) -> bool:
    """True for the layer that sends strangers away."""
    return layer.__code__.co_filename.endswith(ASKING) and hasattr(layer, "__wrapped__")


def cell_of(outer: Any, inner: Any) -> CellType:
    """Where a decorator keeps what it wraps."""
    return next(cell for cell in outer.__closure__ if cell.cell_contents is inner)


def putter(pattern: URLPattern, view: Any) -> Way:
    return lambda: setattr(pattern, "callback", view)


def filler(cell: CellType, view: Any) -> Way:
    return lambda: setattr(cell, "cell_contents", view)
