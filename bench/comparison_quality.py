"""How honest and how complete the comparison is, on invented populations whose truth is known.

    python -m bench.comparison_quality [share]    share of the full size, 1 unless said

For each population: recall@10 over recoveries, links by band with how many are false and the upper
95 % bound of that share, Cllr, and over all populations a table of stated against observed ratios.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import comb, log2
from statistics import mean, median

from bench._case import own_database
from bench._measure import Row, report
from bench._recoveries import POPULATIONS, Draw, Population
from bench._search import Counting, Product, Reference, Scene, Similarity, spread
from bench._supply import Truth, truth_of
from bench.comparison_speed import scene
from core.verbal_scale import Support

SEED, FIRST = 2026, 10
QUERIES, BASELINE_QUERIES, PAIRS = 4_000, 150, 1_500
ALLOWED = 0.001
MOST_RECOVERIES = 10_000
"""No population has more; each is filed in the same incidents."""
STRONG = (Support.STRONG, Support.VERY_STRONG, Support.EXTREMELY_STRONG)
BANDS = (
    Support.NONE,
    Support.WEAK,
    Support.MODERATE,
    Support.MODERATELY_STRONG,
    *STRONG,
    Support.WITHHELD,
)


@dataclass
class Result:
    """What one population showed."""

    recall: list[float] = field(default_factory=list)
    theirs: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    links: dict[frozenset[int], tuple[Support, Truth]] = field(default_factory=dict)
    stated: list[tuple[float, bool]] = field(default_factory=list)
    hard: list[tuple[float, bool]] = field(default_factory=list)
    scored: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))


class Trial:
    """One population, searched and scored by us and by the baselines."""

    def __init__(self, population: Population, scene: Scene) -> None:
        self.rng = random.Random(SEED)
        self.found = Draw(population, SEED).all()
        self.product = Product(self.found, scene)
        self.counted = Reference(self.found)
        self.baselines = (Similarity(self.found), Counting(self.found))
        self.runs: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.found):
            self.runs[one.unit.run].append(at)
        self.result = Result()

    def run(self, share: float) -> Result:
        every = list(range(len(self.found)))
        self.rng.shuffle(every)
        asked = [at for at in every if self.relatives(at)][: int(QUERIES * share)]
        for nth, at in enumerate(asked):
            self.search(at)
            if nth < BASELINE_QUERIES * share:
                self.search_plainly(at)
        self.score_pairs(int(PAIRS * share))
        return self.result

    def relatives(self, at: int) -> set[int]:
        """The other recoveries that hold a part of this one's production run."""
        one = self.found[at]
        same = {self.found[other].recovery for other in self.runs[one.unit.run]}
        return same - {one.recovery}

    def recalled(self, at: int, best: Iterable[int]) -> float:
        """Of the recoveries that hold a true relative (ten at most) the share in the first ten."""
        true = self.relatives(at)
        first = list(best)[:FIRST]
        got = {self.found[other].recovery for other in first if self.truth(at, other) is Truth.SAME}
        return len(got & true) / min(FIRST, len(true))

    def truth(self, at: int, other: int) -> Truth:
        return truth_of(self.found[at].unit, self.found[other].unit)

    def search(self, at: int) -> None:
        best = self.product.best(at)
        self.result.recall.append(self.recalled(at, (other for other, _ in best)))
        for other, assessment in best:
            pair = frozenset((at, other))
            self.result.links[pair] = assessment.words, self.truth(at, other)

    def search_plainly(self, at: int) -> None:
        own = self.found[at].recovery
        for baseline in self.baselines:
            elsewhere = (o for o in baseline.best(at) if self.found[o].recovery != own)
            recall = self.recalled(at, spread(self.found, elsewhere))
            self.result.theirs[baseline.name].append(recall)

    def score_pairs(self, how_many: int) -> None:
        """Pairs for Cllr: of one run, and of unrelated supply drawn blindly, as H_d has it.

        Unrelated pairs of one part number are kept apart: they are the hard ones, and no sample.
        """
        runs = [pair for run in self.runs.values() for pair in self.drawn(run, 40)]
        parts: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.found):
            parts[one.unit.design.part].append(at)
        alike = [pair for part in parts.values() for pair in self.drawn(part, 200)]
        blind = self.drawn(range(len(self.found)), how_many * 8)
        for a, b in self.true(runs, Truth.SAME, how_many):
            self.score(a, b, is_same=True)
        for a, b in self.true(blind, Truth.UNRELATED, how_many * 6):
            self.score(a, b, is_same=False)
        for a, b in self.true(alike, Truth.UNRELATED, how_many):
            self.result.hard.append((self.counted.assess(a, b).ratio or 1.0, False))

    def true(
        self, pairs: Sequence[tuple[int, int]], wanted: Truth, most: int
    ) -> list[tuple[int, int]]:
        """Some of the pairs of which this is true, each of two recoveries."""
        fit = [pair for pair in pairs if self.truth(*pair) is wanted and self.apart(*pair)]
        return self.rng.sample(fit, min(most, len(fit)))

    def drawn(self, members: Sequence[int], most: int) -> list[tuple[int, int]]:
        if len(members) < 2:
            return []
        pairs = {tuple(sorted(self.rng.sample(list(members), 2))) for _ in range(most)}
        return [(a, b) for a, b in sorted(pairs)]

    def apart(self, a: int, b: int) -> bool:
        return self.found[a].recovery != self.found[b].recovery

    def score(self, a: int, b: int, *, is_same: bool) -> None:
        """A pair without a figure counts as 1: it says nothing."""
        self.result.stated.append((self.counted.assess(a, b).ratio or 1.0, is_same))
        for baseline in self.baselines:
            self.result.scored[baseline.name].append((baseline.score(a, b), is_same))


