"""The feed of changes: a snapshot, the same records in answers of the feed, and an empty poll."""

import json
import os
from typing import Any

import orjson

from bench._case import analyse, enter_case, own_database
from bench._measure import Row, medians, report
from bench.items import clients, fill

RECORDS = int(os.environ.get("BENCH_RECORDS", "100000"))
CHANGED, MOST = 20_000, 5_000
A_ROUND = 20
FEED, SNAPSHOT, LIST = "/api/v1/changes/", "/api/v1/snapshot/", "/api/v1/items/"
AGGREGATED = """SELECT json_agg(told) FROM (
    SELECT * FROM evidence_item WHERE case_id = %s ORDER BY id LIMIT %s) AS told"""


def main() -> None:
    with own_database():
        case, lead = enter_case(exhibits=20, incidents=2, photographs=0)
        fill(case, RECORDS)
        analyse()
        _browser, program = clients(lead)
        cursor = snapshots(case, program)
        changes(case, program, cursor)
        polls(program)


def aggregated(case: Any, many: int) -> None:
    """The quickest that PostgreSQL makes JSON of the same rows, with no access and no door."""
    from django.db import connection

    with connection.cursor() as asked:
        asked.execute(AGGREGATED, [case.pk, many])
        assert asked.fetchone()[0]


def snapshots(case: Any, program: Any) -> str:
    """Everything of the case in one answer; returns the cursor it ends with."""
    ended: list[str] = []

    def whole() -> None:
        count, last = 0, b""
        for piece in program.get(SNAPSHOT):
            count, last = count + piece.count(b"\n"), piece
        assert count > RECORDS
        ended.append(json.loads(last.splitlines()[-1])["cursor"])

    taken = medians({"ours": whole, "agg": lambda: aggregated(case, RECORDS)}, runs=5)
    report(
        Row(
            job="snapshot to one client",
            ours=RECORDS / taken["ours"],
            baseline=RECORDS / taken["agg"],
            unit="records/s",
            target="≥ 20,000 records/s",
            against="json_agg of the plain rows",
            note=f"{RECORDS:,} exhibits as their REST door shows them, in process",
        )
    )
    return ended[-1]


def changes(case: Any, program: Any, cursor: str) -> None:
    """So many changed exhibits, told in answers of a thousand lines."""
    from evidence.models import Item

    keys = list(Item.objects.order_by("pk").values_list("pk", flat=True)[:CHANGED])
    Item.objects.filter(pk__in=keys).update(quantity=2)

    def follow() -> None:
        since, more, count = cursor, True, 0
        while more:
            told = orjson.loads(program.get(FEED, {"since": since, "limit": MOST}).content)
            since, more, count = told["cursor"], told["more"], count + len(told["changes"])
        assert count == CHANGED, count

    def door() -> None:
        there, count = f"{LIST}?limit=200", 0
        while there and count < CHANGED:
            told = orjson.loads(program.get(there).content)
            there, count = told["next"], count + len(told["results"])

    taken = medians({"ours": follow, "door": door}, runs=5)
    report(
        Row(
            job="changes feed to one client",
            ours=CHANGED / taken["ours"],
            baseline=CHANGED / taken["door"],
            unit="records/s",
            target="≥ 20,000 records/s",
            against="the REST list, 200 a page",
            note=f"{CHANGED:,} changed of {RECORDS:,}, {MOST:,} lines an answer, read as JSON",
        )
    )


def polls(program: Any) -> None:
    """Asking when nothing has happened, beside a list of one."""
    cursor, more = "", True
    while more:
        since = {"since": cursor} if cursor else {"kind": "cases"}
        told = program.get(FEED, {"kind": "cases", **since}).json()
        cursor, more = told["cursor"], told["more"]

    def ask(address: str, **query: Any) -> None:
        for _time in range(A_ROUND):
            answer = program.get(address, query)
            assert answer.status_code == 200, answer.content[:300]

    taken = medians(
        {
            "ours": lambda: ask(FEED, kind="cases", since=cursor),
            "list": lambda: ask("/api/v1/cases/", limit=1),
        }
    )
    report(
        Row(
            job="changes feed, empty poll",
            ours=taken["ours"] / A_ROUND * 1000,
            baseline=taken["list"] / A_ROUND * 1000,
            unit="ms",
            target="≤ 5 ms",
            against="a REST list of one",
            note="one client with a key, in process",
        )
    )


if __name__ == "__main__":
    main()
