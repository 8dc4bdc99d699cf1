"""How much an agreement tells: the rarer the value among independent recoveries, the more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from comparison.methods.facts import ComponentFacts


def agreement_ratio(holders: int, recoveries: int, error: float) -> float:
    """Likelihood ratio of an agreement: `((1-e) + e*p) / p` with `p = (f+1) / (n+2)`.

    `holders` f and `recoveries` n count independent recoveries, the two compared left out;
    `error` e is the chance that a reading is wrong. n=1,000: f=0 gives 982, f=5 164, f=400 2.5.
    """
    if not 0 <= holders <= recoveries:
        raise ValueError(f"{holders} of {recoveries} recoveries cannot hold a value")
    chance = (holders + 1) / (recoveries + 2)
    return ((1 - error) + error * chance) / chance


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the reference set says about one pair, frozen with its comparison.

    `recoveries` is n of the component's category, `holders` f by feature for the value agreed on,
    `known` n by feature where fewer recoveries recorded it; all without the two compared.
    `serial_range` is how many serials of the part are known to lie between lowest and highest.
    """

    recoveries: int = 0
    holders: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)
    serial_range: int | None = None
    as_of: date | None = None

    def count(self, feature: str) -> tuple[int, int] | None:
        """(f, n) for a feature; None where the reference set never counted it."""
        holders = self.holders.get(feature)
        if holders is None:
            return None
        return holders, max(holders, self.known.get(feature, self.recoveries))

    def to_json(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {
            "recoveries": self.recoveries,
            "holders": dict(sorted(self.holders.items())),
            "known": dict(sorted(self.known.items())),
            "serial_range": self.serial_range,
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Statistics":
        """The statistics that `to_json` wrote."""
        as_of = values["as_of"]
        return cls(**{**values, "as_of": date.fromisoformat(as_of) if as_of else None})


@dataclass(frozen=True)
class Census:
    """Counts for one component against its whole category, from which each pair's are derived.

    `holders` counts the recoveries, the component's own left out, that hold each of its values;
    all of them, and `recoveries`, are counted within the component's category.
    """

    category: str
    recoveries: int
    holders: Mapping[str, int]
    known: Mapping[str, int] = field(default_factory=dict)
    serial_range: int | None = None
    as_of: date | None = None

    def without(self, other: ComponentFacts) -> Statistics:
        """The statistics for the pair with `other`: its recovery no longer counts either.

        What it agrees on it holds, so one holder less; what it doesn't is never looked up.
        """
        return self.beside_its_kind if other.category == self.category else self.beside_others

    @cached_property
    def beside_its_kind(self) -> Statistics:
        """The statistics for a pair with any component of the same category."""
        return Statistics(
            recoveries=max(0, self.recoveries - 1),
            holders={feature: max(0, f - 1) for feature, f in self.holders.items()},
            known={feature: max(0, n - 1) for feature, n in self.known.items()},
            serial_range=self.serial_range,
            as_of=self.as_of,
        )

    @cached_property
    def beside_others(self) -> Statistics:
        """The statistics for a pair with a component that these counts are not about."""
        return Statistics(self.recoveries, self.holders, self.known, self.serial_range, self.as_of)


def count_recoveries(
    sightings: Iterable[tuple[str, str]], value: str, without: Iterable[str] = ()
) -> tuple[int, int]:
    """(f, n) from (recovery, value) sightings: each recovery counts once, however many items."""
    left_out = frozenset(without)
    seen = {(recovery, held) for recovery, held in sightings if recovery not in left_out}
    holders = sum(1 for _, held in seen if held == value)
    return holders, len({recovery for recovery, _ in seen})
