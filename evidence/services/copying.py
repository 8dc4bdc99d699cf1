"""Copies of files: made of an original or of another copy, with what was done to make them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.errors import Refused
from core.scope import system_scope
from evidence import vault
from evidence.models import File, Transformation
from evidence.models.vocabulary import CopyType
from evidence.services.file import safe_name
from investigations.models import Duty
from ledger.services import record

PASSED_ON = ("acquisition_method", "graphic_content")
"""What is true of a copy because it is true of what it was made of."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What was done: with which tool, set how, and why."""

    tool: str
    tool_version: str
    reason: str
    parameters: str = ""


def receive_copy(
    file: File, step: Step, *, by: User, chunks: Iterable[bytes], name: str, copy_type: str
) -> File:
    """Take in a copy that was made outside of Vestige, onto what it was made of.

    The same copy sent again is the one that is there.
    """
    file.require(by, Duty.LOG_EVIDENCE)
    require_copy_type(copy_type)
    kept = vault.keep(chunks)
    if kept.size == 0:
        raise Refused(_("The file is empty."))
    seen = File.objects.visible_to(by).filter(derived_from=file, copy_type=copy_type)
    if known := seen.filter(sha256=kept.sha256).first():
        return known
    return enter_copy(file, step, by=by, kept=kept, name=name, copy_type=copy_type)


@transaction.atomic
def enter_copy(
    file: File, step: Step, *, by: User, kept: vault.Kept, name: str, copy_type: str
) -> File:
    """Write the row of a copy whose bytes are in the vault, and what was done to make it.

    The original stays what it is: nothing here touches its row or its bytes.
    """
    require_copy_type(copy_type)
    if not (step.tool.strip() and step.tool_version.strip() and step.reason.strip()):
        raise Refused(_("Name the tool, its version, and why the copy was made."))
    require_other_bytes(file, kept)
    copy = File(
        case=file.case,
        item=file.item,
        sha256=kept.sha256,
        size=kept.size,
        name=safe_name(name) or kept.sha256,
        received_by=by,
        copy_type=copy_type,
        derived_from=file,
        **{name: getattr(file, name) for name in PASSED_ON},
    )
    copy.save(force_insert=True)
    log_step(copy, step, by)
    record(
        by,
        "evidence.copy_received",
        copy,
        of=str(file.pk),
        copy_type=copy_type,
        sha256=copy.sha256,
        tool=f"{step.tool} {step.tool_version}",
        parameters=step.parameters,
        reason=step.reason,
    )
    jobs.ask("evidence.examine_file", copy.pk)
    return copy


def log_step(copy: File, step: Step, by: User) -> None:
    """The step as a row of its own, under the copy's line."""
    Transformation(
        case=copy.case,
        file=copy,
        tool=step.tool.strip(),
        tool_version=step.tool_version.strip(),
        parameters=step.parameters.strip(),
        reason=step.reason.strip(),
        made_by=by,
    ).save(force_insert=True)


def require_copy_type(copy_type: str) -> None:
    """Whatever is made of a file is a copy, and never an original."""
    if copy_type not in CopyType.values or copy_type == CopyType.ORIGINAL:
        raise Refused(_("Say what kind of copy it is; an original is only received."))


def require_other_bytes(file: File, kept: vault.Kept) -> None:
    """Refuse bytes that are there already: one file is enough to prove that they are the same."""
    if kept.sha256 == file.sha256:
        raise Refused(
            _("This copy has the very bytes of what it was made of: the SHA-256 is the same.")
        )
    with system_scope("the same bytes in one place are one file, whoever may see it"):
        there = File.objects.filter(case=file.case_id, item=file.item_id, sha256=kept.sha256)
        if there.exists():
            raise Refused(_("This file is here already."))


@transaction.atomic
def describe_acquisition(
    file: File,
    *,
    by: User,
    acquisition_method: str,
    acquired_at: datetime | None,
    acquired_by: str,
    tool: str,
    tool_version: str,
) -> File:
    """Say how, when, by whom and with which tool a file was acquired."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    told: dict[str, Any] = {
        "acquisition_method": acquisition_method,
        "acquired_by": acquired_by.strip(),
        "tool": tool.strip(),
        "tool_version": tool_version.strip(),
    }
    for name, value in told.items():
        setattr(file, name, value)
    file.acquired_at = acquired_at
    file.save(update_fields=[*told, "acquired_at"])
    at = acquired_at.isoformat() if acquired_at else ""
    record(by, "evidence.acquisition_described", file, acquired_at=at, **told)
    return file
