"""Search a population in memory as the services do: same keys, same counts, same limits."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import log10

from rapidfuzz import fuzz, process

from bench._recoveries import Recovered
from comparison.methods.assessment import Assessment
from comparison.methods.discretion import (
    published_holders,
    published_range,
    published_recoveries,
)
from comparison.methods.facts import ComponentFacts
from comparison.methods.parameters import PARAMETERS
from comparison.methods.proposals import worth_proposing
from comparison.methods.rarity import Census
from comparison.methods.retrieval import retrieval_keys, spelling_keys
from comparison.methods.scoring import assess

CANDIDATES, PER_KEY = 120, 60
KEPT, FROM_ONE_RECOVERY = 20, 5
TAKEN = date(2026, 11, 28)
Ranked = list[tuple[int, Assessment]]


class Reference:
    """The components of a population, filed under their keys, and counted."""

    def __init__(self, found: Sequence[Recovered]) -> None:
        self.found = found
        self.filed: dict[str, list[int]] = defaultdict(list)
        self.holders: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.serials: dict[object, set[int]] = defaultdict(set)
        for at, one in enumerate(found):
            for key in keys_of(one.facts):
                self.filed[key].append(at)
            for held in one.facts.values.items():
                self.holders[held].add(one.recovery)
            if numbering := _numbering(one.facts):
                self.serials[numbering].add(one.facts.counter.number)  # type: ignore[union-attr]
        self.recoveries = len({one.recovery for one in found})

    def census(self, at: int) -> Census:
        """What is counted of one component, as coarsely as the product tells it."""
        one = self.found[at]
        n = published_recoveries(self.recoveries - 2)
        held = {held: len(self.holders[held]) for held in one.facts.values.items()}
        return Census(
            category=one.facts.category,
            recoveries=n + 1,
            holders={
                feature: published_holders(max(0, f - 2), n) + 1 for (feature, _), f in held.items()
            },
            serial_range=self.serial_range(one.facts),
            as_of=TAKEN,
        )

    def serial_range(self, facts: ComponentFacts) -> int | None:
        known = self.serials.get(_numbering(facts), set())
        if len(known) < PARAMETERS.minimum_serials:
            return None
        return published_range(max(known) - min(known) + 1)

    def candidates(self, at: int) -> list[int]:
        """Those of other recoveries that promise most, few of any one: each key is read so far."""
        own = self.found[at].recovery
        promise: dict[int, dict[str, float]] = defaultdict(dict)
        for key in keys_of(self.found[at].facts):
            filed, kind = self.filed[key], kind_of(key)
            for other in filed[: -PER_KEY - 1 : -1]:
                told = log10(len(self.found) / len(filed))
                promise[other][kind] = max(told, promise[other].get(kind, 0.0))
        ranked = sorted(promise, key=lambda other: (-sum(promise[other].values()), -other))
        elsewhere = (other for other in ranked if self.found[other].recovery != own)
        return self.spread(elsewhere)[:CANDIDATES]

    def best(self, at: int) -> Ranked:
        """The links that would be put before an examiner, the strongest first."""
        census, one = self.census(at), self.found[at].facts
        assessed = []
        for other in self.candidates(at):
            theirs = self.found[other].facts
            assessment = assess(one, theirs, census.without(theirs))
            if worth_proposing(assessment):
                assessed.append((other, assessment))
        assessed.sort(key=lambda pair: (-pair[1].rank, pair[0]))
        kept = set(self.spread(other for other, _ in assessed)[:KEPT])
        return [pair for pair in assessed if pair[0] in kept]

    def spread(self, ranked: Iterable[int]) -> list[int]:
        """The first of a ranking, few of any one recovery."""
        taken: Counter[int] = Counter()
        chosen = []
        for other in ranked:
            taken[self.found[other].recovery] += 1
            if taken[self.found[other].recovery] <= FROM_ONE_RECOVERY:
                chosen.append(other)
        return chosen

    def assess(self, at: int, other: int) -> Assessment:
        """One pair, with its own counts."""
        one, theirs = self.found[at].facts, self.found[other].facts
        return assess(one, theirs, self.census(at).without(theirs))


def keys_of(facts: ComponentFacts) -> set[str]:
    """Every key a component is filed under: those of the method, and each value it holds."""
    held = {f"held:{feature}:{value}" for feature, value in facts.values.items()}
    spelled = spelling_keys(facts.category, facts.marks.get("part", ""))
    return held | set(retrieval_keys(facts)) | set(blocks_of(facts)) | set(spelled)


def blocks_of(facts: ComponentFacts) -> Iterator[str]:
    """The hundreds that a serial lies in or near: its neighbours in its own numbering."""
    if facts.counter and (numbering := _numbering(facts)):
        for at in range(facts.counter.number // 100 - 1, facts.counter.number // 100 + 2):
            yield f"near:{numbering}:{at}"


def kind_of(key: str) -> str:
    """What a key is about: two of one kind are one reason to look."""
    kind, _, rest = key.partition(":")
    if kind == "spelling":
        return "part"
    return rest.partition(":")[0] if kind == "read" or kind == "held" else kind


def _numbering(facts: ComponentFacts) -> object:
    part, serial = facts.marks.get("part"), facts.counter
    return (part, serial.prefix, serial.width, serial.suffix) if part and serial else None


class Similarity:
    """Baseline: how alike the recorded fields look, written one after another (rapidfuzz)."""

    name = "rapidfuzz over all fields"

    def __init__(self, found: Sequence[Recovered]) -> None:
        self.found = found
        self.texts = [written(one.facts) for one in found]

    def best(self, at: int) -> list[int]:
        ranked = process.extract(self.texts[at], self.texts, scorer=fuzz.ratio, limit=60)
        return [other for _text, _score, other in ranked]

    def score(self, at: int, other: int) -> float:
        return fuzz.ratio(self.texts[at], self.texts[other])


class Counting:
    """Baseline: how many recorded features are equal, each counting one."""

    name = "unweighted feature counting"

    def __init__(self, found: Sequence[Recovered]) -> None:
        self.values = [{**one.facts.values, **one.facts.marks} for one in found]
        self.filed: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, values in enumerate(self.values):
            for held in values.items():
                self.filed[held].append(at)

    def best(self, at: int) -> list[int]:
        shared = Counter(other for held in self.values[at].items() for other in self.filed[held])
        return [other for other, _ in shared.most_common(60)]

    def score(self, at: int, other: int) -> float:
        return len(self.values[at].items() & self.values[other].items())


def written(facts: ComponentFacts) -> str:
    """All recorded fields of a component in one text."""
    made = (f"{feature} {value}" for feature, value in sorted(facts.construction.items()))
    marks = (facts.maker, facts.part_number, facts.serial, facts.lot, facts.date_code)
    return " ".join(filter(None, (*marks, facts.firmware_sha256[:12], facts.concealment, *made)))
