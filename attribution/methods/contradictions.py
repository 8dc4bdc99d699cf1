"""Which claims contradict each other: what affirms one thing of a fact, and what another."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations
from uuid import UUID

AFFIRMS = frozenset({"asserts", "accuses", "claims-responsibility"})
OPEN_ENDED = frozenset({"other", "conduct"})
"""Facts of which several things can be true at once."""


@dataclass(frozen=True)
class Said:
    """What a claim says of one fact of one thing; `value` is empty where it gives none."""

    key: UUID
    subject: str
    fact: str
    value: str
    stance: str
    answers: UUID | None = None


def contradictions(claims: Iterable[Said]) -> set[frozenset[UUID]]:
    """The pairs that cannot both be true; what was retracted contradicts nothing any more."""
    said = list(claims)
    withdrawn = {one.answers for one in said if one.stance == "retracts"}
    held = [one for one in said if one.stance != "retracts" and one.key not in withdrawn]
    known = {one.key: one for one in held}
    alike: dict[tuple[str, str], list[Said]] = {}
    for one in held:
        alike.setdefault((one.subject, one.fact), []).append(one)
    of_one_fact = chain.from_iterable(combinations(some, 2) for some in alike.values())
    directed = ((one, known[one.answers]) for one in held if one.answers in known)
    pairs = chain(of_one_fact, directed)
    return {frozenset({a.key, b.key}) for a, b in pairs if contradict(a, b)}


def contradict(one: Said, other: Said) -> bool:
    """Whether these two cannot both be true."""
    affirm = [each.stance in AFFIRMS for each in (one, other)]
    if one.key == other.answers or other.key == one.answers:
        return True
    if (one.subject, one.fact) != (other.subject, other.fact) or not any(affirm):
        return False
    differ = one.value != other.value
    if all(affirm):
        return differ and bool(one.value and other.value) and one.fact not in OPEN_ENDED
    denied = other if affirm[0] else one
    if denied.answers:
        return False
    return not differ or (one.fact not in OPEN_ENDED and not denied.value)
