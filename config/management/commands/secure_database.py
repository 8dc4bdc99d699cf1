"""Gives the program a role that neither owns the tables nor may step past row-level security."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg2 import sql

from investigations.models.row_security import needed_by_functions, statements

ROLE = "vestige_app"


class Command(BaseCommand):
    """Run by the owner of the tables after every migration; `migrate` does it by itself."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                make_role(cursor)
                there = set(connection.introspection.table_names(cursor))
                if not needed_by_functions() <= there:
                    return  # half-way through the migrations there is nothing to guard yet
                for statement in statements(ROLE, there):
                    cursor.execute(statement)
                make_login(cursor, os.environ.get("APP_DATABASE_URL", ""))
        except ProgrammingError as problem:
            raise CommandError(
                f"The database role of DATABASE_URL may not do this: {problem}"
                "It must own the tables, and either may create roles or find the role "
                f"{ROLE} made already (see docs/operate.md)."
            ) from problem
        if options["verbosity"] > 0:
            self.stdout.write("Row-level security is in force for every table of case data.")


def make_role(cursor: Any) -> None:
    """The group role that holds the program's rights; whoever runs this may take it on."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
    if not cursor.fetchone():
        cursor.execute(f"CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB")
    cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [ROLE])
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {ROLE} TO CURRENT_USER")


def make_login(cursor: Any, address: str) -> None:
    """The role the program signs in with, if APP_DATABASE_URL names one that does not exist."""
    url = urlsplit(address)
    name, password = unquote(url.username or ""), unquote(url.password or "")
    if not password or name == connection.settings_dict["USER"]:
        return
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if not cursor.fetchone():
        login = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}")
        names = sql.Identifier(name), sql.Literal(password), sql.Identifier(ROLE)
        cursor.execute(login.format(*names))
