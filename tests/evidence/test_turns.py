"""Deeds of one person at the same moment: each waits for its turn, and none for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from accounts.models import User
from core.scope import system_scope
from evidence.models import Upload
from evidence.services import begin_upload
from investigations.models import Incident
from ledger.services import record

TIMES = 25


def at_once(*deeds: Callable[[], object]) -> None:
    """Each deed many times over, on a connection of its own, side by side."""
    start = Barrier(len(deeds))

    def go_on(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            with system_scope("a test does two things at once"):
                for _time in range(TIMES):
                    deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(go_on, deeds))


@pytest.mark.django_db(transaction=True)
def test_a_file_is_announced_while_another_deed_of_the_same_person_is_written_down(
    strike: Incident, amal: User
) -> None:
    def announce() -> None:
        begin_upload(strike.case, by=amal, size=1000, name="film.mp4")

    def do_something_else() -> None:
        with transaction.atomic():
            record(amal, "tests.said", strike.case)

    at_once(announce, do_something_else)
    assert Upload.objects.filter(case=strike.case).count() == TIMES
