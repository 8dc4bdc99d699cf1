"""Rank the weapon models of the catalogue by what was observed of one weapon."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from math import log2
from typing import NamedTuple

ERROR = 0.1
"""Chance that catalogue or observer is wrong about a feature: ours, not from literature."""

CANDIDATES = 8
"""Among how many of the first models the next measurement is chosen."""

Interval = tuple[float, float]
Value = Interval | frozenset[str]
"""A measure from its least to its greatest, or words of which any may be true."""

Facts = Mapping[str, Value]
"""What is known by feature; a feature that is not known is left out."""


class Stand(StrEnum):
    """How a model stands to one observation."""

    AGREES = "agree"
    DIFFERS = "differ"
    UNKNOWN = "not-recorded"


class Model(NamedTuple):
    """One weapon model as far as the catalogue knows it."""

    key: Hashable
    name: str
    facts: Facts


class Ranked(NamedTuple):
    """A model, how it stands to each observation, and the order it is put in (never shown)."""

    model: Model
    stands: Mapping[str, Stand]
    order: float

    def count(self, stand: Stand) -> int:
        """How many observations stand so."""
        return sum(1 for one in self.stands.values() if one is stand)


class Separating(NamedTuple):
    """A feature not observed yet, and how many pairs of the first candidates it tells apart."""

    feature: str
    told_apart: int
    pairs: int
    values: tuple[tuple[Hashable, Value], ...]


def with_tolerance(measure: float, tolerance: float) -> Interval:
    """A measure as taken, give or take `tolerance`, a share of it."""
    return measure * (1 - tolerance), measure * (1 + tolerance)


def fits(one: Value, other: Value) -> bool:
    """Whether two values can both be true: ranges that overlap, words they share."""
    if isinstance(one, frozenset) or isinstance(other, frozenset):
        return not frozenset(one).isdisjoint(frozenset(other))
    return one[0] <= other[1] and other[0] <= one[1]


def rank_models(
    observed: Facts, models: Sequence[Model], *, open_ended: frozenset[str] = frozenset()
) -> list[Ranked]:
    """The models in which something agrees, the likeliest first; unknown counts for nothing.

    Each feature known on both sides adds `log2((1-e)/p)` if it agrees and `log2(e/(1-p))` if it
    differs: e is `ERROR`, p the share of models, of those that state it, that would agree. A piston
    engine tells little where every third model has one; a wingspan that few share tells much.
    The lists of `open_ended` features are never complete: to lack an entry is no difference.
    """
    shares = {name: _share(name, value, models) for name, value in observed.items()}
    ranked = []
    for model in models:
        stands = {
            name: _stand(value, model.facts.get(name), name in open_ended)
            for name, value in observed.items()
        }
        if Stand.AGREES in stands.values():
            order = sum(_weight(stand, shares[name]) for name, stand in stands.items())
            ranked.append(Ranked(model, stands, order))
    return sorted(ranked, key=lambda one: (-one.order, one.model.name, str(one.model.key)))


def _stand(seen: Value, known: Value | None, is_open_ended: bool) -> Stand:
    if not known:
        return Stand.UNKNOWN
    if fits(seen, known):
        return Stand.AGREES
    return Stand.UNKNOWN if is_open_ended else Stand.DIFFERS


def _share(feature: str, seen: Value, models: Sequence[Model]) -> float:
    """The share of models that would agree, of those that state the feature at all."""
    known = [model.facts[feature] for model in models if model.facts.get(feature)]
    agreeing = sum(1 for value in known if fits(seen, value))
    return (agreeing + 1) / (len(known) + 2)


def _weight(stand: Stand, share: float) -> float:
    if stand is Stand.UNKNOWN:
        return 0.0
    if stand is Stand.AGREES:
        return max(0.0, log2((1 - ERROR) / share))
    return min(0.0, log2(ERROR / (1 - share)))


def what_to_measure_next(
    observed: Facts,
    ranked: Sequence[Ranked],
    features: Iterable[str],
    *,
    widened: Callable[[Value], Value] = lambda value: value,
) -> list[Separating]:
    """The features not observed yet that tell the first candidates apart, the best first.

    A feature tells two models apart when both state it and no value could be true of both;
    `widened` gives a stated value the tolerance of a measurement.
    """
    first = [one.model for one in ranked[:CANDIDATES]]
    found = []
    for feature in features:
        if feature in observed:
            continue
        known = [(m.key, m.facts[feature]) for m in first if m.facts.get(feature)]
        apart = sum(
            not fits(widened(one), widened(other))
            for (_a, one), (_b, other) in combinations(known, 2)
        )
        if apart:
            pairs = len(first) * (len(first) - 1) // 2
            found.append(Separating(feature, apart, pairs, tuple(known)))
    return sorted(found, key=lambda one: (-one.told_apart, one.feature))
