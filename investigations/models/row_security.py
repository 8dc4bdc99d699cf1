"""Row-level security: PostgreSQL's own copy of who may see what, as the net beneath the querysets.

The program's role neither owns the tables nor may step past their policies. Each statement says
who asks (`core.scope`); a policy lets through what `CaseRecordQuerySet.visible_to` lets through,
in the form `case IN (subquery)`, which PostgreSQL answers once for a statement and not once a row.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import User
from core.models import SYSTEM_LOG
from core.scope import SYSTEM, VARIABLE
from investigations.models.case import Case
from investigations.models.case_record import CaseRecord
from investigations.models.label import Label
from investigations.models.membership import READERS, Membership, Role
from ledger.models import REGISTER_LOG

LEDGER = "ledger_entry"
LEDGER_READ = ("ledger_checkpoint", "ledger_tile")
"""What the signer makes of lines: read by whoever reads the lines, written by nobody else."""
SIGNED = (*LEDGER_READ, "ledger_timestamp", "ledger_signerkey", "ledger_alarm")
SIGNS = {"ledger_entry": "SELECT", "ledger_head": "SELECT", "ledger_checkpoint": "SELECT, INSERT"}
"""What the signer's role may do; with the rest of its own tables it may do anything but delete."""
FORMER = "ledger_formerstate"
"""What records said before: added to and never changed; its trigger lets only sources' rows go."""
BY_SYSTEM = "(SELECT vestige_asked_by_system())"
LABEL_OPEN = """clearance <= u.clearance AND {0}.compartments <@ u.compartments
    AND ({0}.releasable_to = '{{}}' OR u.agency_id = ANY({0}.releasable_to))"""
HERE = """FROM investigations_membership m JOIN accounts_user u ON u.id = m.user_id
    WHERE m.user_id = vestige_asker() AND u.is_active
    AND m.ended_at IS NULL AND (m.until IS NULL OR m.until > now())"""


def listed(words: list[str]) -> str:
    """Role names as a PostgreSQL array."""
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]::varchar[]"


def cases_read_by(roles: list[str]) -> str:
    """The cases on whose team the asker is, in one of `roles`, and cleared for."""
    return f"""SELECT c.id FROM investigations_case c, accounts_user u
    WHERE u.id = vestige_asker() AND c.{LABEL_OPEN.format("c")}
    AND c.id IN (SELECT m.case_id {HERE} AND m.roles && {listed(roles)})"""  # noqa: S608  # nosec B608


FUNCTIONS = {
    "vestige_asker() RETURNS uuid": f"""SELECT CASE WHEN length(said) = 36 THEN said::uuid END
    FROM (SELECT current_setting('{VARIABLE}', true) AS said) AS asking""",  # noqa: S608  # nosec B608
    "vestige_asked_by_system() RETURNS boolean": (
        f"SELECT coalesce(current_setting('{VARIABLE}', true), '') = '{SYSTEM}'"
    ),
    "vestige_cases_placed() RETURNS SETOF uuid": f"SELECT m.case_id {HERE}",
    "vestige_cases_whole() RETURNS SETOF uuid": cases_read_by(READERS),
    "vestige_cases_shared() RETURNS SETOF uuid": cases_read_by([str(Role.PARTNER)]),
    "vestige_cases_audited() RETURNS SETOF uuid": cases_read_by([*READERS, str(Role.AUDITOR)]),
    "vestige_labels() RETURNS SETOF uuid": (
        f"""SELECT l.id FROM investigations_label l, accounts_user u
    WHERE u.id = vestige_asker() AND l.{LABEL_OPEN.format("l")}"""  # noqa: S608  # nosec B608
    ),
    "vestige_labels_shared() RETURNS SETOF uuid": (
        f"""SELECT l.id FROM investigations_label l, accounts_user u
    WHERE u.id = vestige_asker() AND u.agency_id = ANY(l.shared_with)
    AND l.{LABEL_OPEN.format("l")}"""  # noqa: S608  # nosec B608
    ),
}

CASE_SEEN = f"""{BY_SYSTEM} OR (id IN (SELECT vestige_cases_placed())
    AND EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = vestige_asker()
    AND investigations_case.{LABEL_OPEN.format("investigations_case")}))"""  # noqa: S608  # nosec B608
ROW_SEEN = f"""{BY_SYSTEM} OR (case_id IN (SELECT vestige_cases_whole())
    AND (label_id IS NULL OR label_id IN (SELECT vestige_labels())))
    OR (case_id IN (SELECT vestige_cases_shared())
    AND label_id IN (SELECT vestige_labels_shared()))"""
LEDGER_SEEN = f"""{BY_SYSTEM} OR log IN ('{SYSTEM_LOG}', '{REGISTER_LOG}')
    OR log IN (SELECT vestige_cases_audited())"""


