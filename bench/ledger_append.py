"""One line of the ledger in its transaction, beside a plain insert of the same row."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any
from uuid import UUID, uuid5

from bench._case import own_database
from bench._measure import Row, report

LINES = int(os.environ.get("BENCH_LINES", "1000000"))
CASES = 64
SECONDS = 2.0
ROUNDS = 9
HERE = UUID("6c6f6773-0000-4000-8000-000000000000")
FILL = """
INSERT INTO ledger_entry
    (id, log, position, at, act, subject_kind, subject_id, body, previous_seal, seal)
SELECT gen_random_uuid(), uuid_generate.log, place, now(), 'bench.said', 'accounts.agency',
    gen_random_uuid(), repeat('{"act":"bench.said"}', 20), repeat('0', 64),
    encode(sha256((place || uuid_generate.log::text)::bytea), 'hex')
FROM (SELECT unnest(%s::uuid[]) AS log) AS uuid_generate, generate_series(1, %s) AS place
"""


def log_of(client: int) -> UUID:
    return uuid5(HERE, str(client))


def fill() -> None:
    """So many lines in many cases, and the heads of their chains."""
    from django.db import connection

    from ledger.models import FIRST_SEAL, Head

    logs = [log_of(client) for client in range(CASES)]
    with connection.cursor() as cursor:
        cursor.execute(FILL, [logs, LINES // CASES])
        cursor.execute("SET ROLE NONE")
        cursor.execute("ANALYZE ledger_entry")
        cursor.execute("SET ROLE vestige_app")
    Head.objects.bulk_create(
        [Head(log=log, position=LINES // CASES, seal=FIRST_SEAL) for log in logs]
    )


def ours(agency: Any, log: UUID) -> Callable[[], object]:
    """A deed's line, as every service writes it."""
    from django.db import transaction

    from ledger.services import record

    def run() -> None:
        with transaction.atomic():
            record(None, "bench.said", agency, log=log, exhibit_no="EX-0001", purpose="to measure")

    return run


def plain(agency: Any, log: UUID) -> Callable[[], object]:
    """The same row into the same table, with no chain, no seal and no lock."""
    from django.db import connection, transaction
    from django.utils import timezone

    from ledger.services.writing import around_position, line_about

    count = iter(range(time.time_ns(), 1 << 62))
    statement = """INSERT INTO ledger_entry (id, log, position, at, act, subject_kind, subject_id,
        body, previous_seal, seal) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""

    def run() -> None:
        with transaction.atomic():
            line = line_about(log, None, "bench.said", agency, timezone.now())
            before, after = around_position(
                line, {"exhibit_no": "EX-0001", "purpose": "to measure"}
            )
            place = next(count)
            with connection.cursor() as cursor:
                row = [line.id, log, place, line.at, line.act, line.subject_kind, line.subject_id]
                body = f"{before}{place}{after}"
                cursor.execute(statement, [*row, body, "0" * 64, "0" * 64])

    return run


def clients(
    contender: Callable[[Any, UUID], Callable[[], object]], agency: Any, many: int
) -> float:
    """Lines a second by so many processes, each with a connection and a case of its own."""
    from django.db import connection

    connection.close()
    fork = get_context("fork")
    start, told = fork.Barrier(many), fork.Queue()

    def work(client: int) -> None:
        deed = contender(agency, log_of(client))
        for _warm in range(20):
            deed()
        start.wait()
        done, until = 0, time.perf_counter() + SECONDS
        while time.perf_counter() < until:
            deed()
            done += 1
        told.put(done)
        connection.close()

    processes = [fork.Process(target=work, args=(client,)) for client in range(many)]
    for process in processes:
        process.start()
    done = sum(told.get() for _process in processes)
    for process in processes:
        process.join()
    return done / SECONDS


def main() -> int:
    with own_database():
        from accounts.models import Agency

        agency = Agency.objects.create(name="Bench", short_name="B")
        fill()
        for many in (1, 8):
            taken: dict[str, list[float]] = {"ours": [], "plain": []}
            for _round in range(ROUNDS):
                taken["plain"].append(clients(plain, agency, many))
                taken["ours"].append(clients(ours, agency, many))
            report(
                Row(
                    job=f"ledger append, {many} client{'s' if many > 1 else ''}",
                    ours=statistics.median(taken["ours"]),
                    baseline=statistics.median(taken["plain"]),
                    unit="lines/s",
                    target="≥ 0.8",
                    against="plain insert of the same row",
                    note=f"{LINES} lines of {CASES} cases there; each client in a case of its own",
                )
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
