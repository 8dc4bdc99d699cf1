"""Sending notifications: signed, tried again after longer and longer pauses, given up after a day.

Whoever dies between sending and writing down the answer has it sent twice, under one id: nothing
is lost, and the receiver can tell the second from a new one.
"""

import json
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import jobs
from core.errors import Refused
from core.sealing import Unopenable
from exchange.formats import standard_webhooks
from exchange.models import WebhookDelivery, WebhookReceiver
from exchange.services.posting import Answer, post
from exchange.services.webhook_address import place_of
from exchange.services.webhook_news import still_for
from exchange.services.webhook_reader import Reason, Unfit, reader_of
from exchange.services.webhook_sealing import body_of, secrets_in_use
from exchange.services.webhook_suspension import MAIL, stop_telling, suspend_unfit
from exchange.services.webhook_telling import write_body

PAUSES = (10, 60, 300, 1800, 7200, 21600)  # seconds after the first, second … failure
LONGEST = timedelta(hours=24)
"""So long after the first attempt none is made any more."""

MOST_GIVEN_UP = 3
"""So many notifications given up in a row suspend a receiver."""

ENDED_FOR_GOOD = 410
LONGEST_WORDS = 200
Status, Sort = WebhookDelivery.Status, WebhookDelivery.Sort


def deliver(delivery: WebhookDelivery, *, lease: jobs.Lease = jobs.BY_HAND) -> None:
    """Send a notification that is due, and write down what came of it."""
    receiver = delivery.receiver
    try:
        is_left = narrow(delivery, reader_of(receiver))
        answer = sent(delivery, secrets_in_use(receiver)) if is_left else None
    except Unfit as unfit:
        return suspend_unfit(receiver, unfit.reason, lease=lease)
    except Unopenable:
        return suspend_unfit(receiver, Reason.SECRET, lease=lease)
    return note_answer(delivery, answer, lease=lease)


def narrow(delivery: WebhookDelivery, reader: User) -> bool:
    """Leave out what the reader may not be told any more; whether anything is left."""
    if delivery.sort == Sort.TEST:
        return True
    told = json.loads(body_of(delivery))
    events = told["data"]["events"]
    left = still_for(events, delivery.receiver, reader)
    if len(left) < len(events):
        write_body(delivery, left, at=datetime.fromisoformat(told["timestamp"]))
    return bool(left)


def sent(delivery: WebhookDelivery, held: Sequence[str]) -> Answer:
    """Send the body, signed with each of these secrets, and hear the answer."""
    try:
        place = place_of(delivery.receiver.address)
    except Refused as refusal:  # the operator has taken the host off the list
        return Answer(0, "", type(refusal).__name__, 0)
    body = body_of(delivery)
    headers = standard_webhooks.headers(
        held, identifier=delivery.message_id, timestamp=int(time.time()), body=body
    )
    return post(place, body, headers)


@transaction.atomic
def note_answer(delivery: WebhookDelivery, answer: Answer | None, *, lease: jobs.Lease) -> None:
    """Write down what came of an attempt; without an answer, that nothing was left to be told."""
    receivers = WebhookReceiver.objects.select_for_update(no_key=True)
    receiver = receivers.get(pk=delivery.receiver_id)
    row = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    row.body, row.digest, row.count = delivery.body, delivery.digest, delivery.count
    if answer is None:
        row.end(Status.WITHHELD)
    else:
        put_down(row, answer)
        settle(row, receiver, answer)
    row.save()
    lease.complete()


def put_down(row: WebhookDelivery, answer: Answer) -> None:
    """The attempt itself: how long it took, and what was answered."""
    row.attempts, row.in_round = row.attempts + 1, row.in_round + 1
    row.answer_code, row.took = answer.code or None, answer.milliseconds
    words = "".join(sign if sign.isprintable() else " " for sign in answer.words)
    row.answer = words.strip()[:LONGEST_WORDS]
    row.problem = answer.problem or ("Redirect" if answer.code // 100 == 3 else "")


def settle(row: WebhookDelivery, receiver: WebhookReceiver, answer: Answer) -> None:
    """Whether it arrived, is tried again, or is given up, and the receiver with it."""
    at = next_attempt(row)
    if answer.code // 100 == 2:
        row.end(Status.DELIVERED)
        receiver.given_up = 0
    elif at and answer.code != ENDED_FOR_GOOD:
        row.wait_until(at)
        return
    else:
        row.end(Status.GIVEN_UP)
        receiver.given_up += 1
    receiver.save(update_fields=["given_up"])
    reason = Reason.ENDED if answer.code == ENDED_FOR_GOOD else Reason.UNDELIVERED
    is_over = answer.code == ENDED_FOR_GOOD or receiver.given_up >= MOST_GIVEN_UP
    if is_over and receiver.state == WebhookReceiver.State.ACTIVE:
        stop_telling(receiver, reason, by=None)
        jobs.ask(MAIL, receiver.pk)


def next_attempt(row: WebhookDelivery) -> datetime | None:
    """When it is tried again after this failure; nothing if that is too long after the first."""
    pause = PAUSES[min(row.in_round, len(PAUSES)) - 1]
    at = timezone.now() + timedelta(seconds=pause)
    return at if at <= row.round_at + LONGEST else None


@transaction.atomic
def give_up_delivery(delivery: WebhookDelivery) -> None:
    """The program itself failed at it, more than once: it stands in the log as given up."""
    row = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    if row.status == Status.WAITING:
        row.problem = "Failed"
        row.end(Status.GIVEN_UP)
        row.save(update_fields=["problem", "status", "next_at", "ended_at"])


def forget_old_deliveries() -> int:
    """Let go of what is older than the log is kept; return how much that was."""
    gone, _each = WebhookDelivery.objects.outlived().delete()
    return gone
