"""Suspending receivers that may not be told or cannot be reached, and telling administrators."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from core import jobs
from core.security_log import note
from exchange.models import WebhookReceiver
from ledger.services import record

MAIL = "exchange.mail_suspension"
State = WebhookReceiver.State


@transaction.atomic
def suspend_unfit(
    receiver: WebhookReceiver, reason: str, *, lease: jobs.Lease = jobs.BY_HAND
) -> None:
    """Tell a receiver nothing any more until an administrator resumes it."""
    row = WebhookReceiver.objects.select_for_update(no_key=True).get(pk=receiver.pk)
    if row.state == State.ACTIVE:
        stop_telling(row, reason, by=None)
        jobs.ask(MAIL, row.pk)
    lease.complete()


def stop_telling(row: WebhookReceiver, reason: str, *, by: User | None) -> None:
    """Suspend a receiver that is locked; by None it is the program that does so."""
    row.state, row.reason = State.SUSPENDED, reason
    row.save(update_fields=["state", "reason"])
    record(by, "exchange.receiver_suspended", row, reason=str(reason))
    note("webhook.suspended", receiver=row.pk, reason=str(reason))


def mail_suspension(receiver: WebhookReceiver, *, lease: jobs.Lease = jobs.BY_HAND) -> None:
    """Tell administrators who have an e-mail address, each in their language."""
    for user in User.objects.filter(is_superuser=True, is_active=True).exclude(email=""):
        link = reverse("admin:exchange_webhookreceiver_change", args=[receiver.pk])
        with translation.override(user.language):
            told = {
                "name": receiver.name,
                "reason": receiver.get_reason_display(),
                "link": settings.SITE_URL + link,
            }
            subject = gettext("A webhook receiver was suspended")
            send_mail(
                subject, render_to_string("emails/webhook_suspended.txt", told), None, [user.email]
            )
    lease.complete()
