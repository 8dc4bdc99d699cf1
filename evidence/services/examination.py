"""Looks at received files: what they claim, and small pictures of our own making."""

import shutil
import tempfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from core import jobs
from core.scope import system_scope
from evidence import vault
from evidence.imaging.claims import Exif
from evidence.imaging.examine import Examination, examine
from evidence.models import File
from evidence.models.remarks import NOT_EXAMINED
from evidence.models.vocabulary import FileState
from ledger.services import record

PIPELINE_VERSION = 3


def examine_file(file: File, *, lease: jobs.Lease = jobs.BY_HAND) -> File:
    """Examine one original in its own limited process; safe to run twice, or killed half-way.

    The pictures are stored first, and the row is written once.
    """
    with tempfile.TemporaryDirectory(prefix="vestige-examine-") as folder:
        source = Path(folder, "original")
        with vault.open_original(file.sha256) as original, source.open("wb") as copy:
            shutil.copyfileobj(original, copy)
        found = examine(source, Path(folder))
        drawn = {
            size: vault.keep_derived(
                vault.derived_address(file.sha256, size, PIPELINE_VERSION, picture.suffix), picture
            )
            for size, picture in (("thumbnail", found.thumbnail), ("preview", found.preview))
            if picture
        }
    return note_examination(file, found, drawn, lease=lease)


@transaction.atomic
def note_examination(
    file: File, found: Examination, drawn: dict[str, str], *, lease: jobs.Lease
) -> File:
    """Write down what was found, unless that has been done already."""
    file = File.objects.select_for_update(no_key=True).get(pk=file.pk)
    if file.pipeline_version >= PIPELINE_VERSION:
        return file
    file.pipeline_version = PIPELINE_VERSION
    if found.readable or not file.has_picture:  # who sees less than before takes nothing away
        take_over(file, found, drawn)
    file.save()
    record(
        None,
        "evidence.file_examined",
        file,
        sha256=file.sha256,
        state=state_of(found),
        pipeline=PIPELINE_VERSION,
    )
    if file.has_picture:
        jobs.ask("evidence.read_file", file.pk)
    lease.complete()
    return file


def take_over(file: File, found: Examination, drawn: dict[str, str]) -> None:
    """Put what was found into the columns of a locked file; pictures it replaces are let go."""
    before = [file.thumbnail, file.preview]
    file.state = state_of(found)
    file.state_reason = "" if found.readable else found.reason
    file.mime = found.mime
    file.width, file.height = found.width, found.height
    file.reading_notes = list(found.notes)
    file.thumbnail, file.preview = drawn.get("thumbnail", ""), drawn.get("preview", "")
    file.perceptual_hash, file.perceptual_quality = found.perceptual_hash, found.perceptual_quality
    for name, value in claims_of(found.exif).items():
        setattr(file, name, value)
    replaced = {*before} - {"", file.thumbnail, file.preview}
    transaction.on_commit(lambda: let_go(replaced))


def let_go(names: set[str]) -> None:
    """Remove pictures of our own making that no file shows any more."""
    with system_scope("the same bytes in two cases share their pictures"):
        shown = File.objects.filter(Q(thumbnail__in=names) | Q(preview__in=names))
        kept = {name for file in shown for name in (file.thumbnail, file.preview)}
    for name in names - kept:
        vault.drop_derived(name)


@transaction.atomic
def give_up_examination(file: File) -> File:
    """Say that it could not be examined; the original is kept, and may be examined yet."""
    file = File.objects.select_for_update(no_key=True).get(pk=file.pk)
    if file.is_waiting:
        file.state, file.state_reason = FileState.UNREADABLE, NOT_EXAMINED
        file.save(update_fields=["state", "state_reason"])
        record(None, "evidence.file_not_examined", file, sha256=file.sha256)
    return file


def state_of(found: Examination) -> FileState:
    """Ready, unreadable, or simply no picture."""
    if found.readable:
        return FileState.READY
    return FileState.NOT_A_PICTURE if found.reason == "not-a-picture" else FileState.UNREADABLE


def claims_of(exif: Exif | None) -> dict[str, Any]:
    """What the picture says of its making, in the columns that hold claims."""
    if exif is None:
        return {}
    camera = " ".join(part for part in (exif.camera_make, exif.camera_model) if part)
    return {
        "claimed_taken_at": moment_of(exif),
        "claimed_taken_text": (exif.taken_as_stated or "")[:60],
        "claimed_zone_known": bool(exif.offset),
        "claimed_latitude": decimal(exif.latitude, 6),
        "claimed_longitude": decimal(exif.longitude, 6),
        "claimed_altitude_m": decimal(exif.altitude_m, 1),
        "claimed_camera": camera[:200],
    }


def moment_of(exif: Exif) -> datetime | None:
    """The claimed moment; a camera that names no zone is read as UTC and marked as such."""
    if exif.taken_at is None:
        return None
    if exif.offset:
        return datetime.fromisoformat(exif.taken_at.isoformat() + exif.offset)
    return exif.taken_at.replace(tzinfo=UTC)


def decimal(value: float | None, places: int) -> Decimal | None:
    """A coordinate as it is stored."""
    return None if value is None else Decimal(f"{value:.{places}f}")
