"""What workers and the clock do: tables, who is told of changes, what passes with peers."""

from uuid import UUID

from celery import shared_task
from django.utils.translation import gettext

from core import jobs
from core.scope import system_scope
from exchange import services
from exchange.models import Delivery, Peer, Shipment, TableImport, WebhookDelivery, WebhookReceiver
from exchange.services.follower import forget_old_followers
from exchange.services.forgetting import forget_old_steps


@shared_task(name="exchange.forget_old_steps")
def forget() -> None:
    """Every hour: let go of changes, and of clients, that are older than any good cursor."""
    forget_old_steps()
    forget_old_followers()


@shared_task(name="exchange.forget_old_deliveries")
def forget_deliveries() -> None:
    """Every hour: let go of what the log of deliveries has kept long enough."""
    services.forget_old_deliveries()


@shared_task(name="exchange.ask_to_check_bytes")
def ask_to_check_bytes() -> None:
    """Every hour: owe a look at what came as tables and from peers."""
    services.ask_to_check_bytes()


@jobs.task("exchange.check_bytes")
def check_bytes(_row: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: what was read tonight is not due, and each is noted by itself."""
    services.check_bytes(lease=lease)


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


@jobs.task("exchange.speak_to_peer")
def speak_to_peer(peer_id: UUID, _lease: jobs.Lease) -> None:
    """Safe to run twice: what the peer has heard is not due any more."""
    waiting = Peer.objects.exclude(state__in=[Peer.State.SUSPENDED, Peer.State.REVOKED])
    if peer := waiting.with_lists().filter(pk=peer_id).first():
        services.speak_to_peer(peer)


def give_up_shipment(shipment_id: UUID, reason: str) -> None:
    """Whoever asked for it is told on its page."""
    with system_scope("say that a shipment could not be sent"):
        shipment = Shipment.objects.with_lists().get(pk=shipment_id)
        services.fail_shipment(shipment, reason or gettext("The peer did not answer."))


@jobs.task("exchange.send_shipment", gives_up=give_up_shipment)
def send_shipment(shipment_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: the peer knows a shipment by its identifier."""
    with system_scope("send what two people have agreed to"):
        if shipment := Shipment.objects.under_way().with_lists().filter(pk=shipment_id).first():
            services.send_shipment(shipment, lease=lease)


@jobs.task("exchange.tell_of_recall")
def tell_of_recall(shipment_id: UUID, _lease: jobs.Lease) -> None:
    """Safe to run twice: once the peer has signed for it nothing is sent."""
    with system_scope("tell a peer that something was taken back"):
        if shipment := Shipment.objects.with_lists().filter(pk=shipment_id).first():
            services.tell_of_recall(shipment)


def give_up_verifying(delivery_id: UUID, _reason: str) -> None:
    """What could not be verified is not taken in."""
    services.give_up_verifying(Delivery.objects.get(pk=delivery_id))


@jobs.task("exchange.verify_delivery", gives_up=give_up_verifying)
def verify_delivery(delivery_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: the verifier reads, and the last that it said stands."""
    if delivery := Delivery.objects.with_lists().filter(pk=delivery_id).first():
        services.verify_delivery(delivery, lease=lease)
