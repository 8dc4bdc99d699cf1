"""Keeps what machines read in pictures as proposals; people accept them, or leave them."""

import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from core import jobs
from evidence import vault
from evidence.imaging import reading
from evidence.imaging.reading import Read, Reading, read_picture
from evidence.models import File, Proposal
from evidence.models.remarks import NOT_READ
from ledger.services import record


def readers() -> str:
    """What reads pictures here and now; files read with anything else are to be read again."""
    return reading.read_with(text=settings.READS_TEXT)


def read_file(file: File, *, lease: jobs.Lease = jobs.BY_HAND) -> File:
    """Read one picture in its own limited process; safe to run twice, or killed half-way."""
    with tempfile.NamedTemporaryFile(prefix="vestige-read-") as copy:
        with vault.open_original(file.sha256) as original:
            shutil.copyfileobj(original, copy)
        copy.flush()
        found = read_picture(Path(copy.name), text=settings.READS_TEXT)
    return note_reading(file, found, lease=lease)


@transaction.atomic
def note_reading(file: File, found: Read, *, lease: jobs.Lease) -> File:
    """Keep what was found before and is found again, add what is new, withdraw the rest.

    A reading that failed withdraws nothing.
    """
    file = File.objects.select_for_update(no_key=True).get(pk=file.pk)
    standing = {_content(one): one for one in file.proposals.standing()}
    fresh = {_content(one): one for one in found.found}
    for content in fresh.keys() - standing.keys():
        _propose(file, fresh[content])
    if not found.trouble:
        gone = [standing[content].pk for content in standing.keys() - fresh.keys()]
        Proposal.objects.filter(pk__in=gone).update(withdrawn_at=Now())
    file.read_with, file.reading_trouble = readers(), found.trouble
    file.save(update_fields=["read_with", "reading_trouble"])
    told: dict[str, Any] = {
        "proposals": len(fresh),
        "trouble": found.trouble,
        "with": file.read_with,
    }
    record(None, "evidence.file_read", file, sha256=file.sha256, **told)
    lease.complete()
    return file


@transaction.atomic
def give_up_reading(file: File) -> File:
    """Say that it could not be read; what an earlier reading found stays, and it may be tried."""
    file = File.objects.select_for_update(no_key=True).get(pk=file.pk)
    file.reading_trouble = NOT_READ
    file.save(update_fields=["reading_trouble"])
    record(None, "evidence.file_not_read", file, sha256=file.sha256)
    return file


def _propose(file: File, one: Reading) -> None:
    facts = asdict(one)
    Proposal.objects.create(case=file.case, file=file, pipeline_version=reading.VERSION, **facts)


def _content(one: Proposal | Reading) -> tuple[object, ...]:
    """What makes two readings the same proposal."""
    return one.kind, one.text, one.symbology, repr(one.box), repr(one.facts), one.engine
