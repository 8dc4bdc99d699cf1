"""Establishing when and where a file was made, and another person's word on it."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import Establishment, File
from evidence.models.digital_words import EstablishingState
from investigations.models import Duty
from ledger.services import record


class Finding(TypedDict, total=False):
    """What was established, and on what it rests."""

    what: str
    earliest: datetime | None
    latest: datetime | None
    precision: str
    latitude: Decimal | None
    longitude: Decimal | None
    uncertainty_m: int | None
    method: str
    rationale: str


@transaction.atomic
def establish(file: File, *, by: User, **finding: Unpack[Finding]) -> Establishment:
    """Enter a finding of when or where a file was made; what the file claims stays beside it."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    row = Establishment(case=file.case, file=file, made_by=by, **finding)
    if not row.rationale.strip():
        raise Refused(_("Say on what it rests, so that another person can follow it."))
    row.full_clean()
    row.save(force_insert=True)
    record(
        by,
        "evidence.time_established" if row.is_time else "evidence.place_established",
        row,
        file=str(file.pk),
        method=row.method,
        value=value_of(row),
        precision=row.precision if row.is_time else f"{row.uncertainty_m} m",
    )
    return row


def value_of(row: Establishment) -> str:
    """The finding as the ledger keeps it."""
    if not row.is_time:
        return f"{row.latitude} {row.longitude}"
    ends = [moment.isoformat() for moment in (row.earliest, row.latest) if moment]
    return " / ".join(ends)


@transaction.atomic
def review_establishment(
    row: Establishment, *, by: User, state: str, review_note: str = ""
) -> Establishment:
    """Another person agrees or disputes; a dispute says why."""
    row = Establishment.objects.locked_for(by, row)
    row.case.require(by, Duty.LOG_EVIDENCE, Duty.REVIEW)
    if not row.waits:
        raise Refused(_("It was reviewed before. Establish it anew to say otherwise."))
    if row.made_by_id == by.pk:
        raise Refused(_("The review is another person's."))
    if state not in {EstablishingState.REVIEWED, EstablishingState.DISPUTED}:
        raise Refused(_("Say whether you agree."))
    if state == EstablishingState.DISPUTED and not review_note.strip():
        raise Refused(_("Say why you dispute it."))
    row.state, row.review_note = state, review_note.strip()
    row.reviewed_by, row.reviewed_at = by, timezone.now()
    row.save(update_fields=["state", "review_note", "reviewed_by", "reviewed_at"])
    record(by, "evidence.establishment_reviewed", row, state=state, note=row.review_note)
    return row
