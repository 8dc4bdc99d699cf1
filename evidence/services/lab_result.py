"""The work of an examination: begun, its samples, its result, and another person's look at it."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import require_fresh
from core.errors import Refused
from core.moments import require_in_order
from core.verbal_scale import SCALE
from evidence.models import File, Item, LabExam
from evidence.models.custody_event import CustodyKind
from evidence.models.exam_words import ExamState
from evidence.models.vocabulary import ItemStatus
from evidence.services.custody_event import CustodyFacts, enter
from evidence.services.custody_rule import is_held
from evidence.services.lab_exam import keep_exam, lock_exam, require_state
from investigations.models import Duty
from investigations.services.label import rest_on
from ledger.services import record


class ExamResult(TypedDict, total=False):
    """What came out of an examination."""

    method: str
    result: str
    proposition: str
    alternative: str
    supported: str
    support: str
    uncertainty: str
    limitations: str
    report_file: File | None


@transaction.atomic
def begin_exam(exam: LabExam, *, by: User, at: datetime | None = None) -> LabExam:
    """The examiner sets to work; for one outside the team, somebody who examines writes it down."""
    exam = lock_exam(exam, by)
    require_examiner(exam, by)
    require_state(exam, ExamState.ACCEPTED)
    exam.started_at = at or timezone.now()
    require_in_order(
        (_("requested"), exam.requested_at),
        (_("begun"), exam.started_at),
        (_("now"), timezone.now()),
    )
    exam.state = ExamState.BEGUN
    keep_exam(exam)
    note_in_custody(exam, CustodyKind.EXAMINED_START, by, exam.started_at)
    record(by, "evidence.exam_begun", exam, ref=exam.ref, at=exam.started_at.isoformat())
    return exam


@transaction.atomic
def report_exam(
    exam: LabExam,
    *,
    by: User,
    version: int,
    finished_at: datetime | None = None,
    **result: Unpack[ExamResult],
) -> LabExam:
    """Write down the result, what it supports and how strongly, and what it cannot say."""
    exam = lock_exam(exam, by)
    require_examiner(exam, by)
    require_fresh(exam, version)
    require_state(exam, ExamState.BEGUN)
    for name, value in result.items():
        setattr(exam, name, value)
    exam.finished_at, exam.reported_by = finished_at or timezone.now(), by
    require_in_order(
        (_("begun"), exam.started_at), (_("finished"), exam.finished_at), (_("now"), timezone.now())
    )
    require_complete(exam)
    exam.state = ExamState.REPORTED
    exam.scale_version = SCALE.version if exam.support else ""
    exam.full_clean()
    keep_exam(exam)
    if exam.report_file:
        rest_on(exam, [exam.report_file])
    note_in_custody(exam, CustodyKind.EXAMINED_END, by, exam.finished_at)
    record(
        by,
        "evidence.exam_reported",
        exam,
        ref=exam.ref,
        support=exam.support,
        supported=exam.supported,
        scale=exam.scale_version,
        report=exam.report_file.sha256 if exam.report_file else "",
    )
    return exam


def note_in_custody(exam: LabExam, kind: CustodyKind, by: User, at: datetime) -> None:
    """Each exhibit's custody says when it was under examination, and by whom.

    In other hands than the examiner's, or the laboratory's that it was let out to, that is a gap.
    An exhibit that is gone is left out.
    """
    for item in exam.exhibits.visible_to(by).order_by("id"):
        if is_held(item):
            enter(item, kind, by=by, at=at, **told_of_examination(exam, item))


def told_of_examination(exam: LabExam, item: Item) -> CustodyFacts:
    """Which one, and who had the exhibit: out of the team's hands, the laboratory."""
    purpose = f"{exam.ref} {exam.laboratory}"[:200]
    if item.status in {ItemStatus.LOANED, ItemStatus.ABROAD}:
        return {"purpose": purpose, "from_name": str(exam.laboratory)[:200]}
    return {"purpose": purpose, "from_person": exam.examiner}


def require_complete(exam: LabExam) -> None:
    """A result without its method and its limits proves nothing."""
    if not exam.result.strip():
        raise Refused(_("Write down the result, also when it is that nothing was found."))
    if not exam.method.strip():
        raise Refused(_("Name the method, with the number of its procedure."))
    if not exam.limitations.strip():
        raise Refused(_("Write down the limitations, or that there are none."))
    if exam.report_file and exam.report_file.case_id != exam.case_id:
        raise Refused(_("The report must be a file of this case."))


@transaction.atomic
def verify_exam(exam: LabExam, *, by: User) -> LabExam:
    """Another examiner has gone through result and conclusion, and stands by them."""
    exam = lock_exam(exam, by)
    exam.case.require(by, Duty.EXAMINE)
    require_state(exam, ExamState.REPORTED)
    if by.pk in {exam.examiner_id, exam.reported_by_id}:
        raise Refused(_("Nobody verifies their own examination: another examiner must."))
    exam.verifier, exam.verified_at = by, timezone.now()
    exam.state = ExamState.VERIFIED
    keep_exam(exam)
    record(by, "evidence.exam_verified", exam, ref=exam.ref)
    return exam


@transaction.atomic
def reopen_exam(exam: LabExam, *, by: User, reason: str) -> LabExam:
    """Another examiner does not stand by it: it goes back to whoever examined."""
    exam = lock_exam(exam, by)
    exam.case.require(by, Duty.EXAMINE)
    require_state(exam, ExamState.REPORTED)
    if by.pk in {exam.examiner_id, exam.reported_by_id}:
        raise Refused(_("Nobody verifies their own examination: another examiner must."))
    if not reason.strip():
        raise Refused(_("Say why."))
    exam.state, exam.state_reason = ExamState.BEGUN, reason.strip()
    exam.finished_at = None
    keep_exam(exam)
    record(by, "evidence.exam_returned", exam, ref=exam.ref, reason=exam.state_reason)
    return exam


def require_examiner(exam: LabExam, by: User) -> None:
    """Its examiner; for an examiner outside the team, anybody who examines in this case."""
    exam.case.require(by, Duty.EXAMINE)
    if exam.examiner_id and exam.examiner_id != by.pk:
        raise PermissionDenied(
            _("Only its examiner, %(person)s, can do this.") % {"person": exam.examiner}
        )
