"""Fills the tables of the comparison in bulk, as a restored copy of a database would be filled."""

import json
from collections.abc import Iterable
from io import StringIO
from itertools import islice
from multiprocessing import Pool
from typing import Any
from uuid import uuid4

from bench._case import analyse, owner
from comparison.methods.facts import ComponentFacts
from comparison.methods.retrieval import held_keys

CHUNK = 10_000
READING = (
    "id, created_at, component_id, case_id, incident_id, category, counter, serial_number, lot,"
    ' keys, "values", facts, fingerprint, compared_at'
)
KEYS = """INSERT INTO comparison_key (hash, incident_id, reading_id)
    SELECT hash, incident_id, id FROM comparison_reading, LATERAL unnest(keys) AS hash"""
COUNTS = """INSERT INTO comparison_recoverycount
    (id, created_at, key, category, value, recoveries, alike_from, alike_to)
    SELECT gen_random_uuid(), now(), key, category, value, count(DISTINCT incident_id), 0, 0
    FROM bench_held GROUP BY key, category, value"""

NO_COMPONENTS = """DO $$ DECLARE held text; BEGIN
    FOR held IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'comparison_reading'::regclass AND contype = 'f'
    LOOP EXECUTE format('ALTER TABLE comparison_reading DROP CONSTRAINT %I', held); END LOOP;
    END $$"""
"""The readings are filled in alone: the exhibits they would be drawn from are not looked at."""


def fill(
    case: str,
    incidents: list[str],
    theatres: list[str],
    found: Iterable[tuple[int, ComponentFacts]],
) -> None:
    """Readings, keys, counts and spellings of these components, each with the number of its
    incident; what was there before goes.
    """
    with owner() as cursor:
        cursor.execute(
            "TRUNCATE comparison_key, comparison_recoverycount, comparison_spelling,"
            " comparison_reading CASCADE;"
            "ALTER TABLE comparison_key DROP CONSTRAINT comparison_key_pkey;"
            "ALTER TABLE comparison_reading NO FORCE ROW LEVEL SECURITY;"
            "CREATE UNLOGGED TABLE bench_held"
            " (key bigint, category varchar, value text, incident_id uuid)"
        )
        cursor.execute(NO_COMPONENTS)
        made = iter(found)
        chunks = iter(lambda: list(islice(made, CHUNK)), [])
        with Pool(2, _begin, (case, incidents, theatres)) as pool:
            for readings, held in pool.imap_unordered(_as_rows, chunks):
                cursor.copy_expert(f"COPY comparison_reading ({READING}) FROM STDIN", readings)
                cursor.copy_expert("COPY bench_held FROM STDIN", held)
        cursor.execute(KEYS)
        cursor.execute("ALTER TABLE comparison_key ADD PRIMARY KEY (hash, incident_id, reading_id)")
        cursor.execute(COUNTS)
        cursor.execute(
            "DROP TABLE bench_held; ALTER TABLE comparison_reading FORCE ROW LEVEL SECURITY"
        )
    _spell()
    analyse()


def _spell() -> None:
    from comparison.models import RecoveryCount
    from comparison.services.counting import PART, enter_spellings

    parts = RecoveryCount.objects.filter(value__startswith=PART)
    enter_spellings(parts.values_list("key", "category", "value"))


_PLACES: dict[str, Any] = {}


def _begin(case: str, incidents: list[str], theatres: list[str]) -> None:
    _PLACES.update(case=case, incidents=incidents, theatres=theatres)


def _as_rows(chunk: Iterable[tuple[int, ComponentFacts]]) -> tuple[StringIO, StringIO]:
    """The text that COPY reads: readings, and what each recovery holds."""
    from comparison.services.reading import columns_of_facts

    readings, held = [], set()
    for number, facts in chunk:
        incident = _PLACES["incidents"][number]
        told = columns_of_facts(facts, _PLACES["theatres"][number % len(_PLACES["theatres"])])
        serial = "\\N" if told["serial_number"] is None else told["serial_number"]
        cells = [uuid4(), "now", uuid4(), _PLACES["case"], incident, told["category"]]
        cells += [told["counter"], serial, told["lot"], _array(told["keys"])]
        cells += [_array(told["values"]), json.dumps(told["facts"]), told["fingerprint"], "now"]
        readings.append("\t".join(map(str, cells)))
        for key, value in held_keys(told["category"], told["values"]).items():
            held.add(f"{key}\t{told['category']}\t{value}\t{incident}")
    return StringIO("\n".join(readings) + "\n"), StringIO("\n".join(held) + "\n")


def _array(values: Iterable[Any]) -> str:
    return "{" + ",".join(f'"{value}"' for value in values) + "}"
