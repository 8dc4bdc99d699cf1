"""Makes good what bells and workers lost: rings again, and lets go of what was done long ago."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from core.jobs.asking import BELL_LOST
from core.jobs.bell import ring
from core.models import Job

KEPT = timedelta(days=30)
AT_ONCE = 500
"""Bells of one sweep: what waits behind them is rung for when these have been heard."""


def sweep() -> None:
    """Ring for every job that nobody has answered, took up, or finished in time."""
    for job in unheard():
        if not ring(job.task, job.pk):
            break
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=Now() - KEPT).delete()


@transaction.atomic
def unheard() -> list[Job]:
    """The longest unheard jobs, which from now on count as rung."""
    due = Job.objects.unheard().order_by("ring_at").select_for_update(skip_locked=True, no_key=True)
    jobs = list(due[:AT_ONCE])
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(ring_at=Now() + BELL_LOST)
    return jobs
