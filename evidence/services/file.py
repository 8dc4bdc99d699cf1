"""Taking files in: hashed while they stream, stored once, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.core.files import File as OpenFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.errors import Refused, WrittenDown
from core.models import Subject
from core.scope import system_scope
from evidence import vault
from evidence.models import File, Item
from evidence.models.vocabulary import AcquisitionMethod, Fixity
from evidence.services.caveat import require_takeable
from evidence.services.fixity import FILES, flag, found
from investigations.models import Case, Duty
from investigations.services.contribution import label_of_contribution
from investigations.services.label import take_on
from ledger.services import record, record_lines

LONGEST_NAME, LONGEST_PATH = 255, 1000

Line = tuple[str, Subject, Mapping[str, Any]]
"""An act, what it was done to, and the facts: a line of the ledger that is still to be written."""


def receive_file(
    case: Case,
    *,
    by: User,
    chunks: Iterable[bytes],
    name: str,
    item: Item | None = None,
    expected_sha256: str = "",
    acquisition_method: str = AcquisitionMethod.OWN_CAPTURE,
) -> File:
    """Take one file in; the same bytes for the same exhibit are one file, however often sent.

    The bytes reach the disk before the row is committed, so no row ever lacks its bytes.
    """
    held = require_place(case, item, by)
    try:
        kept = vault.keep_meanwhile(chunks, expected=expected_sha256)
    except ValueError as found:
        raise refused_as_altered(
            case, by=by, name=name, declared=expected_sha256, found=str(found)
        ) from None
    if kept.size == 0:
        raise Refused(_("The file is empty."))
    how: dict[str, Any] = {"name": name, "acquisition_method": acquisition_method}
    with transaction.atomic():
        return enter_file(case, by=by, kept=kept, item=item, held=held, **how)


@transaction.atomic
def refused_as_altered(
    case: Case, *, by: User, name: str, declared: str, found: str
) -> WrittenDown:
    """The refusal of a file whose SHA-256 is not the one declared, after its line in the ledger."""
    record(
        by,
        "evidence.file_refused",
        case,
        name=safe_name(name),
        declared=declared.lower(),
        found=found,
    )
    return WrittenDown(
        _("The file arrived altered: its SHA-256 is %(found)s. Nothing was stored; send again.")
        % {"found": found}
    )


def require_place(case: Case, item: Item | None, by: User) -> set[Duty]:
    """Refuse whoever may not log evidence there, and an exhibit of another case.

    Returns all that they may do in the case.
    """
    held = case.require(by, Duty.LOG_EVIDENCE, Duty.CONTRIBUTE)
    if item and item.case_id != case.pk:
        raise Refused(_("The exhibit belongs to another case."))
    if item:
        item.case = case
        item.require(by, Duty.LOG_EVIDENCE, held=held)
    return held


def safe_name(name: str) -> str:
    """What a file is called: the last part of whatever was sent, and never a path on our disks."""
    last = PurePath(name.replace("\\", "/").replace("\0", "")).name[-LONGEST_NAME:]
    return "" if last == ".." else last


def claimed_path(path: str) -> str:
    """The folder a file is said to have lain in: words to be read, never a path on our disks."""
    kept = "".join(sign for sign in path.replace("\\", "/") if sign.isprintable())
    return kept[-LONGEST_PATH:]


def enter_file(
    case: Case,
    *,
    by: User,
    kept: vault.Kept,
    name: str,
    item: Item | None,
    acquisition_method: str,
    path_as_sent: str = "",
    held: set[Duty] | None = None,
    after: Sequence[Line] = (),
) -> File:
    """Write the row of a file whose bytes are in the vault, and ask the worker to look at it.

    Call it inside a transaction: the disk is waited for last of all, before that is committed.
    Bytes that an exhibit of the case holds already are not laid out for sorting again. `held` are
    the duties of `by` there, where these were asked for already; the file's line in the ledger
    comes `after` these.
    """
    file = known_file(case, item, kept, by)
    if file is None:
        file = File(
            case=case,
            item=item,
            sha256=kept.sha256,
            size=kept.size,
            name=safe_name(name) or kept.sha256,
            path_as_sent=path_as_sent,
            acquisition_method=acquisition_method,
        )
        file = new_file(file, kept, by, held)
    is_new = not file.arrived_before
    record_lines(by, [*after, *([line_of(file)] if is_new else [])], log=case.ledger_log)
    if is_new:
        jobs.ask("evidence.examine_file", file.pk, is_new=True)
    kept.made_last()
    return file


def new_file(file: File, kept: vault.Kept, by: User, held: set[Duty] | None) -> File:
    """Enter the row of bytes that were not there a moment ago."""
    file.received_by, file.label = by, label_of_contribution(file.case, by, held)
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:  # the same bytes came twice at once, and the others were faster
        if known := known_file(file.case, file.item, kept, by):
            return known
        raise
    return file


def line_of(file: File) -> Line:
    """The line of the ledger about a file that was received."""
    told = {"sha256": file.sha256, "size": file.size, "name": file.name}
    return "evidence.file_received", file, {**told, "item": str(file.item_id or "")}


def known_file(case: Case, item: Item | None, kept: vault.Kept, by: User) -> File | None:
    """The row that these bytes have there already, if any.

    Without an exhibit, any of the case will do. Refused if it is not for this person's eyes.
    """
    twins = File.objects.filter(case=case, sha256=kept.sha256)
    with system_scope("the same bytes in one place are one file, whoever may see it"):
        places = set(twins.values_list("item", flat=True))
    here = item.pk if item else None
    if not places or (item and here not in places):
        return None
    seen = twins.visible_to(by)
    known = (seen.filter(item=item) if item else seen).first()
    if known:
        known.arrived_before = True
    elif here in places:
        raise Refused(_("This file cannot be taken in here. Ask the lead of the case."))
    return known


@transaction.atomic
def assign_file(file: File, item: Item, *, by: User) -> File:
    """Say which exhibit a file belongs to; if it is there already, nothing changes."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    if item.case_id != file.case_id:
        raise Refused(_("The exhibit belongs to another case."))
    if file.derived_from and file.derived_from.item_id != item.pk:
        raise Refused(_("A copy stays with its original: move that one."))
    item.require(by, Duty.LOG_EVIDENCE)
    if file.item_id == item.pk:
        return file
    with system_scope("an exhibit has the same bytes once, whoever may see them"):
        is_there = File.objects.filter(item=item, sha256=file.sha256).exists()
    if is_there:
        raise Refused(_("%(exhibit)s has this very file already.") % {"exhibit": item.exhibit_no})
    before, file.item = str(file.item_id or ""), item
    file.save(update_fields=["item"])
    for above in file.handlings_above():
        take_on(file, above)
    record(by, "evidence.file_assigned", file, before=before, after=str(item.pk))
    with system_scope("copies go where their original goes, whoever may see them"):
        copies = list(file.copies.select_related("case"))
    for copy in copies:
        assign_file(copy, item, by=by)
    return file


