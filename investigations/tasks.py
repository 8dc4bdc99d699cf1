"""Background work on cases: ask a service, stop."""

from celery import shared_task

from investigations import services


@shared_task(name="investigations.watch_places")
def watch_places() -> None:
    """Every ten minutes: tell whose place ends soon, and write down whose has ended."""
    services.watch_places()
