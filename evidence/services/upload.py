"""Taking a file in piece by piece: what has arrived is kept, whatever happens to the line."""

from collections.abc import Sequence
from datetime import timedelta
from typing import IO, Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused, Stale
from core.scope import system_scope
from evidence import vault
from evidence.models import File, Item, Upload
from evidence.models.upload import KEPT_FOR
from evidence.models.vocabulary import AcquisitionMethod
from evidence.services.file import (
    Line,
    claimed_path,
    enter_file,
    refused_as_altered,
    require_place,
    safe_name,
)
from investigations.models import Case, Duty
from ledger.services import record, record_lines

ORPHANED = timedelta(hours=48)


class TooBig(Refused):
    """More than one person may send, at once or in all (HTTP 413)."""


class Misplaced(Stale):
    """The piece does not begin where the last one ended (HTTP 409)."""


class Busy(Refused):
    """Another request is adding to this upload at this moment (HTTP 423)."""


@transaction.atomic
def begin_upload(case: Case, *, by: User, item: Item | None = None, **said: Any) -> Upload:
    """Announce a file of `size` bytes; with `sha256` it is refused if it arrives altered."""
    require_place(case, item, by)
    upload = announced(case, by=by, item=item, **said)
    require_room(upload.size, by)
    upload.save()
    record_lines(by, [begun(upload)], log=upload.ledger_log)
    return upload


def announced(
    case: Case,
    *,
    by: User,
    size: int,
    name: str,
    item: Item | None = None,
    sha256: str = "",
    acquisition_method: str = AcquisitionMethod.OWN_CAPTURE,
    path: str = "",
) -> Upload:
    """What is announced of a file of `size` bytes; the row is not there yet."""
    if size == 0:
        raise Refused(_("The file is empty."))
    if size > settings.UPLOAD_LARGEST:
        raise TooBig(_("A single file may have %(n)d bytes.") % {"n": settings.UPLOAD_LARGEST})
    return Upload(
        case=case,
        item=item,
        sender=by,
        size=size,
        sha256=sha256.lower(),
        name=safe_name(name),
        acquisition_method=acquisition_method,
        path_as_sent=claimed_path(path),
        expires_at=timezone.now() + KEPT_FOR,
    )


def begun(upload: Upload) -> Line:
    """The line of the ledger about an announcement."""
    facts = {"size": upload.size, "item": str(upload.item_id or "")}
    return "evidence.upload_begun", upload, facts


def take_in_one(case: Case, *, by: User, piece: vault.Arriving, name: str, **said: Any) -> Upload:
    """A file that came whole with its announcement: announced, stored and entered in one deed."""
    try:
        return stored_in_one(case, by=by, piece=piece, name=name, **said)
    except ValueError as found:
        declared = said.get("sha256", "")
        raise refused_as_altered(
            case, by=by, name=name, declared=declared, found=str(found)
        ) from None


@transaction.atomic
def stored_in_one(
    case: Case, *, by: User, piece: vault.Arriving, item: Item | None = None, **said: Any
) -> Upload:
    """The bytes are on the disk before any row of theirs is; ValueError if they were altered.

    As it is at no moment under way, it takes up nothing of what one may have under way.
    """
    held = require_place(case, item, by)
    upload = announced(case, by=by, item=item, **said)
    kept = piece.keep(expected=upload.sha256)
    upload.received = kept.size
    enter_whole(upload, kept, by=by, held=held, after=[begun(upload)])
    upload.save()
    return upload


def require_room(size: int, by: User) -> None:
    """Refuse one more file than the settings allow one person to have under way."""
    User.objects.select_for_update(no_key=True).get(
        pk=by.pk
    )  # one announcement of theirs after the other
    with system_scope("count what one person has under way in all cases"):
        under_way = Upload.objects.sent_by(by).unfinished().total_size()
    if under_way + size > settings.UPLOAD_UNDER_WAY:
        raise TooBig(_("Too much is under way already. Finish or give up another upload first."))


