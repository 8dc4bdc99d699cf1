"""What workers and the clock do for imports of tables, and for those who follow changes."""

from uuid import UUID

from celery import shared_task

from core import jobs
from core.scope import system_scope
from exchange import services
from exchange.models import TableImport
from exchange.services.forgetting import forget_old_steps


@shared_task(name="exchange.forget_old_steps")
def forget() -> None:
    """Every hour: let go of changes that are older than any good cursor."""
    forget_old_steps()


def give_up(table_id: UUID, reason: str) -> None:
    """Whoever waits for the import is told."""
    with system_scope("say that an import could not be gone on with"):
        services.give_up_table(TableImport.objects.with_lists().get(pk=table_id), reason)


@jobs.task("exchange.work_on_table", gives_up=give_up)
def work_on_table(table_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: an import that waits for nothing is left alone."""
    with system_scope("go on with an import in the name of whoever asked for it"):
        if table := TableImport.objects.at_work().with_lists().filter(pk=table_id).first():
            services.work_on_table(table, lease=lease)
