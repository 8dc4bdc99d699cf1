"""Tells the workers that there is something to do; a broker that is away loses nothing but this."""

import logging
from uuid import UUID

from celery import current_app

log = logging.getLogger(__name__)


def ring(task: str, job_id: UUID) -> bool:
    """Ring for one job; whether a broker took the message. The change behind it stands already."""
    try:
        current_app.send_task(task, args=[str(job_id)])  # web has not loaded the tasks
    except Exception as problem:  # whatever a broker in trouble may raise: the sweep rings again
        log.warning("bell %s for %s not rung: %s", task, job_id, type(problem).__name__)
        return False
    return True
