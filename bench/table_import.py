"""A table of incidents: memory while a million lines are read, and how fast they are written."""

import io
import os
import tracemalloc
from typing import Any
from zoneinfo import ZoneInfo

from bench._case import enter_case, own_database
from bench._measure import Row, medians, report

LINES = int(os.environ.get("BENCH_LINES", "1000000"))
FEW = 10_000
WRITTEN = 2_000
HEAD = "id,day,title,place,mode,dead\n"
LIST_MAP = {"starts": "day", "title": "title", "place": "place", "killed_min": "dead"}


class Lines(io.RawIOBase):
    """Lines that are made when they are read, so that only what we hold is counted."""

    def __init__(self, count: int) -> None:
        self.count, self.made, self.rest = count, 0, HEAD.encode()

    def readable(self) -> bool:
        return True

    def readinto(self, place: Any) -> int:
        while len(self.rest) < len(place) and self.made < self.count:
            self.made += 1
            self.rest += line(self.made).encode()
        size = min(len(place), len(self.rest))
        place[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def line(number: int) -> str:
    return f"R-{number},2026-03-{number % 28 + 1:02},Raid {number},Basra,air strike,{number % 5}\n"


def peak(count: int) -> float:
    """The most that was held while so many lines were read and understood (MB)."""
    from exchange.formats.tables.delimited import read_delimited, text_of
    from exchange.formats.tables.plan import TableMap

    plan = TableMap({"their_id": ("id",), "occurred_from": ("day",), "title": ("title",)})
    tracemalloc.start()
    head, lines = read_delimited(text_of(io.BufferedReader(Lines(count)), "utf-8"), ",")
    read = sum(1 for each in lines if plan.said_in(dict(zip(head, each.cells, strict=True))))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == count
    return most / 1e6


def main() -> None:
    few, many = peak(FEW), peak(LINES)
    rows = [
        Row(
            job="Table import: memory while reading",
            ours=many,
            baseline=few,
            unit="MB",
            target="≤ 1.2",
            against=f"{FEW:,} lines",
            note=f"{LINES:,} lines of CSV, peak as Python counts it",
        )
    ]
    with own_database():
        case, lead = enter_case(exhibits=1, incidents=1, photographs=0)
        rows.append(writing(case, lead))
    for row in rows:
        report(row)


def writing(case: Any, lead: Any) -> Row:
    """New incidents by a table, beside the same list by the command line's bulk entry."""
    from exchange import services
    from exchange.formats.incident_map import IncidentMap
    from exchange.formats.tables.plan import TableMap
    from exchange.models import TableImport

    columns = {"their_id": "id", "occurred_from": "day", "title": "title", "place_name": "place"}
    columns |= {"attack_mode": "mode", "killed_min": "dead"}
    turns = {"table": 0, "list": 0}

    def text(who: str) -> str:
        turns[who] += 1
        first = (turns[who] * 2 + (who == "list")) * 1_000_000
        return HEAD + "".join(line(first + at) for at in range(WRITTEN))

    def table() -> None:
        given = services.receive_table(
            case, by=lead, kind="incident", name="t.csv", chunks=[text("table").encode()]
        )
        plan = TableMap({name: (one,) for name, one in columns.items()}, scheme="Bench")
        services.map_table(given, by=lead, plan=plan)
        services.work_on_table(TableImport.objects.get(pk=given.pk))
        services.write_table(given, by=lead)
        done = services.work_on_table(TableImport.objects.get(pk=given.pk))
        assert done.created == WRITTEN, (done.created, done.refused)

    def listed() -> None:
        plan = IncidentMap(name="bench", columns=LIST_MAP, zone=ZoneInfo("UTC"))
        tally = services.import_incidents(
            io.StringIO(text("list")),
            plan,
            case,
            by=lead,
            on_progress=lambda _tally: None,
            on_refused=lambda _row: None,
        )
        assert tally.created == WRITTEN

    taken = medians({"table": table, "list": listed}, runs=5)
    return Row(
        job="Table import: dry run and writing of new incidents",
        ours=WRITTEN / taken["table"],
        baseline=WRITTEN / taken["list"],
        unit="rows/s",
        target="≥ 0.25",
        against="import_incidents, which makes no dry run",
        note=f"{WRITTEN:,} rows in batches of 200, each with its line in the ledger",
    )


if __name__ == "__main__":
    main()
