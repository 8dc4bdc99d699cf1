"""What the page of one examination shows, and what the page of an exhibit says of its own."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from evidence.forms import (
    BeginForm,
    ExamAcceptForm,
    ExamReasonForm,
    ExamStepForm,
    SampleForm,
)
from evidence.models import Item, LabExam
from evidence.models.exam_words import ExamState
from investigations.http import crumbs_to, handling_of
from investigations.models import Duty, Request, RequestKind

PAGE, PART = "evidence/labexam_detail.html", "evidence/_labexam.html"
FORMS: dict[str, type[ExamStepForm]] = {
    "accept": ExamAcceptForm,
    "ask": ExamReasonForm,
    "begin": BeginForm,
    "sample": SampleForm,
    "verify": ExamStepForm,
    "reopen": ExamReasonForm,
    "refuse": ExamReasonForm,
    "withdraw": ExamReasonForm,
}
LABELS = {
    "accept": _("Accept"),
    "ask": _("Ask a second person"),
    "begin": _("Begin"),
    "sample": _("Take a sample"),
    "verify": _("Verify"),
    "reopen": _("Return to the examiner"),
    "refuse": _("Refuse it"),
    "withdraw": _("Withdraw it"),
}
ENDING = {"refuse", "withdraw", "reopen"}


def visible_exam(request: SignedInRequest, exam_id: UUID) -> LabExam:
    """The examination, if this person may see it."""
    rows = LabExam.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=exam_id)


def exam_crumbs(exam: LabExam, here: str = "") -> dict[str, Any]:
    """The way to an examination or to a form on it, the way back, and how it is handled."""
    there = reverse("evidence:labexam_detail", args=[exam.pk])
    listed = f"{reverse('evidence:labexam_list')}?case={exam.case_id}"
    steps = [(_now("Examinations"), listed), (exam.ref, there if here else "")]
    return {
        "crumbs": crumbs_to(exam.case, *steps, *([(here, "")] if here else [])),
        "cancel_url": there,
        "marking": handling_of([exam]),
    }


def exam_page(request: SignedInRequest, exam: LabExam, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of an examination; `refused` are forms of its steps by name."""
    user = request.user
    exhibits = list(exam.exhibits.visible_to(user).select_related("case").order_by("exhibit_no"))
    samples = list(exam.samples.visible_to(user).select_related("case", "parent").order_by("id"))
    asked = destruction_asked(exam, user)
    names = [*steps_offered(exam, user, waits=asked is not None)]
    names += [name for name in refused if name not in names and name in FORMS]
    return {
        **exam_crumbs(exam),
        "exam": exam,
        "exhibits": exhibits,
        "samples": samples,
        "report": report_seen(exam, user),
        "marking": handling_of([exam, *exhibits, *samples]),
        "asked": asked,
        "may_approve": asked is not None and asked.may_be_decided_by(user),
        "approve_form": refused.get("approve"),
        "may_write": Duty.LOG_EVIDENCE in exam.case.duties(user),
        "may_edit": exam.state == ExamState.REQUESTED and may_ask(exam, user),
        "may_report": exam.state == ExamState.BEGUN and may_examine(exam, user),
        "offers": [offer(exam, name, user, refused.get(name)) for name in names],
    }


def report_seen(exam: LabExam, user: User) -> Any:
    """The file of the report, where this person sees it."""
    report = exam.report_file
    seen = type(report).objects.visible_to(user).filter(pk=report.pk) if report else None
    return report if seen is not None and seen.exists() else None


def destruction_asked(exam: LabExam, user: User) -> Request | None:
    """The second person's yes that is waited for."""
    asked = Request.objects.visible_to(user).about(exam).filter(kind=RequestKind.DESTRUCTIVE_EXAM)
    return asked.waiting().select_related("case", "asked_by").first()


def may_ask(exam: LabExam, user: User) -> bool:
    """Whoever logs evidence or examines may ask a laboratory."""
    return bool(exam.case.duties(user) & {Duty.LOG_EVIDENCE, Duty.EXAMINE})


def may_examine(exam: LabExam, user: User) -> bool:
    """Its examiner; for one outside the team, any examiner of the case."""
    examines = Duty.EXAMINE in exam.case.duties(user)
    return examines and exam.examiner_id in {None, user.pk}


def steps_offered(exam: LabExam, user: User, *, waits: bool) -> Iterator[str]:
    """The steps that this person may take now."""
    duties, state = exam.case.duties(user), exam.state
    accepts = bool(duties & {Duty.EXAMINE, Duty.MANAGE})
    open_yet = state in {ExamState.REQUESTED, ExamState.ACCEPTED}
    if state == ExamState.REQUESTED and exam.awaits_approval and may_ask(exam, user) and not waits:
        yield "ask"
    if state == ExamState.REQUESTED and accepts and not exam.awaits_approval:
        yield "accept"
    yield from steps_of_work(exam, user)
    if open_yet and accepts:
        yield "refuse"
    if open_yet and (exam.requested_by_id == user.pk or Duty.MANAGE in duties):
        yield "withdraw"


def steps_of_work(exam: LabExam, user: User) -> Iterator[str]:
    """What the examiner does, and what another examiner does after that."""
    if exam.state == ExamState.ACCEPTED and may_examine(exam, user):
        yield "begin"
    if exam.state == ExamState.BEGUN and may_examine(exam, user):
        yield "sample"
    another = user.pk not in {exam.examiner_id, exam.reported_by_id}
    if exam.state == ExamState.REPORTED and another and Duty.EXAMINE in exam.case.duties(user):
        yield from ("verify", "reopen")


def offer(exam: LabExam, name: str, user: User, refused: BaseForm | None) -> dict[str, Any]:
    """One step with its form."""
    return {
        "name": name,
        "label": LABELS[name],
        "form": refused or FORMS[name](exam=exam, user=user),
        "action": reverse(f"evidence:labexam_{name}", args=[exam.pk]),
        "form_id": f"{name}-form",
        "danger": name in ENDING,
    }


def exams_panel(request: SignedInRequest, item: Item) -> dict[str, Any]:
    """What the page of an exhibit says of its examinations."""
    rows = item.exams.visible_to(request.user).with_lists().order_by("-id")
    return {
        "exams": list(rows),
        "may_ask_exam": item.was_possessed
        and bool(item.case.duties(request.user) & {Duty.LOG_EVIDENCE, Duty.EXAMINE}),
    }
