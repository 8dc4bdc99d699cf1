"""Recording markings: what is written on a part, or was."""

from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import jobs
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from evidence.models import Component, File, Marking, Proposal
from evidence.models.region import SIDES
from evidence.models.vocabulary import Transcription
from evidence.services.component import COMPARE
from investigations.models import Duty
from investigations.services.label import take_on
from ledger.services import record

READING = {"kind", "state", "as_seen", "script"}
"""What a person reads off the thing; the rest says where, or how it was treated."""


class MarkingFacts(TypedDict, total=False):
    """What may be said of a marking."""

    kind: str
    state: str
    as_seen: str
    script: str
    photo: File | None
    region: dict[str, Any] | None
    removal_pattern: str
    restoration_method: str


@transaction.atomic
def record_marking(component: Component, *, by: User, **facts: Unpack[MarkingFacts]) -> Marking:
    """Enter one marking as `by` reads it; the reader stays on record."""
    component.require(by, Duty.LOG_EVIDENCE)
    marking = Marking(case=component.case, component=component, transcribed_by=by, **facts)
    require_own_photo(marking)
    marking.full_clean()
    marking.save(force_insert=True)
    record(
        by,
        "evidence.marking_recorded",
        marking,
        marking_kind=marking.kind,
        state=marking.state,
        as_seen=marking.as_seen,
    )
    jobs.ask(COMPARE, component.pk)
    return marking


@transaction.atomic
def amend_marking(
    marking: Marking, *, by: User, version: int, **facts: Unpack[MarkingFacts]
) -> Marking:
    """Read a marking again; what was read before stands in the ledger."""
    marking = Marking.objects.locked_for(by, marking)
    marking.require(by, Duty.LOG_EVIDENCE)
    require_fresh(marking, version)
    changes = apply_changes(marking, facts)
    if changes:
        if READING & changes.keys():
            read_anew(marking, by)
        require_own_photo(marking)
        marking.full_clean()
        marking.save()
        for above in marking.handlings_above():
            take_on(marking, above)
        record(by, "evidence.marking_amended", marking, changes=changes)
        jobs.ask(COMPARE, marking.component_id)
    return marking


def read_anew(marking: Marking, by: User) -> None:
    """Another text is another reading: one person's, until a second one confirms it."""
    marking.transcribed_by, marking.transcription = by, Transcription.SINGLE_READ
    marking.confirmed_by = marking.confirmed_at = None


@transaction.atomic
def confirm_marking(marking: Marking, *, by: User, version: int, as_seen: str) -> Marking:
    """Read a marking a second time, by somebody else and letter by letter the same."""
    marking = Marking.objects.locked_for(by, marking)
    marking.require(by, Duty.LOG_EVIDENCE)
    require_fresh(marking, version)
    if not marking.bears_text:
        raise Refused(_("In this state there is nothing to be read."))
    if marking.confirmed_by_id:
        raise Refused(_("Two people have read this marking already."))
    if marking.transcribed_by_id == by.pk:
        raise Refused(_("The second reading is another person's."))
    if as_seen.strip() != marking.as_seen:
        raise Refused(
            _("You read it otherwise. Look at it together, then one of you reads it again.")
        )
    marking.transcription = Transcription.DOUBLE_READ
    marking.confirmed_by, marking.confirmed_at = by, timezone.now()
    marking.version += 1
    marking.save()
    record(by, "evidence.marking_confirmed", marking, as_seen=marking.as_seen)
    jobs.ask(COMPARE, marking.component_id)
    return marking


@transaction.atomic
def accept_proposal(
    proposal: Proposal, component: Component, *, by: User, kind: str, state: str
) -> Marking:
    """Take a machine's reading as a marking: its text is copied, and it stands as read by machine.

    What the machine reads later changes nothing of it.
    """
    component.require(by, Duty.LOG_EVIDENCE)
    proposal = Proposal.objects.locked_for(by, proposal)
    require_acceptable(proposal, component)
    marking = Marking(
        case=component.case,
        component=component,
        kind=kind,
        state=state,
        as_seen=proposal.text,
        photo=proposal.file,
        region=region_of(proposal),
        proposal=proposal,
        transcribed_by=by,
        transcription=Transcription.OCR,
    )
    marking.full_clean()
    marking.save(force_insert=True)
    record(
        by,
        "evidence.proposal_accepted",
        marking,
        proposal=str(proposal.pk),
        engine=proposal.engine,
        as_seen=marking.as_seen,
    )
    jobs.ask(COMPARE, component.pk)
    return marking


def require_acceptable(proposal: Proposal, component: Component) -> None:
    """Some text, read on a picture of the very exhibit, and not accepted before."""
    if proposal.file.item_id != component.item_id:
        raise Refused(_("The machine read a picture of another exhibit."))
    if not proposal.text:
        raise Refused(_("The machine read no text there."))
    with system_scope("a reading is accepted once, whoever may see what became of it"):
        was_accepted = Marking.objects.filter(proposal=proposal, component=component).exists()
    if was_accepted:
        raise Refused(_("This reading was accepted before."))
    if proposal.refused_by_id:
        raise Refused(
            _("This reading was refused. If it stands there after all, record it by hand.")
        )


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, by: User, reason: str) -> Proposal:
    """Say that a machine misread, and why; its reading stays to be seen, and is offered no more."""
    proposal = Proposal.objects.locked_for(by, proposal)
    proposal.require(by, Duty.LOG_EVIDENCE)
    if not proposal.text:
        raise Refused(_("The machine read no text there."))
    if proposal.refused_by_id:
        raise Refused(_("This reading was refused before."))
    with system_scope("a reading that became a marking is judged there, whoever may see it"):
        if Marking.objects.filter(proposal=proposal).exists():
            raise Refused(_("This reading became a marking. Read the marking again instead."))
    if not reason.strip():
        raise Refused(_("Say why."))
    proposal.refused_by, proposal.refused_at = by, timezone.now()
    proposal.refused_because = reason.strip()
    proposal.save(update_fields=["refused_by", "refused_at", "refused_because"])
    record(
        by,
        "evidence.proposal_refused",
        proposal,
        file=str(proposal.file_id),
        text=proposal.text,
        reason=proposal.refused_because,
    )
    return proposal


def region_of(proposal: Proposal) -> dict[str, int] | None:
    """Where the machine read it, as the region of a marking."""
    return dict(zip(SIDES, proposal.box, strict=True)) if proposal.box else None


def require_own_photo(marking: Marking) -> None:
    """A marking is pinned to a photo of its own case."""
    if marking.photo and marking.photo.case_id != marking.case_id:
        raise Refused(_("Choose a photo of this case."))
