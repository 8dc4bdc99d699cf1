"""Telling receivers: what is new is owed to them in the transaction that says how far they are."""

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.models import Job
from exchange.models import WebhookDelivery, WebhookReceiver
from exchange.services.webhook_news import Event, News, news_for
from exchange.services.webhook_reader import Unfit, reader_of
from exchange.services.webhook_sealing import sealed_body
from exchange.services.webhook_suspension import suspend_unfit

TELL = "exchange.tell"
DELIVER = "exchange.deliver"
IN_ONE = 200
"""So many changes are told in one notification."""

MOST_WAITING = 50
"""While so many notifications wait for a receiver, news gather in the journal."""

REWRITTEN = timedelta(days=1)
"""How old a position becomes before it is written anew, so that a quiet one does not expire."""


def ask_to_tell() -> None:
    """Owe a look for each receiver, and a try of each notification that is due.

    Where the operator has named no host, everything waits until they name one.
    """
    if not settings.WEBHOOK_HOSTS:
        return
    for receiver in WebhookReceiver.objects.active().values_list("pk", flat=True):
        jobs.ask(TELL, receiver)
    under_way = Job.objects.of(DELIVER).filter(state__in=Job.UNFINISHED).values("row")
    due = WebhookDelivery.objects.due().exclude(pk__in=under_way)
    for delivery in due.order_by("next_at").values_list("pk", flat=True):
        jobs.ask(DELIVER, delivery)


def tell_receiver(receiver: WebhookReceiver, *, lease: jobs.Lease = jobs.BY_HAND) -> None:
    """Look what is new for a receiver, and owe it; where nothing is, nothing is written."""
    if receiver.deliveries.waiting().count() >= MOST_WAITING:
        return lease.complete()
    try:
        news = news_for(receiver, reader_of(receiver))
    except Unfit as unfit:
        return suspend_unfit(receiver, unfit.reason, lease=lease)
    told_at = receiver.listened_at
    if not news.moved and told_at and told_at > timezone.now() - REWRITTEN:
        return lease.complete()
    return keep_news(receiver, news, lease=lease)


@transaction.atomic
def keep_news(receiver: WebhookReceiver, news: News, *, lease: jobs.Lease) -> None:
    """What is owed, and how far that is, unless somebody was faster or it is suspended now."""
    row = WebhookReceiver.objects.select_for_update(no_key=True).get(pk=receiver.pk)
    if row.state == WebhookReceiver.State.ACTIVE and row.position == receiver.position:
        for start in range(0, len(news.events), IN_ONE):
            owe(row, WebhookDelivery.Sort.CHANGES, news.events[start : start + IN_ONE])
        row.position, row.listened_at = news.position, timezone.now()
        row.save(update_fields=["position", "listened_at"])
    lease.complete()


def owe(receiver: WebhookReceiver, sort: str, events: list[Event]) -> WebhookDelivery:
    """A notification that is to be sent as soon as this transaction is committed."""
    now = timezone.now()
    delivery = WebhookDelivery(receiver=receiver, sort=sort, round_at=now, next_at=now)
    write_body(delivery, events, at=now)
    delivery.save(force_insert=True)
    jobs.ask(DELIVER, delivery.pk)
    return delivery


def write_body(delivery: WebhookDelivery, events: list[Event], *, at: datetime) -> None:
    """What a notification says: no title, no value, only that something is to be read anew."""
    told = {
        "type": delivery.sort,
        "timestamp": at.isoformat(timespec="milliseconds"),
        "data": {"events": events},
    }
    body = json.dumps(told, separators=(",", ":")).encode()
    delivery.body = sealed_body(body, delivery)
    delivery.digest, delivery.count = hashlib.sha256(body).hexdigest(), len(events)
