"""The triggers by which PostgreSQL keeps the journal of changes: one statement, one touch a row.

They run once a statement over all of its rows, and at the end of a transaction once for each case.
For their own questions they ask as the program itself, since what is hidden from whoever writes
(the case of a row in a list) is touched all the same; nothing of it is given to them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from core.scope import SYSTEM, VARIABLE
from exchange.models.journal import FeedHead, Op, Step, Touch
from investigations.models import Case

HEADS, STEPS, TOUCHES = (model._meta.db_table for model in (FeedHead, Step, Touch))
BATCH = "vestige.batch"
"""Names the transaction that is under way, for itself alone."""

NO_LABEL = "NULL::uuid"
ROWS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
"""What PostgreSQL hands to a trigger of each sort of statement."""

BATCH_FUNCTION = f"""CREATE OR REPLACE FUNCTION exchange_batch() RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE mine text := coalesce(current_setting('{BATCH}', true), '');
BEGIN
    IF mine = '' THEN
        mine := gen_random_uuid()::text;
        PERFORM set_config('{BATCH}', mine, true);
    END IF;
    RETURN mine::uuid;
END $$"""

SETTLE_FUNCTION = f"""CREATE OR REPLACE FUNCTION exchange_settle() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    asking text := coalesce(current_setting('{VARIABLE}', true), '');
    one uuid;
    place bigint;
BEGIN
    PERFORM set_config('{VARIABLE}', '{SYSTEM}', true);
    FOR one IN SELECT s.log FROM {STEPS} s
        WHERE s.batch = NEW.batch AND s.position IS NULL ORDER BY s.log
    LOOP
        INSERT INTO {HEADS} AS head (log, position) VALUES (one, 1)
            ON CONFLICT (log) DO UPDATE SET position = head.position + 1
            RETURNING head.position INTO place;
        UPDATE {STEPS} SET position = place WHERE batch = NEW.batch AND log = one;
    END LOOP;
    PERFORM set_config('{BATCH}', '', true);
    PERFORM set_config('{VARIABLE}', asking, true);
    RETURN NULL;
END $$"""  # noqa: S608  # nosec B608
"""Whoever ends a transaction takes the heads of its cases in one order: nobody waits in a ring.

Constraints that are checked early end a batch early; what the transaction writes after that is a
step of its own.
"""


@dataclass(frozen=True)
class Watched:
    """A table of case data: `above` are the kinds that its rows are shown with, by column.

    `unshown` are columns that no client is told of and that jobs change all the time.
    """

    model: type[models.Model]
    above: Mapping[str, type[models.Model]] = field(default_factory=dict)
    unshown: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def has_other(self) -> bool:
        """True for rows that lie across two cases."""
        return any(each.name == "other_case" for each in self.model._meta.concrete_fields)

    @property
    def changed(self) -> str:
        """The rows that a statement changed in anything that is shown."""
        rows = "new_rows r JOIN old_rows o ON o.id = r.id"
        if not self.unshown:
            return rows
        left = "ARRAY[" + ", ".join(f"'{name}'" for name in self.unshown) + "]"
        return f"{rows} AND (to_jsonb(r) - {left}) IS DISTINCT FROM (to_jsonb(o) - {left})"

    @property
    def log(self) -> str:
        """The column that names the case."""
        return "id" if self.model is Case else "case_id"

    @property
    def label(self) -> str:
        """The column of the label; a case bears none."""
        return "" if self.model is Case else "label_id"


def journal_statements(watched: Collection[Watched], there: set[str]) -> Iterator[str]:
    """Everything that makes the journal whole again, from any state; safe to say twice.

    `there` are the tables that exist: half-way through the migrations some do not yet.
    """
    if not {HEADS, STEPS, TOUCHES} <= there:
        return
    yield BATCH_FUNCTION
    yield SETTLE_FUNCTION
    yield f"DROP TRIGGER IF EXISTS exchange_settle ON {STEPS}"
    yield (
        f"CREATE CONSTRAINT TRIGGER exchange_settle AFTER INSERT ON {STEPS} DEFERRABLE INITIALLY"
        " DEFERRED FOR EACH ROW EXECUTE FUNCTION exchange_settle()"
    )
    for each in watched:
        for table, bodies in tables_of(each):
            if table in there:
                yield from watch(table, bodies)


def tables_of(watched: Watched) -> Iterator[tuple[str, dict[str, str]]]:
    """The table of a model, and those of its lists, each with what its trigger does."""
    yield watched.table, {op: of_rows(watched, op) for op in ROWS}
    for link in watched.model._meta.local_many_to_many:
        through: Any = link.remote_field.through
        if through._meta.auto_created:
            column = link.m2m_column_name()
            bodies = {op: of_list(watched, column, op) for op in ROWS}
            yield through._meta.db_table, bodies


def watch(table: str, bodies: Mapping[str, str]) -> Iterator[str]:
    """The function of one table, and the three triggers that call it."""
    yield f"""CREATE OR REPLACE FUNCTION exchange_journal_{table}() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    asking text := coalesce(current_setting('{VARIABLE}', true), '');
    mine uuid := exchange_batch();
