"""PostgreSQL is killed under load: what was acknowledged is there, and stands there once."""

import time
from collections.abc import Callable

from tests.faults.installation import POSTGRES, Installation, until
from tests.faults.sender import Load, Sender, photograph


def test_a_database_killed_under_load_has_kept_every_acknowledged_file(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    with Load(sender, photograph):
        for _death in range(2):
            before = len(sender.acknowledged)
            until(lambda seen=before: len(sender.acknowledged) > seen + 5, "files to come in")
            running.signal(POSTGRES)
            time.sleep(1)
            away = sender.ask("GET", "/api/v1/items/")
            assert (away.status, away.body["code"]) == (503, "database-away")
            assert away.headers["Retry-After"]
            running.revive(POSTGRES)
        before = len(sender.acknowledged)
        until(lambda: len(sender.acknowledged) > before + 5, "files to come in again")

    assert sender.statuses <= {201, 503}
    assert nothing_is_lost() < 60
