"""Count recoveries and file readings from nothing: to find drift, and to make good for it."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import connection, transaction

from comparison.methods.retrieval import hashed, held_key
from comparison.models import Key, Reading, RecoveryCount, Spelling
from comparison.services.counting import PART, enter_spellings, measure_span
from comparison.services.reading import columns_of_facts, facts_in

A_BATCH = 2_000
_COUNTED = """SELECT category, value, count(DISTINCT incident_id) FROM comparison_reading,
    LATERAL unnest(values || ''::text) AS value GROUP BY category, value"""
_NOT_FILED = """SELECT count(*) FROM (SELECT hash, incident_id, id FROM comparison_reading,
    LATERAL unnest(keys) AS hash EXCEPT SELECT hash, incident_id, reading_id FROM comparison_key)
    AS missing"""
_FILED_FOR_NOTHING = """SELECT count(*) FROM (SELECT hash, incident_id, reading_id
    FROM comparison_key EXCEPT SELECT hash, incident_id, id FROM comparison_reading,
    LATERAL unnest(keys) AS hash) AS left_over"""
_FILE_ALL = """INSERT INTO comparison_key (hash, incident_id, reading_id)
    SELECT DISTINCT hash, incident_id, id FROM comparison_reading, LATERAL unnest(keys) AS hash
    ORDER BY hash, incident_id, id"""
_KEEP_OTHERS_OUT = "LOCK TABLE comparison_reading IN SHARE ROW EXCLUSIVE MODE"


def count_drift() -> list[str]:
    """What is kept otherwise than counted from nothing, a line each; empty when all is well."""
    kept = {
        (one.category, one.value): one.recoveries
        for one in RecoveryCount.objects.iterator()
        if one.category or not one.value.startswith(RecoveryCount.SERIAL_RANGE)
    }
    lines = []
    for category, value, counted in counted_from_nothing():
        held = kept.pop((category, value), 0)
        if held != counted:
            lines.append(f"{category} {value}: {held} kept, {counted} counted")
    lines += [f"{c} {v}: {held} kept, 0 counted" for (c, v), held in kept.items() if held]
    with connection.cursor() as cursor:
        for sql, what in ((_NOT_FILED, "not filed"), (_FILED_FOR_NOTHING, "filed for nothing")):
            cursor.execute(sql)
            (missing,) = cursor.fetchone()
            lines += [f"keys {what}: {missing}"] if missing else []
    return sorted(lines)


def counted_from_nothing() -> list[tuple[str, str, int]]:
    """Category, value and recoveries, for each value some reading holds."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        return list(cursor.fetchall())


@transaction.atomic
def rebuild_counts() -> None:
    """Make keys, counts, spellings and spans anew from the facts that the readings hold."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_OTHERS_OUT)
        read_again()
        Key.objects.all().delete()
        cursor.execute(_FILE_ALL)
    RecoveryCount.objects.all().delete()
    Spelling.objects.all().delete()
    RecoveryCount.objects.bulk_create(recovery_counts(), batch_size=A_BATCH)
    parts = RecoveryCount.objects.filter(value__startswith=PART)
    enter_spellings(parts.values_list("key", "category", "value"))
    counters = Reading.objects.exclude(counter="").values_list("counter", flat=True)
    for counter in counters.distinct().order_by("counter"):
        measure_span(counter)


def read_again() -> None:
    """File each reading as the method does now, from its own facts."""
    changed = []
    for reading in Reading.objects.select_related("incident").iterator(A_BATCH):
        theatre = str(reading.incident.theatre_id or "")
        for name, told in columns_of_facts(replace(facts_in(reading)), theatre).items():
            setattr(reading, name, told)
        changed.append(reading)
        if len(changed) == A_BATCH:
            Reading.objects.bulk_update(changed, DERIVED)
            changed.clear()
    if changed:
        Reading.objects.bulk_update(changed, DERIVED)


DERIVED = ["category", "keys", "values", "facts", "counter", "serial_number", "lot"]


def recovery_counts() -> Iterator[RecoveryCount]:
    """A row for each value counted."""
    for category, value, recoveries in counted_from_nothing():
        key = hashed(held_key(category, value))
        yield RecoveryCount(key=key, category=category, value=value, recoveries=recoveries)