def needed_by_functions() -> set[str]:
    """The tables without which nobody's place or clearance can be asked for."""
    rows = (Case, Label, Membership, User)
    return {row._meta.db_table for row in rows} | {LEDGER}


def row_policies() -> dict[str, str]:
    """For each table that holds something of a case, the rows that whoever asks may touch."""
    policies = {Case._meta.db_table: CASE_SEEN}
    for model in case_record_models():
        policies[model._meta.db_table] = row_seen(model)
        policies |= dict(lists_of(model))
    return policies | dict(tables_beside())


def row_seen(model: type[CaseRecord]) -> str:
    """The rule of them all, with what a kind of record lets through beyond it, or not even that."""
    if model.only_the_program:
        return BY_SYSTEM
    return f"{ROW_SEEN} OR ({model.also_seen})" if model.also_seen else ROW_SEEN


def tables_beside() -> Iterator[tuple[str, str]]:
    """What is drawn from rows of cases without lying in one: counts over all, or an index of rows.

    `only_the_program` keeps a table from every person; the rows of one that is `seen_with` a record
    of a case are seen where that record is.
    """
    for model in apps.get_models():
        table = model._meta.db_table
        if getattr(model, "only_the_program", False):
            yield table, BY_SYSTEM
        elif name := getattr(model, "seen_with", ""):
            field: Any = model._meta.get_field(name)
            above = field.related_model._meta.db_table
            yield (
                table,
                f"{BY_SYSTEM} OR EXISTS (SELECT 1 FROM {above} above"  # noqa: S608  # nosec B608
                f" WHERE above.id = {table}.{field.column})",
            )


def case_record_models() -> Iterator[type[CaseRecord]]:
    """Every kind of row that lies inside a case, in whichever room."""
    return (model for model in apps.get_models() if issubclass(model, CaseRecord))


def append_only_tables() -> set[str]:
    """Those of rows that stay as they were entered."""
    return {model._meta.db_table for model in case_record_models() if model.append_only}


def lists_of(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """The tables that only join a kind of row to others: seen where the row itself is seen."""
    for field in model._meta.local_many_to_many:
        through: Any = field.remote_field.through
        if through._meta.auto_created:
            table, end = model._meta.db_table, field.m2m_column_name()
            yield (
                through._meta.db_table,
                f"{BY_SYSTEM} OR {end} IN (SELECT id FROM {table})",  # noqa: S608  # nosec B608
            )


def statements(role: str, tables: set[str]) -> Iterator[str]:
    """Everything that makes the net whole again, from any state; safe to say twice.

    `tables` are those that exist: half-way through the migrations some do not yet.
    """
    for signature, body in FUNCTIONS.items():
        yield f"CREATE OR REPLACE FUNCTION {signature} LANGUAGE sql STABLE AS $${body}$$"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"REVOKE UPDATE, DELETE ON {LEDGER} FROM {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"
    for table, seen in row_policies().items():
        if table not in tables:
            continue
        yield from guard(table)
        yield f"CREATE POLICY seen ON {table} USING ({seen})"
    if FORMER in tables:
        yield f"REVOKE UPDATE ON {FORMER} FROM {role}"
    for table in append_only_tables() & tables:
        yield f"REVOKE UPDATE, DELETE ON {table} FROM {role}"
        yield f"GRANT UPDATE (label_id) ON {table} TO {role}"
    yield from guard(LEDGER)
    yield f"CREATE POLICY seen ON {LEDGER} FOR SELECT USING ({LEDGER_SEEN})"
    yield f"CREATE POLICY written ON {LEDGER} FOR INSERT WITH CHECK (true)"
    for table in (table for table in LEDGER_READ if table in tables):
        yield from guard(table)
        yield f"CREATE POLICY seen ON {table} FOR SELECT USING ({LEDGER_SEEN})"
        yield f"CREATE POLICY written ON {table} USING ({BY_SYSTEM})"


def signers_rights(signer: str, program: str, tables: set[str]) -> Iterator[str]:
    """What the signer alone writes the program only reads; the signer reads nothing but lines."""
    yield f"GRANT USAGE ON SCHEMA public TO {signer}"
    for table in (table for table in (*SIGNED, *SIGNS) if table in tables):
        may = SIGNS.get(table, "SELECT, INSERT, UPDATE")
        yield f"REVOKE ALL ON {table} FROM {signer}"
        yield f"GRANT {may} ON {table} TO {signer}"
        if table in SIGNED:
            yield f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {program}"


def guard(table: str) -> Iterator[str]:
    """Security on, for the owner as well, and no policy left over from an earlier version."""
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS seen ON {table}"
    yield f"DROP POLICY IF EXISTS written ON {table}"
