"""Where claims come from: what shares an origin counts once, however often it is repeated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

Origin = str


@dataclass(frozen=True)
class Told:
    """A claim as it was told: by which `voice`, in which common `group`, and taken over from."""

    key: UUID
    voice: str
    group: str = ""
    rests_on: frozenset[UUID] = field(default_factory=frozenset)


def origins_of(claims: Iterable[Told]) -> dict[UUID, frozenset[Origin]]:
    """The origins of each claim.

    Claims of one voice or one group have one origin. A claim taken over from others has theirs and
    adds none; where none of those is among `claims`, it stands for itself.
    """
    told = {claim.key: claim for claim in claims}
    first_hand = [claim for claim in told.values() if not claim.rests_on & told.keys()]
    root = joined(first_hand)
    known: dict[UUID, frozenset[Origin]] = {}
    for claim in first_hand:
        known[claim.key] = frozenset({root[voice_of(claim)]})
    for key in told:
        trace(key, told, known)
    return known


def trace(key: UUID, told: Mapping[UUID, Told], known: dict[UUID, frozenset[Origin]]) -> None:
    """Fill in the origins of one claim by those of what it was taken over from."""
    waiting = [key]
    while waiting:
        above = told[waiting[-1]].rests_on & told.keys()
        missing = [one for one in above if one not in known]
        if waiting[-1] in known or not missing:
            one = waiting.pop()
            known.setdefault(one, frozenset().union(*(known[each] for each in above)))
        elif set(missing) & set(waiting):
            raise ValueError("The claims rest on each other in a circle.")
        else:
            waiting += missing


def joined(claims: Iterable[Told]) -> dict[str, Origin]:
    """For each voice the origin it belongs to: voices that meet in a group are one."""
    root: dict[str, str] = {}

    def top(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for claim in claims:
        names = [voice_of(claim), *([f"group {folded(claim.group)}"] if claim.group else [])]
        first, *others = sorted(top(name) for name in names)
        for other in others:
            root[other] = first
    return {name: top(name) for name in root}


def voice_of(claim: Told) -> str:
    """The token of whoever says so; without one, the claim stands for itself."""
    return f"voice {folded(claim.voice)}" if claim.voice else f"claim {claim.key}"


def folded(words: str) -> str:
    """The same words however they are typed."""
    return " ".join(words.casefold().split())


def count_origins(claims: Iterable[UUID], origins: Mapping[UUID, frozenset[Origin]]) -> int:
    """How many independent origins these claims have together."""
    found: frozenset[Origin] = frozenset()
    return len(found.union(*(origins[key] for key in claims)))


def closes_a_circle(key: UUID, above: Iterable[UUID], rests_on: Mapping[UUID, set[UUID]]) -> bool:
    """Whether `key` would rest on itself if it rested on `above`."""
    seen: set[UUID] = set()
    waiting = list(above)
    while waiting:
        one = waiting.pop()
        if one == key:
            return True
        if one not in seen:
            seen.add(one)
            waiting += rests_on.get(one, ())
    return False
