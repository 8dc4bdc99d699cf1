"""The web server is killed while files come in: no row lacks its bytes, none stands twice."""

import random
import time
from collections.abc import Callable

from tests.faults.installation import WEB, Installation, until
from tests.faults.sender import Load, Sender, photograph


def test_uploads_survive_a_web_server_that_is_killed_in_the_middle(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    def small_and_large(number: int) -> bytes:
        return photograph(number, width=random.choice([320, 2400]))  # noqa: S311

    with Load(sender, small_and_large):
        for _death in range(2):
            before = len(sender.acknowledged)
            until(lambda seen=before: len(sender.acknowledged) > seen + 3, "files to come in")
            time.sleep(random.random() / 2)  # noqa: S311
            running.signal(WEB)
            running.revive(WEB)
        before = len(sender.acknowledged)
        until(lambda: len(sender.acknowledged) > before + 3, "files to come in again")

    assert sender.statuses <= {0, 200, 201}
    nothing_is_lost()
