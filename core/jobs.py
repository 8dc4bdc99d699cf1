"""How a service asks for background work without knowing who will do it."""

import logging
from uuid import UUID

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def after_commit(task_name: str, row_id: UUID) -> None:
    """Ring the bell for `task_name` once the change it depends on is safely stored.

    A broker that is down loses only the bell: the row stays pending and the sweep rings again.
    """

    def ring() -> None:
        try:
            current_app.send_task(task_name, args=[str(row_id)])  # web has not loaded the tasks
        except (OperationalError, OSError) as problem:
            log.warning("bell %s for %s not rung: %s", task_name, row_id, problem)

    transaction.on_commit(ring)
