"""Reading several tables as they were at one and the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from core.scope import asking_as

AT_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within is of one moment, and nothing can be written.

    Inside of a transaction that is under way already its own view of the tables holds.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with asking_as(None), connection.cursor() as cursor:
            cursor.execute(AT_ONE_MOMENT)  # must be the very first: nothing is said before it
        yield
