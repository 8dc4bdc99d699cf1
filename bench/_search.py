"""Search a population by the product itself, and by two baselines in memory."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from bench._readings import fill
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
from comparison.methods.scoring import assess

FROM_ONE_RECOVERY = 5
"""The baselines are held to what the product shows of one recovery."""
TAKEN = date(2026, 11, 28)
Ranked = list[tuple[int, Assessment]]
Scene = tuple[str, list[str], list[str]]


class Reference:
    """The components of a population, counted."""

    def __init__(self, found: Sequence[Recovered]) -> None:
        self.found = found
        self.holders: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.serials: dict[object, set[int]] = defaultdict(set)
        for one in found:
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

    def assess(self, at: int, other: int) -> Assessment:
        """One pair, with its own counts."""
        one, theirs = self.found[at].facts, self.found[other].facts
        return assess(one, theirs, self.census(at).without(theirs))


class Product:
    """A population filed in the product's own tables, and searched by its own search."""

    def __init__(self, found: Sequence[Recovered], scene: Scene) -> None:
        from comparison.models import Reading

        case, incidents, theatres = scene
        fill(case, incidents, theatres[:1], ((one.recovery, one.facts) for one in found))
        number = {incident: at for at, incident in enumerate(incidents)}
        filed: dict[tuple[int, str], list[Any]] = defaultdict(list)
        for reading in Reading.objects.all():
            filed[number[str(reading.incident_id)], reading.fingerprint].append(reading)
        self.readings = [filed[one.recovery, one.facts.fingerprint].pop() for one in found]
        self.places = {reading.pk: at for at, reading in enumerate(self.readings)}

    def best(self, at: int) -> Ranked:
        """The links that would be put before an examiner, the strongest first."""
        from comparison.services.proposing import KEPT, assess_pairs, spread

        pairs = assess_pairs(self.readings[at], (), PARAMETERS)
        worth = spread([pair for pair in pairs if worth_proposing(pair[1])])[:KEPT]
        return [(self.places[other.pk], assessment) for other, assessment in worth]


def _numbering(facts: ComponentFacts) -> object:
    part, serial = facts.marks.get("part"), facts.counter
    return (part, serial.prefix, serial.width, serial.suffix) if part and serial else None


def spread(found: Sequence[Recovered], ranked: Iterable[int]) -> list[int]:
    """The first of a ranking, few of any one recovery."""
    taken: Counter[int] = Counter()
    chosen = []
    for other in ranked:
        taken[found[other].recovery] += 1
        if taken[found[other].recovery] <= FROM_ONE_RECOVERY:
            chosen.append(other)
    return chosen


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
