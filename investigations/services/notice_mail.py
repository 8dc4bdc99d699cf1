"""Notices by e-mail: that something awaits in a case, and nothing of what it is."""

from collections.abc import Collection

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User
from core import jobs
from core.scope import system_scope
from investigations.models import MailChoice, Notice
from ledger.services import record


@transaction.atomic
def choose_mail(*, by: User, kinds: Collection[str]) -> MailChoice:
    """Say which kinds of notices one wants by e-mail as well."""
    chosen = sorted({str(Notice.Kind(kind)) for kind in kinds})
    choice, _new = MailChoice.objects.update_or_create(user=by, defaults={"kinds": chosen})
    record(by, "investigations.mail_chosen", choice, kinds=chosen)
    return choice


@transaction.atomic
def mail_notice(notice: Notice, *, lease: jobs.Lease = jobs.BY_HAND) -> None:
    """Send it once, unless it was read meanwhile or is no longer the person's to know of.

    The row is held while the message goes out: only a server that dies between taking the message
    and the commit can have it sent a second time.
    """
    with system_scope("a notice is mailed to whom it is addressed"):
        rows = Notice.objects.select_for_update(of=("self",), no_key=True)
        notice = rows.select_related("case", "to").get(pk=notice.pk)
        if is_owed(notice):
            send(notice)
            notice.mailed_at = timezone.now()
            notice.save(update_fields=["mailed_at"])
    lease.complete()


def is_owed(notice: Notice) -> bool:
    """True while it is unread, unsent, wanted by mail and still about something they may see."""
    unread = Notice.objects.visible_to(notice.to).unseen().filter(pk=notice.pk, mailed_at=None)
    return (
        unread.exists()
        and MailChoice.objects.wanting(notice.kind).filter(user=notice.to_id).exists()
    )


def send(notice: Notice) -> None:
    """The message itself, in the reader's language; it names the case by its number alone."""
    link = settings.SITE_URL + reverse("investigations:request_list")
    told = {"ref": notice.case.ref, "link": link}
    with translation.override(notice.to.language):
        words = render_to_string("emails/notice.txt", told)
        subject = gettext("Something awaits you in %(ref)s") % told
        send_mail(subject, words, None, [notice.to.email])
