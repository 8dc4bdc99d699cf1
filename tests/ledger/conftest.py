"""A short chain, and a hand that owns the database and may do what the program may not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from accounts.models import Agency
from config.management.commands.secure_database import ROLE, SIGNER
from ledger.models import Entry
from ledger.notes import SigningKey
from ledger.services import record
from ledger.services.keeping import Keep
from ledger.services.signing import sign_round

GUARDED = ("ledger_entry", "ledger_checkpoint", "ledger_tile")


@contextmanager
def owner() -> Iterator[CursorWrapper]:
    """A cursor of the role that owns the tables, on which row-level security has no hold."""
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET ROLE NONE")
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield cursor
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
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
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, values)
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


@contextmanager
def as_signer() -> Iterator[None]:
    """Work with the signer's database role, as its process does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET ROLE {SIGNER}")
        try:
            yield
        finally:
            cursor.execute(f"SET ROLE {ROLE}")


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """The signer's folder."""
    keep = Keep(tmp_path / "signer")
    keep.prepare()
    return keep


@pytest.fixture
def key(keep: Keep) -> SigningKey:
    """The signer's key."""
    return keep.key("vestige.example/ledger")


@pytest.fixture
def signed(keep: Keep, key: SigningKey) -> Callable[..., int]:
    """Let the signer do one round; how many checkpoints it signed."""

    def run(*authorities: str) -> int:
        with as_signer():
            return sign_round(keep, key, authorities)

    return run
