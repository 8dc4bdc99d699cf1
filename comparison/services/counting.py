"""Keep keys and counts of recoveries in step with the readings, in the transaction of the change.

The counts follow the keys: a recovery holds a value while one of its readings is filed under it.
Readings of one recovery take turns, and counts are locked in the order of their keys, so that two
workers neither lose a count nor wait for each other.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from comparison.methods.retrieval import hashed, held_keys, spelling_keys
from comparison.models import Reading, RecoveryCount
from core.identity import uuid7

RECOVERY_LOCK = 0x5652
"""With 31 bits of an incident's id: one recovery's readings take turns."""

PART = "part="
_TAKE_TURNS = "SELECT pg_advisory_xact_lock(%s, %s)"
_FILE = """INSERT INTO comparison_key (hash, incident_id, reading_id)
    SELECT hash, %s, %s FROM unnest(%s::bigint[]) AS hash ORDER BY hash ON CONFLICT DO NOTHING"""
_TAKE_OUT = """DELETE FROM comparison_key
    WHERE incident_id = %s AND reading_id = %s AND hash = ANY(%s::bigint[])"""
_HELD_BY_NO_OTHER = """SELECT wanted FROM unnest(%s::bigint[]) AS wanted WHERE NOT EXISTS (
    SELECT 1 FROM comparison_key beside WHERE beside.hash = wanted
    AND beside.incident_id = %s AND beside.reading_id <> %s)"""
_COUNT = """INSERT INTO comparison_recoverycount AS held
    (id, created_at, key, category, value, recoveries, alike_from, alike_to)
    SELECT id, now(), key, category, value, greatest(change, 0), 0, 4
    FROM unnest(%s::uuid[], %s::bigint[], %s::varchar[], %s::text[], %s::int[])
    AS one(id, key, category, value, change) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET recoveries = greatest(0,
    held.recoveries + CASE WHEN excluded.recoveries > 0 THEN 1 ELSE -1 END)"""
_SPAN = """INSERT INTO comparison_recoverycount
    (id, created_at, key, category, value, recoveries, alike_from, alike_to)
    VALUES (%s, now(), %s, '', %s, %s, 0, 0)
    ON CONFLICT (key) DO UPDATE SET recoveries = excluded.recoveries"""
_COUNTED = "SELECT key, recoveries FROM comparison_recoverycount WHERE key = ANY(%s::bigint[])"
_SPANNED = """SELECT wanted, (SELECT max(serial_number) - min(serial_number) + 1
    FROM comparison_reading WHERE counter = wanted AND counter <> ''),
    (SELECT count(*) FROM (SELECT DISTINCT serial_number FROM comparison_reading WHERE
        counter = wanted AND counter <> '' ORDER BY serial_number LIMIT %(most)s) AS few)
    FROM unnest(%(counters)s::varchar[]) AS wanted"""
_SPELL = """INSERT INTO comparison_spelling (form, held)
    SELECT form, held FROM unnest(%s::bigint[], %s::bigint[]) AS one(form, held)
    ORDER BY form, held ON CONFLICT DO NOTHING"""


@dataclass(frozen=True)
class Filed:
    """Where a reading is filed and what is counted of it; its numbering, where it has one."""

    reading: UUID
    incident: UUID
    category: str
    keys: frozenset[int]
    values: tuple[str, ...]
    counter: str = ""

    @classmethod
    def of(cls, reading: Reading) -> "Filed":
        """As a reading says it is."""
        held = frozenset(reading.keys), tuple(reading.values)
        return cls(reading.pk, reading.incident_id, reading.category, *held, reading.counter)

    @property
    def counted(self) -> dict[int, tuple[str, str]]:
        """What its recovery counts for, by key: category and value."""
        held = held_keys(self.category, self.values)
        return {key: (self.category, value) for key, value in held.items()}


def take_turns(incidents: Iterable[UUID]) -> None:
    """Keep other readings of these recoveries out until this transaction ends."""
    with connection.cursor() as cursor:
        for lock in sorted({incident.int & 0x7FFFFFFF for incident in incidents}):
            cursor.execute(_TAKE_TURNS, [RECOVERY_LOCK, lock])


def refile(before: Filed | None, after: Filed) -> None:
    """File a reading as it is now and no longer as it was; None where it is new."""
    if before == after:
        return
    gained = _newly_held(after, before)
    lost = _newly_held(before, after)
    with connection.cursor() as cursor:
        for sql, one, other in ((_TAKE_OUT, before, after), (_FILE, after, before)):
            if one and (keys := _keys_beyond(one, other)):
                cursor.execute(sql, [one.incident, one.reading, list(keys)])
    count(gained, lost)
    for counter in sorted({filed.counter for filed in (before, after) if filed and filed.counter}):
        measure_span(counter)


def _keys_beyond(one: Filed, other: Filed | None) -> frozenset[int]:
    """Its keys that the other does not stand under in the same recovery."""
    is_there = other is not None and other.incident == one.incident
    return one.keys - other.keys if other and is_there else one.keys


def _newly_held(one: Filed | None, other: Filed | None) -> dict[int, tuple[str, str]]:
    """What its recovery counts for through this reading alone, and not through the other state."""
    if one is None:
        return {}
    beyond = _keys_beyond(one, other)
    counted = {key: what for key, what in one.counted.items() if key in beyond}
    with connection.cursor() as cursor:
        cursor.execute(_HELD_BY_NO_OTHER, [list(counted), one.incident, one.reading])
        return {key: counted[key] for (key,) in cursor.fetchall()}


def count(gained: dict[int, tuple[str, str]], lost: dict[int, tuple[str, str]]) -> None:
    """One recovery more for what was gained, one less for what was lost.

    What moved from one recovery to another is one more and one less: it stays as it is.
    """
    changes = [(key, *gained[key], 1) for key in gained.keys() - lost.keys()]
    changes += [(key, *lost[key], -1) for key in lost.keys() - gained.keys()]
    if not changes:
        return
    with connection.cursor() as cursor:
        columns = zip(*((uuid7(), *change) for change in changes), strict=True)
        cursor.execute(_COUNT, [list(column) for column in columns])
    parts = [(key, *gained[key]) for key in gained if gained[key][1].startswith(PART)]
    enter_spellings((key, category, value) for key, category, value in parts)


def enter_spellings(parts: Iterable[tuple[int, str, str]]) -> None:
    """Put part numbers on the list in which a misread one is looked up; they stay there."""
    forms = [
        (hashed(form), key)
        for key, category, value in parts
        for form in spelling_keys(category, value.removeprefix(PART))
    ]
    if forms:
        with connection.cursor() as cursor:
            cursor.execute(_SPELL, [list(column) for column in zip(*forms, strict=True)])


def span_key(counter: str) -> tuple[int, str]:
    """Under what the span of a numbering is kept."""
    value = f"{RecoveryCount.SERIAL_RANGE}={counter}"
    return hashed(f"span:{counter}"), value


def spans_of(counters: Iterable[str], most: int = 0) -> dict[str, tuple[int, int]]:
    """How many serials lie between the lowest and the highest known of each numbering; 0 for none.

    And how many different ones there are, counted up to `most`.
    """
    wanted = sorted(set(counters) - {""})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SPANNED, {"counters": wanted, "most": most})
        return {counter: (span or 0, several) for counter, span, several in cursor.fetchall()}


def measure_span(counter: str) -> None:
    """Note the span of a numbering where it changed, so that links resting on it are looked at."""
    key, value = span_key(counter)
    (span, _several), noted = (
        spans_of([counter])[counter],
        RecoveryCount.objects.filter(key=key).first(),
    )
    if span != (noted.recoveries if noted else 0):
        with connection.cursor() as cursor:
            cursor.execute(_SPAN, [uuid7(), key, value, span])


def counts_of(keys: Collection[int]) -> dict[int, int]:
    """Recoveries by key."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [list(keys)])
        return dict(cursor.fetchall())
