"""Entering what authorities did on the strength of a finding: never before that was released."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Actor, Finding, Measure, MeasureStep, Release
from attribution.services.finding import lock_case
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.zones import today
from investigations.models import Duty
from investigations.services import next_numbers
from ledger.services import record

RECORDERS = (Duty.ANALYSE, Duty.CERTIFY)
"""Whoever analyses or prosecutes in a case may enter what followed its findings."""


class MeasureFacts(TypedDict, total=False):
    """What is said of a measure, apart from whom it is against and what happened to it."""

    kind: str
    authority: str
    programme: str
    remarks: str


class StepFacts(TypedDict, total=False):
    """What is said of one step."""

    kind: str
    day: date
    legal_ref: str
    url: str
    words: str
    corrects: MeasureStep | None


@transaction.atomic
def record_measure(
    finding: Finding,
    *,
    by: User,
    first: StepFacts,
    target: Actor | None = None,
    **facts: Unpack[MeasureFacts],
) -> Measure:
    """Enter a measure that rests on a released finding, with the first step of it."""
    case = lock_case(finding.case, by)
    case.require(by, *RECORDERS)
    release = release_relied_on(finding, by)
    measure = Measure(case=case, release=release, target=target, entered_by=by, **facts)
    require_named(release.finding, target)
    measure.ref = f"ME-{next_numbers(case, 'measure')[0]:04d}"
    measure.full_clean(exclude=["ref"])
    measure.save(force_insert=True)
    step = put_down(measure, 1, by, first)
    record(
        by,
        "attribution.measure_recorded",
        measure,
        ref=measure.ref,
        kind=measure.kind,
        finding=release.finding.ref,
        sha256=release.submission.sha256,
        target=str(measure.target_id or ""),
        step=step.kind,
        day=step.day.isoformat(),
    )
    return measure


@transaction.atomic
def amend_measure(
    measure: Measure, *, by: User, version: int, **facts: Unpack[MeasureFacts]
) -> Measure:
    """Say it otherwise; what it rests on, and whom it is against, stays as it was."""
    measure = lock_measure(measure, by)
    require_fresh(measure, version)
    changes = apply_changes(measure, facts)
    if changes:
        measure.full_clean(exclude=["ref"])
        measure.save()
        record(by, "attribution.measure_amended", measure, ref=measure.ref, fields=sorted(changes))
    return measure


@transaction.atomic
def withdraw_measure(measure: Measure, *, by: User, reason: str) -> Measure:
    """Say that it was entered by mistake; it stays readable, and counts no more."""
    measure = lock_measure(measure, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    measure.withdrawn_reason = reason.strip()
    measure.version += 1
    measure.save()
    record(by, "attribution.measure_withdrawn", measure, ref=measure.ref)
    return measure


def put_down(measure: Measure, seq: int, by: User, facts: StepFacts) -> MeasureStep:
    """Enter one step that has happened; it is never changed from here on."""
    wrong = facts.get("corrects")
    if wrong is not None and wrong.measure_id != measure.pk:
        raise Refused(_("It corrects a step of another measure."))
    step = MeasureStep(case=measure.case, measure=measure, seq=seq, entered_by=by, **facts)
    if step.day > today():
        raise Refused(_("Enter what has happened: this day lies ahead."))
    step.full_clean()
    step.save(force_insert=True)
    return step


def release_relied_on(finding: Finding, by: User) -> Release:
    """The release of a finding that stands, held still until the deed is done."""
    finding = Finding.objects.locked_for(by, finding)
    if not finding.is_released:
        raise Refused(
            _("%(ref)s does not stand released: a measure rests only on a finding that does.")
            % {"ref": finding.ref}
        )
    rows = Release.objects.visible_to(by).select_related("finding__subject", "submission")
    return rows.get(finding=finding)


def require_named(finding: Finding, target: Actor | None) -> None:
    """Nobody is named beside a finding that is not about them."""
    if target is None or target.pk == finding.subject_id:
        return
    if finding.subject is None:
        raise Refused(
            _("%(ref)s names nobody: enter the measure without saying against whom.")
            % {"ref": finding.ref}
        )
    raise Refused(
        _("%(ref)s is about somebody else: a measure against this actor needs a finding on them.")
        % {"ref": finding.ref}
    )


def lock_measure(measure: Measure, by: User) -> Measure:
    """The measure, nobody else's until the deed is done, if it was not withdrawn."""
    case = lock_case(measure.case, by)
    case.require(by, *RECORDERS)
    measure = Measure.objects.locked_for(by, measure)
    if measure.is_withdrawn:
        raise Refused(_("This measure was withdrawn: enter another one."))
    return measure
