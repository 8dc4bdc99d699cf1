"""Finding and weighing the relatives of a new component among a million others.

COMPARISON_ROWS=100000 makes it smaller; growth is measured from a tenth of that.
"""

import os
import random
import time
from dataclasses import dataclass
from statistics import median, quantiles

from bench._case import own_database, people
from bench._measure import Row, report
from bench._population import PER_INCIDENT, as_text, components, relative_of
from bench._readings import fill
from comparison.methods.facts import ComponentFacts
from core.memory import settle

ROWS = int(os.environ.get("COMPARISON_ROWS", "1000000"))
NEW, AGAINST = 300, 15
SEED = 20261128
Pair = tuple[ComponentFacts, ComponentFacts]


@dataclass(frozen=True)
class Taken:
    """Seconds for each new component, and how often the right one was among the first ten."""

    seconds: list[float]
    recall: float

    @property
    def p50(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]

    def __str__(self) -> str:
        figures = f"p50 {self.p50 * 1000:.1f} ms, p95 {self.p95 * 1000:.1f} ms"
        return f"{figures}, recall@10 {self.recall:.3f}"


def main() -> None:
    with own_database():
        case, incidents, theatres = scene(ROWS // PER_INCIDENT + 2)
        taken = {}
        for rows in (ROWS // 10, ROWS):
            began = time.perf_counter()
            fill(case, incidents, theatres, components(rows, SEED))
            print(f"{rows:,} readings filed in {time.perf_counter() - began:,.0f} s", flush=True)
            pairs = chosen(rows)
            ours(chosen(rows, SEED + 1))  # others first: what they read counts for nobody
            settle()  # as a worker does with what it has loaded
            taken[rows] = ours(pairs)
            print(f"  {taken[rows]}", flush=True)
        finding(taken, strings(pairs[:AGAINST]))


def scene(recoveries: int) -> tuple[str, list[str], list[str]]:
    """A case with so many incidents, in five theatres."""
    from catalogue.models import Theatre
    from investigations import services as investigations
    from investigations.models import Incident

    lead, _other = people()
    case = investigations.open_case(
        lead, title="Bench", public_title="Incident at the residence", mandate="Article 3"
    )
    theatres = [Theatre.objects.get_or_create(name=name)[0] for name in "ABCDE"]
    made = Incident.objects.bulk_create(
        Incident(case=case, ref=f"B-{n:06d}", title="Attack", theatre=theatres[n % 5])
        for n in range(recoveries)
    )
    return str(case.pk), [str(one.pk) for one in made], [str(one.pk) for one in theatres]


def chosen(rows: int, seed: int = SEED) -> list[Pair]:
    """New components, each with the one of its batch that is filed already."""
    chance = random.Random(seed)
    wanted = set(chance.sample(range(rows), 4 * NEW))
    there = (facts for at, (_n, facts) in enumerate(components(rows, SEED)) if at in wanted)
    whole = [facts for facts in there if facts.serial and facts.part_number][:NEW]
    return [(relative_of(facts, chance), facts) for facts in whole]


def ours(pairs: list[Pair]) -> Taken:
    """Counts, candidates and scores of each new component."""
    from comparison.methods.parameters import PARAMETERS
    from comparison.models import Reading
    from comparison.services.proposing import assess_pairs
    from comparison.services.reading import columns_of_facts

    taken, found = [], 0
    for new, there in pairs:
        reading = Reading(**columns_of_facts(new))
        began = time.perf_counter()
        ranked = assess_pairs(reading, (), PARAMETERS)
        taken.append(time.perf_counter() - began)
        found += there.fingerprint in [one.fingerprint for one, _assessment in ranked[:10]]
    return Taken(taken, found / len(pairs))


def strings(pairs: list[Pair]) -> Taken:
    """rapidfuzz over all that is recorded of every component, held in memory."""
    from rapidfuzz import fuzz, process

    told = [as_text(facts) for _n, facts in components(ROWS, SEED)]
    taken, found = [], 0
    for new, there in pairs:
        began = time.perf_counter()
        ranked = process.extract(as_text(new), told, scorer=fuzz.ratio, limit=10)
        taken.append(time.perf_counter() - began)
        found += as_text(there) in [text for text, _score, _at in ranked]
    return Taken(taken, found / len(pairs))


def finding(taken: dict[int, Taken], strings: Taken) -> None:
    """The rows of finding: against strings, and as the population grows."""
    few, many = taken[ROWS // 10], taken[ROWS]
    counts = f"{ROWS:,} components, {ROWS // PER_INCIDENT:,} incidents"
    recalls = f"recall@10 {many.recall:.2f}, of strings {strings.recall:.2f}"
    job = "links of a new component, candidates and scores"
    report(
        Row(
            job=job,
            ours=many.p95 * 1000,
            baseline=strings.p50 * 1000,
            unit="ms",
            target="p95 ≤ 25 ms and ≤ 1/4",
            against="rapidfuzz over all, in memory, p50",
            note=f"{counts}; p50 {many.p50 * 1000:.1f} ms; {recalls}",
        )
    )
    report(
        Row(
            job=f"{job}, growth",
            ours=many.p95 * 1000,
            baseline=few.p95 * 1000,
            unit="ms",
            target="≤ 1.5",
            against=f"at {ROWS // 10:,} components",
            note=f"p95 at {ROWS:,}; p50 {many.p50 / few.p50:.2f} times",
        )
    )


if __name__ == "__main__":
    main()
