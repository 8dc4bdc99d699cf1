"""Redacting pictures: regions are marked, a copy is drawn without them, another person looks."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import PIL
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.errors import Refused
from evidence import vault
from evidence.imaging.redact import CannotRedact, redact
from evidence.models import File, Redaction
from evidence.models.digital_words import RedactionReason, RedactionState
from evidence.models.region import SIDES, require_box
from evidence.models.vocabulary import CopyType
from evidence.services.copying import Step, enter_copy
from investigations.models import Duty
from ledger.services import record

MOST_REGIONS = 50


@transaction.atomic
def ask_redaction(file: File, *, by: User, regions: list[dict[str, Any]]) -> Redaction:
    """Mark what is to go and why; the copy is drawn in the background."""
    file = File.objects.locked_for(by, file)
    file.require(by, Duty.LOG_EVIDENCE)
    if not file.has_picture:
        raise Refused(_("Only a picture that can be shown is redacted."))
    require_regions(regions)
    asked = Redaction.objects.visible_to(by).filter(file=file, regions=regions)
    if asked.exclude(state=RedactionState.FAILED).exists():
        raise Refused(_("A copy without these regions was asked for before."))
    redaction = Redaction(case=file.case, file=file, regions=regions, made_by=by)
    redaction.save(force_insert=True)
    record(by, "evidence.redaction_asked", redaction, file=str(file.pk), regions=regions)
    jobs.ask("evidence.draw_redaction", redaction.pk)
    return redaction


def require_regions(regions: list[dict[str, Any]]) -> None:
    """At least one box within the picture, each with its reason."""
    if not 0 < len(regions) <= MOST_REGIONS:
        raise Refused(_("Mark from 1 to 50 regions."))
    for region in regions:
        if set(region) != {*SIDES, "reason"} or region["reason"] not in RedactionReason.values:
            raise Refused(_("Each region is a box with a reason."))
        try:
            require_box(region)
        except ValidationError as problem:
            raise Refused(" ".join(problem.messages)) from None


def draw_redaction(redaction: Redaction, *, lease: jobs.Lease = jobs.BY_HAND) -> Redaction:
    """Draw the copy in the limited process; safe to run twice, or killed half-way."""
    source = redaction.file
    boxes = [tuple(region[side] for side in SIDES) for region in redaction.regions]
    with tempfile.TemporaryDirectory(prefix="vestige-redact-") as folder:
        original = Path(folder, "original")
        with vault.open_original(source.sha256) as held, original.open("wb") as copy:
            shutil.copyfileobj(held, copy)
        try:
            drawn = redact(original, Path(folder), boxes)
        except CannotRedact:
            return fail_redaction(redaction, lease=lease)
        if (drawn.width, drawn.height) != (source.width, source.height):
            return fail_redaction(redaction, lease=lease)
        kept = vault.keep([drawn.path.read_bytes()])
    return note_redaction(redaction, kept, lease=lease)


@transaction.atomic
def note_redaction(redaction: Redaction, kept: vault.Kept, *, lease: jobs.Lease) -> Redaction:
    """Write down what was drawn, unless that has been done already."""
    redaction = Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
    if redaction.state != RedactionState.WAITING:
        return redaction
    redaction.copy = enter_copy(
        redaction.file,
        step_of(redaction),
        by=redaction.made_by,
        kept=kept,
        name=f"redacted-{kept.sha256[:12]}.jpg",
        copy_type=CopyType.REDACTED,
    )
    redaction.state = RedactionState.DRAWN
    redaction.save(update_fields=["copy", "state"])
    record(None, "evidence.redaction_drawn", redaction, sha256=kept.sha256)
    lease.complete()
    return redaction


def step_of(redaction: Redaction) -> Step:
    """How the copy was made, as its log tells it."""
    boxes = "; ".join(
        " ".join(str(region[side]) for side in SIDES) + f" {region['reason']}"
        for region in redaction.regions
    )
    return Step(
        tool="Vestige, Pillow",
        tool_version=PIL.__version__,
        parameters=f"JPEG, black boxes in per mille: {boxes}"[:1000],
        reason=_("Pixels destroyed and metadata removed, to be shown outside."),
    )


@transaction.atomic
def fail_redaction(redaction: Redaction, *, lease: jobs.Lease = jobs.BY_HAND) -> Redaction:
    """Say that no copy could be drawn; nothing leaves the team by mistake."""
    redaction = Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
    if redaction.state == RedactionState.WAITING:
        redaction.state = RedactionState.FAILED
        redaction.save(update_fields=["state"])
        record(None, "evidence.redaction_failed", redaction)
    lease.complete()
    return redaction


@transaction.atomic
def review_redaction(
    redaction: Redaction, *, by: User, state: str, review_note: str = ""
) -> Redaction:
    """Another person looks at the copy: it may go out, or it goes back with the reason."""
    redaction = Redaction.objects.locked_for(by, redaction)
    redaction.case.require(by, Duty.LOG_EVIDENCE, Duty.REVIEW)
    if not redaction.waits_for_review:
        raise Refused(_("There is no copy to be looked at, or somebody has."))
    if redaction.made_by_id == by.pk:
        raise Refused(_("The review is another person's."))
    if state not in {RedactionState.ACCEPTED, RedactionState.RETURNED}:
        raise Refused(_("Say whether you agree."))
    if state == RedactionState.RETURNED and not review_note.strip():
        raise Refused(_("Say what is still to be seen."))
    redaction.state, redaction.review_note = state, review_note.strip()
    redaction.reviewed_by, redaction.reviewed_at = by, timezone.now()
    redaction.save(update_fields=["state", "review_note", "reviewed_by", "reviewed_at"])
    record(by, "evidence.redaction_reviewed", redaction, state=state, note=redaction.review_note)
    return redaction
