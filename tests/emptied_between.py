"""Lets the tests' own flush, and nobody else, empty tables that refuse TRUNCATE."""

import pytest
from django.db import connection
from django.test import TransactionTestCase

from config.management.commands.secure_database import ROLE

NEVER_EMPTIED = {
    "ledger_entry": "ledger_entry_no_truncate",
    "ledger_formerstate": "ledger_formerstate_no_truncate",
    "evidence_custodyevent": "custody_event_no_truncate",
    "evidence_gapnote": "gap_note_no_truncate",
}
"""Tables whose rows stay, each with the guard that refuses TRUNCATE."""


@pytest.fixture(scope="session", autouse=True)
def even_the_ledger_is_emptied_between_browser_tests() -> None:
    """Only the tests' own flush may lift the guard that refuses TRUNCATE."""
    plain = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
            for table, guard in NEVER_EMPTIED.items():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        plain(self)
        with connection.cursor() as cursor:
            for table, guard in NEVER_EMPTIED.items():
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")
            cursor.execute(f"SET ROLE {ROLE}")

    TransactionTestCase._fixture_teardown = teardown