@transaction.atomic
def extend_upload(upload: Upload, piece: IO[bytes], *, by: User, at: int) -> Upload:
    """Add the piece that begins at byte `at`, which is where the last one ended."""
    upload = locked(upload, by)
    require_offset(upload, at)
    upload.received = vault.stage(upload.pk, at, piece)
    upload.expires_at = timezone.now() + KEPT_FOR
    upload.save(update_fields=["received", "expires_at"])
    return upload


def require_offset(upload: Upload, at: int) -> None:
    """Refuse what does not go on where the last piece ended."""
    if upload.received != at:
        raise Misplaced(_("The next byte expected is number %(n)d.") % {"n": upload.received})


@transaction.atomic
def step_back(upload: Upload, there: int, *, by: User) -> Upload:
    """Go on from byte `there`, since what followed is no longer on the disk."""
    upload = locked(upload, by)
    upload.received = min(there, upload.received)
    upload.save(update_fields=["received"])
    return upload


def locked(upload: Upload, by: User) -> Upload:
    """The row as it is now, which nobody else changes meanwhile; the sender may still add to it."""
    mine = Upload.objects.visible_to(by).sent_by(by).select_related("case", "item")
    try:
        upload = mine.select_for_update(of=("self",), nowait=True, no_key=True).get(pk=upload.pk)
    except OperationalError:
        raise Busy(_("Another window is sending this file just now.")) from None
    require_place(upload.case, upload.item, by)
    return upload


def finish_upload(upload: Upload, *, by: User, sha256: str = "") -> File:
    """Hash what has arrived as it lies on the disk, and take it in as one file.

    Safe to ask twice, and after being killed at any moment: the bytes are stored before the row.
    """
    if upload.file is not None:
        upload.file.arrived_before = upload.was_known
        return upload.file
    kept = vault.measure(upload.pk)
    for announced in (sha256.lower(), upload.sha256):
        if announced and announced != kept.sha256:
            case, name = upload.case, upload.name
            end_upload(upload, by=by, why="altered")
            raise refused_as_altered(case, by=by, name=name, declared=announced, found=kept.sha256)
    vault.lay_down(kept, vault.staged(upload.pk))
    return become_file(upload, kept, by=by)


@transaction.atomic
def become_file(upload: Upload, kept: vault.Kept, *, by: User) -> File:
    """Write the row of a file whose bytes are in the vault; the staged ones are let go."""
    upload = locked(upload, by)
    transaction.on_commit(lambda: vault.unstage(upload.pk))
    file = enter_whole(upload, kept, by=by)
    upload.save(update_fields=["file", "was_known"])
    return file


def enter_whole(
    upload: Upload,
    kept: vault.Kept,
    *,
    by: User,
    held: set[Duty] | None = None,
    after: Sequence[Line] = (),
) -> File:
    """Enter what an upload became; its own row is for the caller to store."""
    if kept.size != upload.size:
        raise Misplaced(_("The file is not complete."))
    upload.file = enter_file(
        upload.case,
        by=by,
        kept=kept,
        name=upload.name,
        item=upload.item,
        acquisition_method=upload.acquisition_method,
        path_as_sent=upload.path_as_sent,
        held=held,
        after=after,
    )
    upload.was_known = upload.file.arrived_before
    return upload.file


@transaction.atomic
def end_upload(upload: Upload, *, by: User | None, why: str = "given up") -> None:
    """Let an upload go, and its staged bytes; the file it became stays."""
    if upload.file_id is None:
        record(by, "evidence.upload_ended", upload, why=why, received=upload.received)
    key = upload.pk
    upload.delete()
    transaction.on_commit(lambda: vault.unstage(key))


def end_expired_uploads() -> None:
    """Every hour: let go of what nothing was added to for a week, and of bytes without a row."""
    with system_scope("let go of uploads that nobody goes on with"):
        for upload in Upload.objects.expired()[:1000]:
            end_upload(upload, by=None, why="expired")
        for key in vault.staged_long_ago(ORPHANED.total_seconds()):
            if not Upload.objects.filter(pk=key).exists():
                vault.unstage(key)
