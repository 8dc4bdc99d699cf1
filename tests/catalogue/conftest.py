"""The whole library, loaded once for all tests of a module and rolled back after the last."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from catalogue import services


@pytest.fixture(scope="module")
def library_of_module(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Tests run in savepoints inside this transaction, so what they change is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        services.load_catalogue()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(library_of_module: None, db: None) -> None:
    """Everything that ships with the product."""