def cllr(stated: Sequence[tuple[float, bool]]) -> float:
    """The cost of the stated ratios in bits: 0 is perfect, 1 says nothing, above 1 misleads."""
    same = [log2(1 + 1 / ratio) for ratio, is_same in stated if is_same]
    other = [log2(1 + ratio) for ratio, is_same in stated if not is_same]
    return (mean(same) + mean(other)) / 2 if same and other else float("nan")


def calibrated(scored: Sequence[tuple[float, bool]]) -> list[tuple[float, bool]]:
    """A baseline's scores as the best ratios that rise with them, learnt on the very pairs judged.

    Pool adjacent violators, each pool smoothed by one half: kinder to a baseline than life is.
    """
    pools: list[list[float]] = []
    for score in sorted({score for score, _ in scored}):
        here = [is_same for at, is_same in scored if at == score]
        pools.append([float(sum(here)), float(len(here)), score])
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] >= pools[-1][0] * pools[-2][1]:
            same, all_, score = pools.pop()
            pools[-1] = [pools[-1][0] + same, pools[-1][1] + all_, score]
    tops = [(top, (same + 0.5) / (every - same + 0.5)) for same, every, top in pools]
    return [(next(r for top, r in tops if score <= top), is_same) for score, is_same in scored]


def upper_bound(false: int, of: int, confidence: float = 0.95) -> float:
    """The share that `false` of `of` is below with this confidence (Clopper and Pearson)."""
    if not of:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(50):
        share = (low + high) / 2
        chance = sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(false + 1))
        low, high = (share, high) if chance > 1 - confidence else (low, share)
    return high


def tell(population: Population, result: Result) -> None:
    """Print what one population showed, and hand its figures on."""
    name = population.name
    bands = Counter(result.links.values())
    for band in BANDS:
        same, near, false = (bands[band, truth] for truth in Truth)
        if same + near + false:
            bound = upper_bound(false, same + near + false) if false < 50 else float("nan")
            print(
                f"  {band:20} {same:6} of one run, {near:5} of one workshop, {false:6} unrelated"
                f"  {false / (same + near + false):.4f} false, below {bound:.4f} (95 %)"
            )
    strong = [truth for band, truth in result.links.values() if band in STRONG]
    false = sum(truth is Truth.UNRELATED for truth in strong)
    bound = upper_bound(false, len(strong))
    note = f"{false} of {len(strong)} strong links, below {bound:.2g} with 95 % confidence"
    report_share(f"comparison, {name}: strong and false", false / max(1, len(strong)), note)
    one_run = [pair for pair in result.stated if pair[1]]
    print(f"  Cllr against unrelated supply of one part number: {cllr(one_run + result.hard):.3f}")
    told = {n: cllr(calibrated(scored)) for n, scored in result.scored.items()}
    for baseline, recalls in result.theirs.items():
        report_against(name, "recall@10", mean(result.recall), mean(recalls), baseline)
        report_against(name, "Cllr", cllr(result.stated), told[baseline], f"{baseline}, calibrated")


def report_share(job: str, share: float, note: str) -> None:
    row = Row(
        job=job,
        ours=share,
        baseline=ALLOWED,
        unit="false",
        target="≤ 1 (1 in 1,000)",
        against="allowed",
        note=note,
    )
    report(row)


def report_against(name: str, what: str, ours: float, theirs: float, against: str) -> None:
    wanted = {"recall@10": "≥ 0.98" if "transcription" in name else "> 1", "Cllr": "< 1"}
    row = Row(
        job=f"comparison, {name}: {what} against {against}",
        ours=ours,
        baseline=theirs,
        unit="",
        target=wanted[what],
        against=against,
    )
    report(row)


def reliability(stated: Sequence[tuple[float, bool]]) -> None:
    """Print stated against observed ratios: observed ones below the stated are over-claims."""
    bounds = (0, 0.01, 0.1, 0.5, 2, 10, 100, 999.999, float("inf"))
    same, other = (sum(s is is_same for _, s in stated) for is_same in (True, False))
    print("  stated ratio     median   one run   unrelated   observed ratio")
    for low, high in pairwise(bounds):
        here = [(ratio, is_same) for ratio, is_same in stated if low < ratio <= high]
        if here:
            yes = sum(is_same for _, is_same in here)
            observed = ((yes + 0.5) / (same + 1)) / ((len(here) - yes + 0.5) / (other + 1))
            middle = median(ratio for ratio, _ in here)
            print(
                f"  {low:>6g}-{high:<8g} {middle:>8.3g} {yes:>9} {len(here) - yes:>11}"
                f" {observed:>16.3g}"
            )


def main(share: float) -> None:
    stated: list[tuple[float, bool]] = []
    with own_database():
        place = scene(MOST_RECOVERIES)
        for population in POPULATIONS:
            stated += tried(population, share, place)
    print("\nreliability, all populations")
    reliability(stated)


def tried(population: Population, share: float, place: Scene) -> list[tuple[float, bool]]:
    """One population, told; returns its pairs with what was stated of them."""
    sized = replace(
        population,
        consignments=int(population.consignments * 3 * share),
        lone=int(population.lone * 1.5 * share),
    )
    trial = Trial(sized, place)
    print(f"\n{population.name}: {len(trial.found):,} parts, {trial.counted.recoveries:,} events")
    result = trial.run(share)
    tell(population, result)
    return result.stated


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
