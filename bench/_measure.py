"""What every bench shares: medians taken in turns, the machine's line, and one row per figure."""

import json
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from core.memory import settle

ROWS_FILE = "BENCH_ROWS"
"""Names the file that collects rows, one JSON object a line; unset when a script runs alone."""

RUNS = 7


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure: ours against what was measured beside it in the same run.

    `ratio` is ours divided by the baseline, whatever the unit; `target` says which way is good
    ("≥ 0.6", "≤ 1/5") and `note` gives row counts and conditions.
    """

    job: str
    ours: float
    baseline: float
    unit: str
    target: str
    against: str
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline if self.baseline else float("nan")


def processor_seconds() -> float:
    """Processor time so far of this process and its ended children: for figures "per core"."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def medians(
    contenders: Mapping[str, Callable[[], object]],
    *,
    runs: int = RUNS,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Median seconds of each contender; they take turns, so that noise falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for contender in contenders.values():
        contender()  # the first time fills caches and counts for nobody
    settle()  # as the server does with what it has loaded (deploy/gunicorn.py)
    for _ in range(max(5, runs)):
        for name, contender in contenders.items():
            start = clock()
            contender()
            taken[name].append(clock() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def report(row: Row) -> None:
    """Print a row, and hand it to whoever runs all benches."""
    print(
        f"{row.job}: ours {row.ours:.3g} {row.unit}, {row.against} {row.baseline:.3g} {row.unit},"
        f" ratio {row.ratio:.3g}, target {row.target}" + (f" ({row.note})" if row.note else "")
    )
    if rows := os.environ.get(ROWS_FILE):
        with Path(rows).open("a", encoding="utf-8") as collected:
            collected.write(json.dumps({**asdict(row), "ratio": row.ratio}) + "\n")


def machine() -> str:
    """The machine the figures were taken on, in one line."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    python = ".".join(str(part) for part in sys.version_info[:3])
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, load {load:.1f}, Python {python}"
    )
