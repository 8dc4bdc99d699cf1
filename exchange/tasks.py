"""What workers and the clock do for tables brought in, and for those who are told of changes."""

from uuid import UUID

from celery import shared_task

from core import jobs
from core.scope import system_scope
from exchange import services
from exchange.models import TableImport, WebhookDelivery, WebhookReceiver
from exchange.services.forgetting import forget_old_steps


@shared_task(name="exchange.forget_old_steps")
def forget() -> None:
    """Every hour: let go of changes that are older than any good cursor."""
    forget_old_steps()


@shared_task(name="exchange.forget_old_deliveries")
def forget_deliveries() -> None:
    """Every hour: let go of what the log of deliveries has kept long enough."""
    services.forget_old_deliveries()


@shared_task(name="exchange.ask_to_tell")
def ask_to_tell() -> None:
    """Every ten seconds: ask for a look for each receiver, and for what is due to be sent."""
    services.ask_to_tell()


@jobs.task("exchange.tell")
def tell(receiver_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: it goes on from where the receiver was told last."""
    if receiver := WebhookReceiver.objects.active().filter(pk=receiver_id).first():
        services.tell_receiver(receiver, lease=lease)


def give_up_delivery(delivery_id: UUID, _reason: str) -> None:
    """The log says so, until somebody has it sent again."""
    services.give_up_delivery(WebhookDelivery.objects.get(pk=delivery_id))


@jobs.task("exchange.deliver", gives_up=give_up_delivery)
def deliver(delivery_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what was delivered is not due, and what is sent twice bears one id."""
    due = WebhookDelivery.objects.due().select_related("receiver")
    if delivery := due.filter(pk=delivery_id).first():
        services.deliver(delivery, lease=lease)


@jobs.task("exchange.mail_suspension")
def mail_suspension(receiver_id: UUID, lease: jobs.Lease) -> None:
    """Nothing leaves for a receiver that was resumed meanwhile."""
    suspended = WebhookReceiver.objects.filter(state=WebhookReceiver.State.SUSPENDED)
    if receiver := suspended.filter(pk=receiver_id).first():
        services.mail_suspension(receiver, lease=lease)


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
