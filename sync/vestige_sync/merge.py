"""Three-way merging, field by field: what was read, what was changed here, what is there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

ABSENT = object()
"""A field that a record does not show at all is not one that shows nothing."""


@dataclass(frozen=True)
class Clash:
    """A field that both sides changed, each otherwise."""

    base: Any
    ours: Any
    theirs: Any


@dataclass
class Merged:
    """What is still to be sent, and what a person has to decide."""

    fields: dict[str, Any] = field(default_factory=dict)
    clashes: dict[str, Clash] = field(default_factory=dict)


def merge(
    base: Mapping[str, Any] | None, ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Merged:
    """`ours` names the changed fields alone; without a `base` whatever differs is a clash.

    What stands there already as it was meant is dropped, so that a change whose answer was lost
    on the way is not made twice.
    """
    merged = Merged()
    for name, mine in ours.items():
        now = theirs.get(name, ABSENT)
        before = now if base is None and now is ABSENT else (base or {}).get(name, ABSENT)
        if same(mine, now):
            continue
        if same(before, now):
            merged.fields[name] = mine
        else:
            merged.clashes[name] = Clash(shown(before), mine, shown(now))
    return merged


def settle(merged: Merged, chosen: Mapping[str, str]) -> Merged:
    """The same once a person has chosen `ours` or `theirs` for some fields."""
    left = Merged(dict(merged.fields))
    for name, clash in merged.clashes.items():
        if chosen.get(name) == "ours":
            left.fields[name] = clash.ours
        elif chosen.get(name) != "theirs":
            left.clashes[name] = clash
    return left


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same; a number that is told as text is still that number."""
    if one is other:
        return True
    if ABSENT in (one, other):
        return False
    if is_number(one) != is_number(other) and str in (type(one), type(other)):
        try:
            return Decimal(str(one)) == Decimal(str(other))
        except InvalidOperation:
            return False
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def is_number(value: Any) -> bool:
    """True for 1 and 1.5, not for True."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def shown(value: Any) -> Any:
    """What a person sees of a field that is not there."""
    return None if value is ABSENT else value
