"""What is done by the clock for those who follow changes, and for those who are told of them."""

from uuid import UUID

from celery import shared_task

from core import jobs
from exchange import services
from exchange.models import WebhookDelivery, WebhookReceiver
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
