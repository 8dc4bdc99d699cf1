"""The nightly check: whatever is stored for good is read again, and what differs is flagged.

Originals of evidence are read here. Rooms above put what they keep on shelves of their own, and
have them read in the same way.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core import jobs, security_log
from core.filing import is_whole
from core.scope import system_scope
from evidence import vault
from evidence.models import File
from evidence.models.vocabulary import Fixity
from investigations.models import CaseRecord, Duty, Notice
from investigations.services import tell_once
from ledger.services import record

BY = "evidence.check_stored_files"
ONCE_IN = timedelta(hours=20)
LONGEST = 1500.0  # seconds of one run; the next goes on where it stopped
SHORT = 300.0  # seconds of one run of a room above, where there is less to read
AT_ONCE = 100


def nobody(_row: Any) -> None:
    """Those who can act meet it on the page of the thing itself."""


def tell_leads(row: CaseRecord) -> None:
    """The leads of its case must learn of it."""
    with system_scope("the leads learn what became of a file of theirs"):
        leads = [person.pk for person in row.case.people_with(Duty.MANAGE)]
    kind, label = Notice.Kind.FILE_BROKEN, row.label_id
    tell_once(leads, kind, case=row.case_id, label=label, subject=row)


@dataclass(frozen=True)
class Shelf:
    """Stored bytes of one sort: `rows` name them by their SHA-256, `address` says where they lie.

    A change of what is found leaves a line of the `act` by the `job`; `tell` tells what broke.
    """

    rows: Callable[[], QuerySet[Any]]
    store: str
    address: Callable[[str], str]
    act: str
    job: str
    tell: Callable[[Any], None] = nobody


FILES = Shelf(
    rows=File.objects.all,
    store="evidence",
    address=vault.address,
    act="evidence.file_verified",
    job=BY,
    tell=tell_leads,
)


def check_stored_files(*, seconds: float = LONGEST) -> int:
    """Read originals again, the longest unread first; return how many were read."""
    return check_shelf(FILES, seconds=seconds)


def check_shelf(shelf: Shelf, *, seconds: float, lease: jobs.Lease = jobs.BY_HAND) -> int:
    """Read what lies on a shelf, the longest unread first, until none is due or time is up.

    Each is noted by itself, so a run that is killed loses nothing. Returns how many were read.
    """
    until, read = time.monotonic() + seconds, 0
    with system_scope("the nightly check reads all that is stored, whoever may see it"):
        while rows := list(unread(shelf)[:AT_ONCE]):
            for row in rows:
                if time.monotonic() > until:
                    return read
                lease.renew()
                note_fixity(shelf, row, found(shelf, row))
                read += 1
    return read


def unread(shelf: Shelf) -> QuerySet[Any]:
    """The rows whose bytes were not read since last night, the longest unread first."""
    due = Q(fixity_at=None) | Q(fixity_at__lt=timezone.now() - ONCE_IN)
    return shelf.rows().filter(due).order_by(F("fixity_at").asc(nulls_first=True), "id")


def found(shelf: Shelf, row: Any) -> Fixity:
    """What the bytes on the disk are by now."""
    store, name = storages[shelf.store], shelf.address(row.sha256)
    try:
        if is_whole(store, name, row.sha256):
            return Fixity.WHOLE
        return Fixity.ALTERED if store.exists(name) else Fixity.MISSING
    except OSError:
        return Fixity.MISSING


@transaction.atomic
def note_fixity(shelf: Shelf, row: Any, fixity: Fixity) -> None:
    """Flag the row; only what changed leaves a line, for bytes that are whole say nothing new.

    What was let go of on purpose while it was read is no longer on the shelf, and not broken.
    """
    rows = shelf.rows().select_for_update(of=["self"], no_key=True)
    row = rows.filter(pk=row.pk).first()
    if row is not None and flag(shelf, row, fixity, shelf.job):
        told: dict[str, Any] = {
            "sha256": row.sha256,
            "whole": fixity == Fixity.WHOLE,
            "found": str(fixity),
            "job": shelf.job,
        }
        record(None, shelf.act, row, **told)


def flag(shelf: Shelf, row: Any, fixity: Fixity, reader: str) -> bool:
    """Say on the locked row what was found, and tell of what broke; whether that is new."""
    before, whole = row.fixity, fixity == Fixity.WHOLE
    row.fixity, row.fixity_at, row.fixity_by = fixity, timezone.now(), reader
    row.save(update_fields=["fixity", "fixity_at", "fixity_by"])
    if not whole:
        kind = row._meta.label_lower
        security_log.note("fixity.broken", kind=kind, file=row.pk, found=str(fixity))
    changed = whole != (before in {Fixity.WHOLE, Fixity.UNREAD})
    if changed and not whole:
        shelf.tell(row)
    return bool(changed)
