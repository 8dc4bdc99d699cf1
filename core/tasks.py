"""What is done by the clock."""

from celery import shared_task

from core import jobs
from core.filing import clear_away_unfinished
from core.services.once import forget_outlived


@shared_task(name="core.sweep")
def sweep() -> None:
    """Every ten seconds: ring again for what was lost on the way."""
    jobs.sweep()


@shared_task(name="core.forget_keys")
def forget_keys() -> None:
    """Every hour: let go of the keys of requests that are older than a day."""
    forget_outlived()


@shared_task(name="core.clear_away_unfinished")
def clear_away() -> None:
    """Every hour: remove half-made copies that were left by processes that were killed."""
    clear_away_unfinished("evidence", "derived")
