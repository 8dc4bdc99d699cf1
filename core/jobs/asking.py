"""How a service asks for background work without knowing who will do it."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from core.jobs.bell import ring
from core.models import Job

BELL_LOST = timedelta(seconds=20)
"""A bell that nobody has answered for so long is rung again."""


@transaction.atomic(savepoint=False)
def ask(task: str, row: UUID, *, is_new: bool = False) -> None:
    """Owe `task` to a row, in the very transaction of the change that makes it necessary.

    Ask last in it. Asked twice while it waits, it is done once; asked while it runs, it is done
    once more afterwards, since what runs may have read the row as it was before. Of a row that
    `is_new`, entered in this transaction, nobody can have asked it before: that is not looked up.
    """
    owed: dict[str, Any] = {"task": task, "row": row}
    begun = {"ring_at": Now() + BELL_LOST}
    if is_new:
        job = Job.objects.create(**owed, **begun)
    else:
        jobs = Job.objects.select_for_update(no_key=True)
        job, is_new = jobs.get_or_create(**owed, defaults=begun)
    if is_new:
        transaction.on_commit(partial(ring, task, job.pk))
    elif job.state == Job.State.RUNNING:
        job.again = True
        job.save(update_fields=["again"])
    else:
        job.failures = 0
        put_forward(job)


def is_idle(task: str, row: UUID) -> bool:
    """True while it is owed and no living worker has it."""
    return Job.objects.of(task).idle().filter(row=row).exists()


@transaction.atomic
def try_again(job: Job) -> Job:
    """Give a job that has failed another round of attempts."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    if job.state == Job.State.FAILED:
        job.failures = 0
        put_forward(job)
    return job


def put_forward(job: Job) -> None:
    """Let a locked job wait for a worker, and ring once that is safely stored."""
    job.state, job.again, job.lease_until, job.finished_at = Job.State.WAITING, False, None, None
    job.run_after = Now()
    job.ring_at = Now() + BELL_LOST
    job.last_error = job.reason = ""
    job.save()
    transaction.on_commit(partial(ring, job.task, job.pk))
