"""Answers bells as a worker would, in the test's own process."""

from uuid import UUID

from celery import current_app

from core.models import Job


def job_for(task: str, row: UUID) -> Job:
    """The job that was asked for."""
    return Job.objects.get(task=task, row=row)


def answer(job: Job) -> Job:
    """What a worker does when the bell of this job rings; the job as it is then."""
    current_app.loader.import_default_modules()
    current_app.tasks[job.task](str(job.pk))
    job.refresh_from_db()
    return job


def moments_pass(job: Job) -> None:
    """As if pauses and leases were over."""
    past = "2026-01-01T00:00:00Z"
    Job.objects.filter(pk=job.pk).update(run_after=past, ring_at=past)
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(lease_until=past)
