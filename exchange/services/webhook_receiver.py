"""Entering receivers of webhooks and changing them: deeds of administrators, each with its line."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.errors import Refused
from core.security_log import note
from exchange.formats.standard_webhooks import draw_secret
from exchange.models import WebhookDelivery, WebhookReceiver
from exchange.services.followed_kind import followed
from exchange.services.webhook_address import place_of
from exchange.services.webhook_reader import Reason, Unfit, reader_of
from exchange.services.webhook_sealing import sealed_secret
from exchange.services.webhook_suspension import stop_telling
from exchange.services.webhook_telling import DELIVER, owe
from ledger.services import record

BOTH_IN_USE = timedelta(days=1)
"""So long notifications are signed with the former secret as well."""

AMENDED = ("name", "address", "token", "kinds", "case_ids")
State = WebhookReceiver.State


@transaction.atomic
def enter_receiver(row: WebhookReceiver, *, by: User) -> str:
    """Enter a receiver; return its secret, which is shown once. It is told at its next look."""
    require_system_administrator(by)
    check_receiver(row)
    row.full_clean(exclude=["secret"])
    row.shown_once = draw_secret()
    row.secret = sealed_secret(row.shown_once, row)
    row.save(force_insert=True)
    record(by, "exchange.receiver_entered", row, reads_as=str(row.user_id), **reach_of(row))
    note("webhook.entered", receiver=row.pk, by=by.pk, host=place_of(row.address).host)
    return row.shown_once


@transaction.atomic
def amend_receiver(row: WebhookReceiver, *, by: User) -> WebhookReceiver:
    """Keep what an administrator changed of its name, address, key and what it is told of."""
    require_system_administrator(by)
    check_receiver(row)
    kept = lock_receiver(row)
    for name in AMENDED:
        setattr(kept, name, getattr(row, name))
    kept.full_clean(exclude=["secret"])
    kept.save(update_fields=AMENDED)
    record(by, "exchange.receiver_amended", kept, **reach_of(kept))
    note("webhook.amended", receiver=kept.pk, by=by.pk, host=place_of(kept.address).host)
    return kept


@transaction.atomic
def suspend_receiver(row: WebhookReceiver, *, by: User) -> WebhookReceiver:
    """Tell it nothing until it is resumed; what changes meanwhile it is told then."""
    require_system_administrator(by)
    row = lock_receiver(row)
    if row.state == State.ACTIVE:
        stop_telling(row, Reason.BY_HAND, by=by)
    return row


@transaction.atomic
def resume_receiver(row: WebhookReceiver, *, by: User) -> WebhookReceiver:
    """Tell it again, what waits first; what barred it must be mended by then."""
    require_system_administrator(by)
    row = lock_receiver(row)
    if row.state == State.ACTIVE:
        return row
    check_receiver(row)
    row.state, row.reason, row.given_up = State.ACTIVE, "", 0
    row.save(update_fields=["state", "reason", "given_up"])
    now = timezone.now()
    row.deliveries.waiting().update(next_at=now, round_at=now, in_round=0)
    record(by, "exchange.receiver_resumed", row)
    note("webhook.resumed", receiver=row.pk, by=by.pk)
    return row


@transaction.atomic
def renew_secret(row: WebhookReceiver, *, by: User) -> str:
    """Draw a new secret, shown once; for a day what is sent is signed with the former one, too."""
    require_system_administrator(by)
    row = lock_receiver(row)
    drawn = draw_secret()
    row.former_secret, row.former_until = row.secret, timezone.now() + BOTH_IN_USE
    row.secret = sealed_secret(drawn, row)
    row.save(update_fields=["secret", "former_secret", "former_until"])
    record(by, "exchange.receiver_secret_renewed", row)
    note("webhook.renewed", receiver=row.pk, by=by.pk)
    return drawn


@transaction.atomic
def end_former_secret(row: WebhookReceiver, *, by: User) -> WebhookReceiver:
    """Sign with the new secret alone from now on: the former one may have leaked."""
    require_system_administrator(by)
    row = lock_receiver(row)
    row.former_secret, row.former_until = b"", None
    row.save(update_fields=["former_secret", "former_until"])
    record(by, "exchange.receiver_former_secret_ended", row)
    return row


@transaction.atomic
def begin_anew(row: WebhookReceiver, *, by: User) -> WebhookReceiver:
    """Forget how far it was told: at the next look it is told to make a snapshot."""
    require_system_administrator(by)
    row = lock_receiver(row)
    row.position = ""
    row.save(update_fields=["position"])
    record(by, "exchange.receiver_begun_anew", row)
    return row


@transaction.atomic
def send_test(row: WebhookReceiver, *, by: User) -> WebhookDelivery:
    """Send a notification without any change, so that both ends see whether it arrives."""
    require_system_administrator(by)
    row = lock_receiver(row)
    require_active(row)
    place_of(row.address)
    record(by, "exchange.receiver_tested", row)
    return owe(row, WebhookDelivery.Sort.TEST, [])


def check_receiver(row: WebhookReceiver) -> None:
    """Refuse an address that nothing may be sent to, and a reader who may not be told."""
    place_of(row.address)
    if row.token and row.token.user_id != row.user_id:
        raise Refused(_("This API key belongs to somebody else: choose one of the person's own."))
    if unknown := sorted(set(row.kinds) - set(followed())):
        raise Refused(_("There is no kind of this name: %(name)s.") % {"name": unknown[0]})
    try:
        reader_of(row)
    except Unfit as unfit:
        raise Refused(
            _("It may not be told: %(reason)s.") % {"reason": Reason(unfit.reason).label}
        ) from None


def reach_of(row: WebhookReceiver) -> dict[str, Any]:
    """Its name, where it is and what it is told of, for the ledger; a path may be a secret."""
    place = place_of(row.address)
    return {
        "name": row.name,
        "host": f"{place.host}:{place.port}",
        "key": row.token.prefix if row.token else "",
        "kinds": sorted(row.kinds),
        "cases": sorted(str(case) for case in row.case_ids),
    }


def lock_receiver(row: WebhookReceiver) -> WebhookReceiver:
    """The receiver as it is now, nobody else's until the deed is done."""
    return WebhookReceiver.objects.select_for_update(no_key=True).get(pk=row.pk)


def require_active(row: WebhookReceiver) -> None:
    """Nothing is sent to a receiver that is suspended."""
    if row.state != State.ACTIVE:
        raise Refused(_("This receiver is suspended: resume it first."))


def require_system_administrator(by: User) -> None:
    """Receivers are entered and changed by administrators alone."""
    if not (by.is_active and by.is_superuser):
        raise PermissionDenied


@transaction.atomic
def send_again(delivery: WebhookDelivery, *, by: User) -> WebhookDelivery:
    """Send a notification anew, under its own id: tried for another day where that is needed."""
    require_system_administrator(by)
    require_active(lock_receiver(delivery.receiver))
    row = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    now = timezone.now()
    row.wait_until(now)
    row.round_at, row.in_round = now, 0
    row.save(update_fields=["status", "next_at", "ended_at", "round_at", "in_round"])
    record(by, "exchange.delivery_sent_again", row)
    jobs.ask(DELIVER, row.pk)
    return row
