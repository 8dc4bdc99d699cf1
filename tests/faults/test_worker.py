"""Workers die: the whole of one, a child of its pool, and the process that decodes a picture."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.faults.installation import WORKER, Installation, parent_of, until
from tests.faults.sender import Sender, photograph, slow_photograph

FAILED = "SELECT count(*) FROM core_job WHERE last_error = %s"
RUNNING = "SELECT count(*) FROM core_job WHERE state = 'running' AND task = %s"
FORKER = "evidence.imaging.forker evidence.imaging.child"
EXAMINE, REPORT = "evidence.examine_file", "reports.typeset_report"


def decoder(running: Installation) -> int:
    """A process of the worker that is decoding a picture just now."""
    found: list[int] = []

    def forked() -> list[int]:
        warm = running.below(WORKER, FORKER)
        return [pid for pid in warm if parent_of(pid) in warm]

    until(lambda: found.extend(forked()) or found, "a picture decoded")
    return found[0]


def test_pictures_are_examined_though_decoders_and_workers_are_killed_at_it(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    running.stop(WORKER)
    for _number in range(6):
        sender.send_until_acknowledged(slow_photograph())
    for number in range(6):
        sender.send_until_acknowledged(photograph(number))
    running.start_programs(WORKER)

    running.kill_below(WORKER, decoder(running))
    until(lambda: running.count(FAILED, "ExaminationFailed"), "it to be noticed")
    running.kill_below(WORKER, parent_of(parent_of(decoder(running))))
    decoder(running)
    running.signal(WORKER)
    running.revive(WORKER)

    nothing_is_lost()
    assert running.count("SELECT sum(attempt - 1) FROM core_job") >= 3, "nothing was hit"
    unreadable = "SELECT count(*) FROM evidence_file WHERE state <> 'ready'"
    assert running.count(unreadable) == 0


def test_reports_are_made_once_though_their_workers_are_killed_at_it(
    running: Installation, sender: Sender, nothing_is_lost: Callable[[], float]
) -> None:
    for number in range(12):
        sender.send_until_acknowledged(photograph(number, width=800))
    until(lambda: not running.count(RUNNING, EXAMINE), "files to be examined")
    pool = running.below(WORKER, "celery")

    with ThreadPoolExecutor() as beside:  # looked for meanwhile: a report is soon made
        asked = beside.submit(running.deed, "reports")
        until(lambda: running.count(RUNNING, REPORT), "a report to be begun")
        child = next(pid for pid in pool if parent_of(pid) == running.pid(WORKER))
        running.kill_below(WORKER, child)
        running.signal(WORKER)
        running.revive(WORKER)
        asked.result()

    nothing_is_lost()
    attempts = "SELECT max(attempt) FROM core_job WHERE task = %s"
    assert running.count(attempts, REPORT) > 1, "no report was hit"
    made = "SELECT count(*) FROM reports_report WHERE state = 'ready' AND sha256 <> ''"
    assert running.count(made) == 2
    lines = "SELECT count(*) FROM ledger_entry WHERE act = 'reports.report_made'"
    assert running.count(lines) == 2
