"""What is done by the clock."""

from celery import shared_task

from core import jobs


@shared_task(name="core.sweep")
def sweep() -> None:
    """Every ten seconds: ring again for what was lost on the way."""
    jobs.sweep()