@transaction.atomic
def put_with_item_too(file: File, item: Item, *, by: User) -> File:
    """The file as this exhibit has it: the same photograph may show two, and both say so."""
    if file.item_id == item.pk:
        return file
    mine = File.objects.visible_to(by).filter(item=item, sha256=file.sha256).first()
    if mine:
        return mine
    if file.item_id is None:
        return assign_file(file, item, by=by)
    require_place(item.case, item, by)
    kept = vault.Kept(file.sha256, file.size)
    how: dict[str, Any] = {"name": file.name, "acquisition_method": file.acquisition_method}
    return enter_file(item.case, by=by, kept=kept, item=item, **how)


@transaction.atomic
def caption_file(file: File, *, by: User, caption: str, in_situ: bool) -> File:
    """Say what a file shows, and whether it was taken before the thing was moved."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    if (file.caption, file.in_situ) != (caption, in_situ):
        before, file.caption, file.in_situ = file.caption, caption, in_situ
        file.save(update_fields=["caption", "in_situ"])
        record(by, "evidence.file_captioned", file, before=before, after=caption, in_situ=in_situ)
    return file


@transaction.atomic
def verify_file(file: File, *, by: User) -> bool:
    """Hash the stored original again; the result, good or bad, stands in the ledger."""
    file = File.objects.locked_for(by, file)
    file.case.require_member(by)
    fixity = found(FILES, file)
    flag(FILES, file, fixity, by.username[:60])
    whole = fixity == Fixity.WHOLE
    record(by, "evidence.file_verified", file, sha256=file.sha256, whole=whole)
    return whole


@transaction.atomic
def take_original(file: File, *, by: User) -> OpenFile[bytes]:
    """Give an original out, open at its beginning, where no caveat keeps it from this person.

    Raises FileNotFoundError where the store does not have it; then nothing went out.
    """
    file.case.require_member(by)
    require_takeable(file, by)
    record(by, "evidence.original_downloaded", file, sha256=file.sha256)
    return vault.open_original(file.sha256)
