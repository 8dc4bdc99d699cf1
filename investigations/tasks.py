"""Background work on cases: find the row, call one service, stop."""

from uuid import UUID

from celery import shared_task

from core import jobs
from core.scope import system_scope
from investigations import services
from investigations.models import Notice


@jobs.task("investigations.mail_notice")
def mail_notice(notice_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what was sent, or read meanwhile, is not sent again."""
    with system_scope("mail a notice"):
        if notice := Notice.objects.filter(pk=notice_id).first():
            services.mail_notice(notice, lease=lease)


@shared_task(name="investigations.remind_of_tasks")
def remind_of_tasks() -> None:
    """Every hour: tell whoever answers for a late task; each once for each day it was due."""
    services.remind_of_tasks()


@shared_task(name="investigations.watch_places")
def watch_places() -> None:
    """Every ten minutes: tell whose place ends soon, and write down whose has ended."""
    services.watch_places()