BEGIN
    PERFORM set_config('{VARIABLE}', '{SYSTEM}', true);
    IF TG_OP = 'INSERT' THEN
{bodies["INSERT"]}
    ELSIF TG_OP = 'UPDATE' THEN
{bodies["UPDATE"]}
    ELSE
{bodies["DELETE"]}
    END IF;
    PERFORM set_config('{VARIABLE}', asking, true);
    RETURN NULL;
END $$"""
    for op, rows in ROWS.items():
        name = f"exchange_journal_{op.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield (
            f"CREATE TRIGGER {name} AFTER {op} ON {table} REFERENCING {rows}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION exchange_journal_{table}()"
        )


def of_rows(watched: Watched, op: str) -> str:
    """A step for each case, and a touch of each row and of what it is shown with."""
    log, label = f"r.{watched.log}", f".{watched.label}" if watched.label else ""
    other = "r.other_case_id" if watched.has_other else NO_LABEL
    before, after = (f"{row}{label}" if label else NO_LABEL for row in ("o", "r"))
    told = {
        "INSERT": (Op.MADE, NO_LABEL, after, "new_rows r"),
        "UPDATE": (Op.CHANGED, before, after, watched.changed),
        "DELETE": (Op.REMOVED, after, NO_LABEL, "old_rows r"),
    }
    sign, was, now, rows = told[op]
    kind = watched.model._meta.label_lower
    of_itself = touches(log, kind, "r.id", sign, was, now, other, rows)
    parts = [
        touches(
            "r.log", model._meta.label_lower, "r.id", Op.OF_A_PART, NO_LABEL, NO_LABEL, NO_LABEL,
            f"({rows_above(watched, column, op)}) r",
        )
        for column, model in watched.above.items()
    ]  # fmt: skip
    return "\n".join([steps(log, rows), of_itself, *parts])


def rows_above(watched: Watched, column: str, op: str) -> str:
    """The keys in one column before and after a statement: a part may have been moved."""
    sides = {"INSERT": ["new_rows"], "UPDATE": ["new_rows", "old_rows"], "DELETE": ["old_rows"]}
    return " UNION ".join(
        f"SELECT {watched.log} AS log, {column} AS id FROM {side} WHERE {column} IS NOT NULL"  # noqa: S608  # nosec B608
        for side in sides[op]
    )


def of_list(watched: Watched, column: str, op: str) -> str:
    """A touch of each row whose list became another."""
    side = "old_rows" if op == "DELETE" else "new_rows"
    rows = f"(SELECT DISTINCT {column} AS id FROM {side}) l JOIN {watched.table} r ON r.id = l.id"  # noqa: S608  # nosec B608
    log, kind = f"r.{watched.log}", watched.model._meta.label_lower
    nothing = (NO_LABEL, NO_LABEL, NO_LABEL)
    return "\n".join([steps(log, rows), touches(log, kind, "r.id", Op.OF_A_PART, *nothing, rows)])


def steps(log: str, rows: str) -> str:
    """A step of the transaction for each case whose rows are among these."""
    return (
        f"        INSERT INTO {STEPS} (batch, log) SELECT DISTINCT mine, {log} FROM {rows}"  # noqa: S608  # nosec B608
        " ON CONFLICT (batch, log) DO NOTHING;"
    )


def touches(
    log: str, kind: str, subject: str, op: str, before: str, after: str, other: str, rows: str
) -> str:
    """A touch for each of these rows."""
    return (
        f"        INSERT INTO {TOUCHES}"  # noqa: S608  # nosec B608
        " (batch, log, kind, subject, op, label_before, label_after, other)"
        f" SELECT mine, {log}, '{kind}', {subject}, '{op}', {before}, {after}, {other} FROM {rows};"
    )
