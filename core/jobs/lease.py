"""The right of one attempt at a job to write what it found; an overtaken one writes nothing."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from core.jobs.asking import put_forward
from core.models import Job
from core.models.job import LEASE

HEARTBEAT = 5.0  # seconds
log = logging.getLogger(__name__)


class Overtaken(Exception):
    """Another worker has this job now, or it has ended: what this one found is not kept."""


@dataclass(frozen=True)
class Lease:
    """One attempt at one job."""

    job_id: UUID
    row: UUID
    attempt: int

    def renew(self) -> None:
        """Say that the work goes on."""
        mine = Job.objects.filter(pk=self.job_id, attempt=self.attempt, state=Job.State.RUNNING)
        if not mine.update(lease_until=Now() + LEASE, ring_at=Now() + LEASE):
            raise Overtaken

    def hold(self) -> Job:
        """Inside the transaction that writes: keep all others out until it ends."""
        mine = Job.objects.filter(pk=self.job_id, attempt=self.attempt, state=Job.State.RUNNING)
        job = mine.select_for_update(no_key=True).first()
        if job is None:
            raise Overtaken
        return job

    def complete(self) -> None:
        """Last in the transaction that writes the result: the job ends with it, or neither does.

        Last, because those who ask for work lock the job after their own rows, too.
        """
        with transaction.atomic():
            job = self.hold()
            job.failures = 0
            if job.again:
                put_forward(job)
                return
            job.state, job.lease_until, job.finished_at = Job.State.DONE, None, Now()
            job.last_error = ""
            job.save()


class _ByHand(Lease):
    """Work that no job asked for: nobody can overtake it."""

    def renew(self) -> None:
        """Nobody waits for a sign of life."""

    def complete(self) -> None:
        """No job ends with it."""


BY_HAND: Lease = _ByHand(UUID(int=0), UUID(int=0), 0)
"""For a service that is called outside of any job."""


@contextmanager
def kept_alive(lease: Lease) -> Iterator[None]:
    """Renew the lease now and then while the work goes on, for as long as this process lives."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(lease, over), daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def _beat(lease: Lease, over: threading.Event) -> None:
    while not over.wait(HEARTBEAT):
        try:
            lease.renew()
        except Overtaken:
            return
        except DatabaseError as problem:  # it may be back before the lease ends
            log.warning("lease of job %s not renewed: %s", lease.job_id, type(problem).__name__)
        finally:
            connection.close()  # this thread's own
