"""Messages come thrice, at once, forged, or for nobody: each job is done exactly once."""

from collections.abc import Callable

from celery import Celery

from tests.faults.installation import BEAT, WORKER, Installation
from tests.faults.sender import Sender, photograph

ROUTES = {"evidence": "images", "reports": "reports", "comparison": "comparison"}


def ring(broker: Celery, task: str, argument: object) -> None:
    """A bell, as the program rings it or as somebody else might."""
    queue = ROUTES.get(task.partition(".")[0], "default")
    broker.send_task(task, args=[argument], queue=queue)


def test_each_message_delivered_three_times_at_once_is_done_once(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    running.stop(WORKER, BEAT)
    for number in range(8):
        assert sender.send(photograph(number)).status == 201
    running.deed("parts")
    running.deed("reports")
    jobs = running.ask("SELECT task, id FROM core_job")
    assert len(jobs) == 12
    with Celery(broker=running.broker()) as broker:
        for task, job in jobs:
            ring(broker, str(task), str(job))
            ring(broker, str(task), str(job))
            for wrong in ("", "'; DROP TABLE core_job", {"id": str(job)}, None):
                ring(broker, str(task), wrong)
            if task != "evidence.examine_file":
                ring(broker, "evidence.examine_file", str(job))
            ring(broker, "evidence.burn_everything", str(job))

    running.start_programs(WORKER, BEAT)
    nothing_is_lost()
    once = "SELECT count(*) FROM core_job WHERE attempt = 1"
    assert running.count(f"{once} AND task <> 'evidence.read_file'") == len(jobs)
    assert running.count(f"{once} AND task = 'evidence.read_file'") == 8
    for act, times in [("reports.report_made", 2), ("comparison.link_proposed", 1)]:
        assert running.count("SELECT count(*) FROM ledger_entry WHERE act = %s", act) == times
