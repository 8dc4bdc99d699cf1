"""Background work on attribution: call one service, stop."""

from celery import shared_task

from attribution import services


@shared_task(name="attribution.remind_of_follow_ups")
def remind_of_follow_ups() -> None:
    """Every hour: tell who has to look at a measure again that it is due, or overdue; each once."""
    services.remind_of_follow_ups()
