"""Asking a laboratory to examine exhibits: the request, its acceptance, its refusal, its end."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import Laboratory
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.moments import require_in_order
from evidence.models import Item, LabExam
from evidence.models.exam_words import ExamState
from investigations.models import Case, Duty, Request, RequestKind
from investigations.services import approve, ask, next_numbers, require_kind
from investigations.services.label import rest_on
from investigations.services.request import lapse
from ledger.services import record


class ExamFacts(TypedDict, total=False):
    """What is asked of a laboratory."""

    laboratory: Laboratory
    discipline: str
    question: str
    method: str
    is_method_accredited: bool
    due: date | None


AGREED_TO = {"laboratory", "discipline", "question", "method"}
"""What a second person agrees to, where exhibits are altered or destroyed for it."""


@transaction.atomic
def request_exam(
    case: Case,
    *,
    by: User,
    exhibits: Sequence[Item],
    requested_at: datetime | None = None,
    why_destructive: str = "",
    **facts: Unpack[ExamFacts],
) -> LabExam:
    """Put a question about exhibits to a laboratory.

    `why_destructive` says why the exhibit must be altered or destroyed for it; then a second
    person has to agree before the laboratory may accept.
    """
    case.require(by, Duty.LOG_EVIDENCE, Duty.EXAMINE)
    require_exhibits(case, exhibits, by)
    at = requested_at or timezone.now()
    exam = LabExam(case=case, requested_by=by, requested_at=at, **facts)
    exam.is_destructive = bool(why_destructive.strip())
    require_in_order((_("The request"), exam.requested_at), (_("now"), timezone.now()))
    require_accredited(exam)
    exam.ref = f"EX-{next_numbers(case, 'examination')[0]:04d}"
    exam.full_clean(exclude=["ref"])
    exam.save(force_insert=True)
    exam.exhibits.add(*exhibits)
    rest_on(exam, exhibits)
    record(
        by,
        "evidence.exam_requested",
        exam,
        ref=exam.ref,
        exhibits=[item.exhibit_no for item in exhibits],
        laboratory=str(exam.laboratory_id),
        discipline=exam.discipline,
        destructive=exam.is_destructive,
    )
    if exam.is_destructive:
        ask_for_destruction(exam, by=by, reason=why_destructive)
    return exam


def require_exhibits(case: Case, exhibits: Sequence[Item], by: User) -> None:
    """At least one exhibit, of this case, that this person sees and somebody ever held."""
    if not exhibits:
        raise Refused(_("Name at least one exhibit."))
    seen = set(Item.objects.visible_to(by).filter(case=case).values_list("pk", flat=True))
    for item in exhibits:
        if item.pk not in seen:
            raise Refused(_("Choose exhibits of this case."))
        if not item.was_possessed:
            raise Refused(
                _("%(exhibit)s was only documented: a laboratory cannot examine it.")
                % {"exhibit": item.exhibit_no}
            )


def require_accredited(exam: LabExam) -> None:
    """No method is within an accreditation that the laboratory does not have."""
    if exam.is_method_accredited and not exam.laboratory.accreditation_no:
        raise Refused(
            _("No accreditation of %(laboratory)s is known: enter it, or take the tick away.")
            % {"laboratory": exam.laboratory}
        )


@transaction.atomic
def amend_exam(exam: LabExam, *, by: User, version: int, **facts: Unpack[ExamFacts]) -> LabExam:
    """Ask otherwise, as long as the laboratory has not accepted.

    Whoever agreed that exhibits may be destroyed agreed to what was asked then: they agree anew.
    """
    exam = lock_exam(exam, by)
    exam.case.require(by, Duty.LOG_EVIDENCE, Duty.EXAMINE)
    require_fresh(exam, version)
    require_state(exam, ExamState.REQUESTED)
    changes = apply_changes(exam, facts)
    if changes:
        require_accredited(exam)
        if AGREED_TO & changes.keys():
            exam.approved_by = exam.approved_at = None
            lapse(RequestKind.DESTRUCTIVE_EXAM, exam, by=by)
        exam.full_clean()
        exam.save()
        record(by, "evidence.exam_amended", exam, changes=changes)
    return exam


@transaction.atomic
def ask_for_destruction(exam: LabExam, *, by: User, reason: str) -> Request:
    """Ask a second person to agree that the exhibits may be altered or destroyed."""
    exam = lock_exam(exam, by)
    exam.case.require(by, Duty.LOG_EVIDENCE, Duty.EXAMINE)
    require_state(exam, ExamState.REQUESTED)
    if not exam.awaits_approval:
        raise Refused(_("Nobody has to agree to this examination, or somebody did."))
    seen = exam.exhibits.visible_to(by).order_by("exhibit_no")
    numbers = ", ".join(seen.values_list("exhibit_no", flat=True))
    words = {
        _("Exhibits"): numbers,
        _("Laboratory"): str(exam.laboratory),
        _("Question"): exam.question[:500],
        _("Method"): exam.method,
    }
    return ask(
        RequestKind.DESTRUCTIVE_EXAM,
        exam,
        by=by,
        reason=reason,
        ref=exam.ref,
        asked={"words": {word: said for word, said in words.items() if said}},
    )


@transaction.atomic
def approve_destruction(request: Request, *, by: User) -> LabExam:
    """The second person agrees: the laboratory may now accept."""
    require_kind(request, RequestKind.DESTRUCTIVE_EXAM)
    request = approve(request, by=by)
    exam = lock_exam(LabExam(pk=request.subject_id), by)
    require_state(exam, ExamState.REQUESTED)
    exam.approved_by, exam.approved_at = by, timezone.now()
    keep_exam(exam)
    record(
        by,
        "evidence.exam_destruction_approved",
        exam,
        ref=exam.ref,
        request=str(request.pk),
        asked_by=str(request.asked_by_id),
        reason=request.reason,
    )
    return exam


@transaction.atomic
def accept_exam(
    exam: LabExam, *, by: User, examiner: User | None = None, examiner_outside: str = ""
) -> LabExam:
    """The laboratory takes it on; somebody answers for it: of the team, or a name outside of it."""
    exam = lock_exam(exam, by)
    exam.case.require(by, Duty.EXAMINE, Duty.MANAGE)
    require_state(exam, ExamState.REQUESTED)
    if exam.awaits_approval:
        raise Refused(
            _("It destroys or alters the exhibit: another person must agree before it is accepted.")
        )
    if bool(examiner) == bool(examiner_outside.strip()):
        raise Refused(_("Name one examiner: somebody of the team, or somebody outside of it."))
    if examiner and Duty.EXAMINE not in exam.case.duties(examiner):
        raise Refused(_("%(person)s is no examiner of this case.") % {"person": examiner})
    exam.examiner, exam.examiner_outside = examiner, examiner_outside.strip()
    exam.state = ExamState.ACCEPTED
    keep_exam(exam)
    record(
        by,
        "evidence.exam_accepted",
        exam,
        ref=exam.ref,
        examiner=str(exam.examiner_id or exam.examiner_outside),
    )
    return exam


@transaction.atomic
def refuse_exam(exam: LabExam, *, by: User, reason: str) -> LabExam:
    """The laboratory does not take it on, or cannot finish it."""
    exam = lock_exam(exam, by)
    exam.case.require(by, Duty.EXAMINE, Duty.MANAGE)
    require_state(exam, ExamState.REQUESTED, ExamState.ACCEPTED)
    return end_exam(exam, by, ExamState.REFUSED, "evidence.exam_refused", reason)


@transaction.atomic
def withdraw_exam(exam: LabExam, *, by: User, reason: str) -> LabExam:
    """It is not wanted any more; whoever asked says so, or the lead."""
    exam = lock_exam(exam, by)
    duties = exam.case.duties(by)
    if exam.requested_by_id != by.pk and Duty.MANAGE not in duties:
        raise PermissionDenied(_("Only whoever asked for it, or the lead, can withdraw it."))
    require_state(exam, ExamState.REQUESTED, ExamState.ACCEPTED)
    return end_exam(exam, by, ExamState.WITHDRAWN, "evidence.exam_withdrawn", reason)


def end_exam(exam: LabExam, by: User, state: ExamState, act: str, reason: str) -> LabExam:
    """It comes to nothing, for a stated reason; what waits for a second person falls with it."""
    if not reason.strip():
        raise Refused(_("Say why."))
    exam.state, exam.state_reason = state, reason.strip()
    keep_exam(exam)
    record(by, act, exam, ref=exam.ref, reason=exam.state_reason)
    lapse(RequestKind.DESTRUCTIVE_EXAM, exam, by=by)
    return exam


def lock_exam(exam: LabExam, by: User) -> LabExam:
    """The row, locked, if `by` may see it."""
    return LabExam.objects.locked_for(by, exam)


def require_state(exam: LabExam, *states: ExamState) -> None:
    """Refuse a step that does not follow from where the examination is."""
    if exam.state not in states:
        raise Refused(
            _("This examination is “%(state)s”: that step cannot be done now.")
            % {"state": exam.get_state_display()}
        )


def keep_exam(exam: LabExam) -> None:
    """Write a further step down."""
    exam.version += 1
    exam.save()
