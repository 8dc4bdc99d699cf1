"""What a worker does when the bell rings: take the job, do it once, or say why it could not."""

import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now

from core.jobs.asking import put_forward
from core.jobs.lease import Lease, Overtaken, kept_alive
from core.models import Job
from core.models.job import LEASE

Work = Callable[[UUID, Lease], object]
GivesUp = Callable[[UUID, str], object]
OUTSIDE = (OSError, OperationalError, InterfaceError)
"""Troubles of disks and servers, which pass."""

MOST_FAILURES, MOST_OUTSIDE = 3, 60
"""How often a job is tried: after errors of its own, and while the trouble lies elsewhere."""

LONGEST_PAUSE = 30  # seconds between two attempts; sixty of them are half an hour
WORKER_LOST = "WorkerLost"
log = logging.getLogger(__name__)


class GivenUp(Exception):
    """Trying again cannot help. The sentence (an English msgid) names nothing of any case."""


@dataclass(frozen=True)
class Duty:
    """A task by name, what is done for it, and what is done when it has failed for good."""

    task: str
    work: Work
    gives_up: GivesUp


def nothing_to_tell(row: UUID, reason: str) -> None:
    """Nobody waits for this job in front of a page."""


def task(name: str, *, gives_up: GivesUp = nothing_to_tell) -> Callable[[Work], Any]:
    """Declare what is done for jobs of this name; the message carries nothing but a job's id.

    `gives_up(row, reason)` is called in the transaction in which a job fails for good.
    """

    def declare(work: Work) -> Any:
        duty = Duty(name, work, gives_up)

        def answer(job_id: object = "", *_more: object, **_others: object) -> None:
            answer_bell(duty, job_id)

        answer.__doc__ = work.__doc__
        return shared_task(name=name)(answer)

    return declare


def answer_bell(duty: Duty, job_id: object) -> None:
    """Do the job, if it is one of this task and in nobody's hands; else do nothing at all."""
    try:
        known = UUID(str(job_id))
    except ValueError:
        return
    lease = take(duty, known)
    if lease is None:
        return
    try:
        with kept_alive(lease):
            duty.work(lease.row, lease)
        with suppress(Overtaken):  # the service has completed it with its result
            lease.complete()
    except Overtaken:
        log.warning("attempt %s at job %s was overtaken", lease.attempt, lease.job_id)
    except Exception as problem:
        told = type(problem).__name__, "".join(traceback.format_tb(problem.__traceback__))
        log.error("job %s (%s): %s\n%s", lease.job_id, duty.task, *told)  # its words may tell more
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        note_failure(duty, lease, problem)


@transaction.atomic
def take(duty: Duty, job_id: UUID) -> Lease | None:
    """Begin an attempt at a job, unless it is in other hands, not due, or not there."""
    ready = Job.objects.ready().of(duty.task).filter(pk=job_id)
    job = ready.select_for_update(skip_locked=True, no_key=True).first()
    if job is None:
        return None
    if job.state == Job.State.RUNNING:
        job.failures, job.last_error = job.failures + 1, WORKER_LOST
        if job.failures >= MOST_OUTSIDE:
            fail(duty, job)
            return None
    job.attempt += 1
    job.state, job.again = Job.State.RUNNING, False
    job.lease_until = job.ring_at = Now() + LEASE
    job.save()
    return Lease(job.pk, job.row, job.attempt)


@transaction.atomic
def note_failure(duty: Duty, lease: Lease, problem: Exception) -> None:
    """Try again after a pause, or leave it with the reason once that has been tried enough."""
    try:
        job = lease.hold()
    except Overtaken:
        return
    job.failures += 1
    job.last_error = type(problem).__name__[:100]
    if isinstance(problem, GivenUp):
        job.reason = str(problem)[:300]
    if job.reason or job.failures >= most_failures(problem):
        fail(duty, job)
        return
    job.state, job.lease_until = Job.State.WAITING, None
    job.run_after = job.ring_at = Now() + timedelta(seconds=min(2**job.failures, LONGEST_PAUSE))
    job.save()


def most_failures(problem: Exception) -> int:
    """How many attempts this kind of trouble is worth."""
    return MOST_OUTSIDE if isinstance(problem, OUTSIDE) else MOST_FAILURES


def fail(duty: Duty, job: Job) -> None:
    """Leave a locked job to a person, unless it was asked for again while it ran."""
    if job.again:
        job.failures = 0
        put_forward(job)
        return
    job.state, job.lease_until, job.finished_at = Job.State.FAILED, None, Now()
    job.save()
    duty.gives_up(job.row, job.reason)
