"""The broker is only the bell: paused, emptied or killed, it costs nobody an answer or a job."""

import signal
from collections.abc import Callable

import redis

from tests.faults.installation import VALKEY, WORKER, Installation
from tests.faults.sender import Sender, photograph

PATIENCE = 15  # seconds that a person can be made to wait by a broker that hangs


def flush(installation: Installation) -> None:
    """FLUSHALL, on our own Valkey."""
    line = redis.Redis.from_url(installation.broker().replace("redis+socket://", "unix://"))
    assert line.info()["process_id"] == installation.pid(VALKEY)
    line.flushall()
    line.close()


def test_all_is_taken_in_and_done_whatever_becomes_of_the_broker(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    running.stop(WORKER)
    for number in range(5):
        assert sender.send(photograph(number)).status == 201
    flush(running)  # what was rung for is forgotten

    running.signal(VALKEY, signal.SIGSTOP)
    told = sender.send(photograph(10))
    assert (told.status, told.seconds < PATIENCE) == (201, True), told.seconds
    running.signal(VALKEY, signal.SIGCONT)

    running.signal(VALKEY)
    for number in range(20, 25):
        told = sender.send(photograph(number))
        assert (told.status, told.seconds < PATIENCE) == (201, True), told.seconds
    waiting = "SELECT count(*) FROM core_job WHERE state = 'waiting'"
    assert running.count(waiting) == 11

    running.revive(VALKEY)
    running.start_programs(WORKER)
    assert nothing_is_lost() < 60


def test_a_broker_that_restarts_under_a_living_worker_is_found_again(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    assert sender.send(photograph(1)).status == 201
    running.signal(VALKEY)
    running.revive(VALKEY)
    for number in range(2, 8):
        assert sender.send(photograph(number)).status == 201
    flush(running)
    assert nothing_is_lost() < 60
