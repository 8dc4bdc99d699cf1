"""Background work of the exchange room: what nobody needs any more, and what passes with peers."""

from uuid import UUID

from celery import shared_task
from django.utils.translation import gettext

from core import jobs
from core.scope import system_scope
from exchange import services
from exchange.models import Delivery, Peer, Shipment
from exchange.services.forgetting import forget_old_steps


@shared_task(name="exchange.forget_old_steps")
def forget() -> None:
    """Every hour: let go of changes that are older than any good cursor."""
    forget_old_steps()


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


def give_up_delivery(delivery_id: UUID, _reason: str) -> None:
    """What could not be verified is not taken in."""
    services.give_up_delivery(Delivery.objects.get(pk=delivery_id))


@jobs.task("exchange.verify_delivery", gives_up=give_up_delivery)
def verify_delivery(delivery_id: UUID, lease: jobs.Lease) -> None:
    """Safe to run twice: the verifier reads, and the last that it said stands."""
    if delivery := Delivery.objects.with_lists().filter(pk=delivery_id).first():
        services.verify_delivery(delivery, lease=lease)
