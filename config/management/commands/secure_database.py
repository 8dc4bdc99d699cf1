"""Gives the program a role that neither owns the tables nor may step past row-level security."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg2 import sql

from config.feed import KINDS
from exchange.api import watched_by
from exchange.models.triggers import journal_statements
from investigations.models.row_security import needed_by_functions, signers_rights, statements

ROLE, SIGNER = "vestige_app", "vestige_ledger"


class Command(BaseCommand):
    """Run by the owner of the tables after every migration; `migrate` does it by itself."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                make_role(cursor, ROLE)
                make_role(cursor, SIGNER)
                there = set(connection.introspection.table_names(cursor))
                if not needed_by_functions() <= there:
                    return  # half-way through the migrations there is nothing to guard yet
                for statement in statements(ROLE, there):
                    cursor.execute(statement)
                for statement in signers_rights(SIGNER, ROLE, there):
                    cursor.execute(statement)
                for statement in journal_statements(watched_by(KINDS), there):
                    cursor.execute(statement)
                make_login(cursor, os.environ.get("APP_DATABASE_URL", ""), ROLE)
                make_login(cursor, os.environ.get("SIGNER_DATABASE_URL", ""), SIGNER)
        except ProgrammingError as problem:
            raise CommandError(
                f"The database role of DATABASE_URL may not do this: {problem}"
                "It must own the tables, and either may create roles or find the roles "
                f"{ROLE} and {SIGNER} made already (see docs/operate.md)."
            ) from problem
        if options["verbosity"] > 0:
            self.stdout.write("Row-level security is in force for every table of case data.")


def make_role(cursor: Any, role: str) -> None:
    """A group role that holds rights; whoever runs this may take it on."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if not cursor.fetchone():
        made = sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB")
        cursor.execute(made.format(sql.Identifier(role)))
    cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
    if not cursor.fetchone()[0]:
        cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def make_login(cursor: Any, address: str, role: str) -> None:
    """The role a process signs in with, if the address names one that does not exist."""
    url = urlsplit(address)
    name, password = unquote(url.username or ""), unquote(url.password or "")
    if not password or name == connection.settings_dict["USER"]:
        return
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if not cursor.fetchone():
        login = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}")
        names = sql.Identifier(name), sql.Literal(password), sql.Identifier(role)
        cursor.execute(login.format(*names))
