"""The nightly check: every stored original is read again, and what differs is flagged."""

import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import security_log
from core.scope import system_scope
from evidence import vault
from evidence.models import File
from evidence.models.vocabulary import Fixity
from investigations.models import Duty, Notice
from investigations.services import tell_once
from ledger.services import record

BY = "evidence.check_stored_files"
ONCE_IN = timedelta(hours=20)
LONGEST = 1500.0  # seconds of one run; the next goes on where it stopped
AT_ONCE = 100


def check_stored_files(*, seconds: float = LONGEST) -> int:
    """Read originals again, the longest unread first, until none is due or time is up.

    Each is noted by itself, so a run that is killed loses nothing. Returns how many were read.
    """
    until, read = time.monotonic() + seconds, 0
    with system_scope("the nightly check reads every original, whoever may see it"):
        while due := list(File.objects.unread_since(timezone.now() - ONCE_IN)[:AT_ONCE]):
            for file in due:
                if time.monotonic() > until:
                    return read
                note_fixity(file, found(file))
                read += 1
    return read


def found(file: File) -> Fixity:
    """What the bytes on the disk are by now."""
    try:
        if vault.still_whole(file.sha256):
            return Fixity.WHOLE
        return Fixity.ALTERED if vault.is_there(file.sha256) else Fixity.MISSING
    except OSError:
        return Fixity.MISSING


@transaction.atomic
def note_fixity(file: File, fixity: Fixity) -> File:
    """Flag the file; only what changed leaves a line, for bytes that are whole say nothing new."""
    file = File.objects.select_for_update(of=["self"], no_key=True).get(pk=file.pk)
    whole = fixity == Fixity.WHOLE
    if flag(file, fixity, BY):
        told: dict[str, Any] = {
            "sha256": file.sha256,
            "whole": whole,
            "found": str(fixity),
            "job": BY,
        }
        record(None, "evidence.file_verified", file, **told)
    return file


def flag(file: File, fixity: Fixity, reader: str) -> bool:
    """Say on the locked file what was found, and tell the leads what broke; whether that is new."""
    before, whole = file.fixity, fixity == Fixity.WHOLE
    file.fixity, file.fixity_at, file.fixity_by = fixity, timezone.now(), reader
    file.save(update_fields=["fixity", "fixity_at", "fixity_by"])
    if not whole:
        security_log.note("fixity.broken", file=file.pk, found=str(fixity))
    changed = whole != (before in {Fixity.WHOLE, Fixity.UNREAD})
    if changed and not whole:
        with system_scope("the leads learn what became of a file of theirs"):
            leads = [person.pk for person in file.case.people_with(Duty.MANAGE)]
        kind, label = Notice.Kind.FILE_BROKEN, file.label_id
        tell_once(leads, kind, case=file.case_id, label=label, subject=file)
    return changed
