"""Background work of comparison: find the row, call one service, stop."""

from celery import shared_task
from django.db import IntegrityError, OperationalError

from comparison import services
from evidence.models import Component


@shared_task(
    name="comparison.propose_links",
    autoretry_for=(OSError, IntegrityError, OperationalError),
    retry_backoff=True,
)
def propose_links(component_id: str) -> None:
    """Safe to run twice: an unchanged pair stays as it is."""
    if component := Component.objects.filter(pk=component_id).first():
        services.propose_links(component)


@shared_task(name="comparison.propose_missing_links")
def propose_missing_links() -> None:
    """Every two minutes: ring again for components whose bell was lost."""
    for component_id in services.awaiting_comparison().values_list("pk", flat=True)[:1000]:
        propose_links.delay(str(component_id))
