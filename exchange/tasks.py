"""What is done by the clock for those who follow changes."""

from celery import shared_task

from exchange.services.forgetting import forget_old_steps


@shared_task(name="exchange.forget_old_steps")
def forget() -> None:
    """Every hour: let go of changes that are older than any good cursor."""
    forget_old_steps()
