"""What partners open of what is shared with them: once for each person, record and day."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.scope import system_scope
from investigations.models import CaseRecord
from ledger.models import Entry
from ledger.services import hold_chains, record

READ = "investigations.read_by_partner"


@transaction.atomic
def note_partner_reading(subject: CaseRecord, *, by: User) -> None:
    """Write down that one of a partner agency's people opened a shared record today.

    The chain is held before it is looked into, so that two pages at once leave one line.
    """
    if was_noted(subject, by):
        return
    hold_chains(subject.ledger_log)
    if not was_noted(subject, by):
        record(by, READ, subject, agency=str(by.agency_id or ""))


def was_noted(subject: CaseRecord, by: User) -> bool:
    """Whether a line of today says so already; partners themselves read no ledger."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    with system_scope("what a partner opened is told once a day"):
        told = Entry.objects.about(subject).filter(actor=by, act=READ, at__gte=today)
        return told.exists()
