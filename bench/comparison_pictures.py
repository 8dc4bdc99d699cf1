"""Photographs that look like one among a million others, against reading all their hashes.

PICTURES=100000 makes it smaller.
"""

import os
import random
import time
from collections.abc import Callable
from statistics import median

from bench._case import own_database, owner
from bench._measure import Row, report
from comparison.methods.photographs import BITS, LOOKS_ALIKE

PICTURES = int(os.environ.get("PICTURES", "1000000"))
SOUGHT, SEED = 40, 20261129
ALONE = """DO $$ DECLARE held text; BEGIN
    FOR held IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'comparison_phototoken'::regclass AND contype = 'f'
    LOOP EXECUTE format('ALTER TABLE comparison_phototoken DROP CONSTRAINT %I', held); END LOOP;
    END $$"""
CODES = """CREATE TABLE bench_code AS SELECT gen_random_uuid() AS file_id, ('x' || string_agg(
    md5(random()::text), ''))::bit(256) AS code FROM generate_series(1, %(pictures)s) AS one,
    generate_series(1, 2) AS half GROUP BY one"""
KEYED = "ALTER TABLE comparison_phototoken ADD PRIMARY KEY (token, file_id) INCLUDE (code)"
TOKENS = """INSERT INTO comparison_phototoken (token, file_id, code)
    SELECT place << 16 | substring(code FROM place * 16 + 1 FOR 16)::bit(16)::int, file_id, code
    FROM bench_code, generate_series(0, 15) AS place"""
SOME = "SELECT code::text FROM bench_code ORDER BY file_id LIMIT %(sought)s"
SCAN = """SELECT file_id::text, bit_count(code # ('x' || %(code)s)::bit(256)) AS bits
    FROM bench_code WHERE bit_count(code # ('x' || %(code)s)::bit(256)) <= %(radius)s"""
Found = dict[str, int]


def main() -> None:
    with own_database(), owner() as cursor:
        cursor.execute(ALONE)
        cursor.execute(CODES, {"pictures": PICTURES})
        cursor.execute(
            "ALTER TABLE comparison_phototoken DROP CONSTRAINT comparison_phototoken_pkey"
        )
        cursor.execute(TOKENS)
        cursor.execute(KEYED)
        cursor.execute("GRANT SELECT ON bench_code TO PUBLIC")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(SOME, {"sought": SOUGHT})
        codes = nearby([code for (code,) in cursor.fetchall()])
        print(f"{PICTURES:,} hashes filed", flush=True)
        finding(codes)


def nearby(codes: list[str]) -> list[str]:
    """Hashes as far from these as may still be found, in hexadecimal: 0 to 31 bits, 31 for half."""
    chance = random.Random(SEED)
    sought = []
    for nth, code in enumerate(codes):
        bits = LOOKS_ALIKE if nth % 2 else chance.randrange(LOOKS_ALIKE + 1)
        mask = sum(1 << at for at in chance.sample(range(BITS), bits))
        sought.append(f"{int(code, 2) ^ mask:064x}")
    return sought


def scanned(code: str) -> Found:
    """Every hash is read."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(SCAN, {"code": code, "radius": LOOKS_ALIKE})
        return dict(cursor.fetchall())


def timed(search: Callable[[str], Found], codes: list[str]) -> tuple[float, list[Found]]:
    """Median seconds of one search, and what each found; the first one counts for nobody."""
    search(codes[0])
    taken, found = [], []
    for code in codes:
        began = time.perf_counter()
        found.append(search(code))
        taken.append(time.perf_counter() - began)
    return median(taken), found


def finding(codes: list[str]) -> None:
    """The one row; recall is against what the scan found."""
    from comparison.services.photographs import near_to

    scan, every = timed(scanned, codes)
    ours, found = timed(near_to, codes)
    there = sum(len(one) for one in every)
    hit = sum(len(one.items() & other.items()) for one, other in zip(every, found, strict=True))
    beyond = sum(len(one.keys() - other.keys()) for one, other in zip(found, every, strict=True))
    report(
        Row(
            job="photographs that look like one",
            ours=ours * 1000,
            baseline=scan * 1000,
            unit="ms",
            target="≤ 1/5, recall 1.0 within 31 bits",
            against="all hashes read",
            note=f"{PICTURES:,} hashes; recall {hit / there:.3f} of {there}, {beyond} beyond",
        )
    )


if __name__ == "__main__":
    main()
