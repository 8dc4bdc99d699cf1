"""A short chain, and a hand that owns the database and may do what the program may not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from accounts.models import Agency
from config.management.commands.secure_database import ROLE
from ledger.models import Entry
from ledger.services import record

TRIGGERS = "ALTER TABLE ledger_entry {} TRIGGER USER"
ROW_SECURITY = "ALTER TABLE ledger_entry {} ROW LEVEL SECURITY"


@contextmanager
def owner() -> Iterator[CursorWrapper]:
    """A cursor of the role that owns the tables, on which row-level security has no hold."""
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET ROLE NONE")
        cursor.execute(ROW_SECURITY.format("NO FORCE"))
        yield cursor
        cursor.execute(ROW_SECURITY.format("FORCE"))
        cursor.execute(f"SET ROLE {ROLE}")


@pytest.fixture
def chain(mission: Agency) -> list[Entry]:
    """Five lines about the mission, in the program's own chain."""
    for number in range(1, 6):
        record(None, "tests.said", mission, number=number, words="Étude № ٣")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return list(Entry.objects.of_log(mission.ledger_log).order_by("position"))


@pytest.fixture
def as_owner(chain: list[Entry]) -> Callable[..., None]:
    """Do what only the owner of the database can: lift the guard, and rewrite."""

    def run(statement: str, *values: Any) -> None:
        with owner() as cursor:
            cursor.execute(TRIGGERS.format("DISABLE"))
            cursor.execute(statement, values)
            cursor.execute(TRIGGERS.format("ENABLE"))

    return run
