"""Examinations in the browser: the list, one page each, asking for them and reporting them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import answer
from core.listing import Column, page_of
from evidence import services
from evidence.forms import ExamFilterForm, ExamForm, ExamReportForm, NewExamForm
from evidence.http import step_to_item
from evidence.models import Item, LabExam
from evidence.views.lab_exam_page import PAGE, exam_crumbs, exam_page, visible_exam
from investigations.http import crumbs_to, fill_in, handling_of
from investigations.models import Duty

LIST, PART = "evidence/labexam_list.html", "evidence/_labexam_list.html"
FORM = "evidence/record_form.html"
LATE = 50
COLUMNS = [
    Column(_("Examination"), "ref"),
    Column(_("Question")),
    Column(_("Laboratory"), "laboratory__name"),
    Column(_("State"), "state"),
    Column(_("Needed by"), "due"),
    Column(_("Conclusion")),
]


@open_to(SIGNED_IN)
@require_GET
def labexam_list(request: SignedInRequest) -> HttpResponse:
    form = ExamFilterForm(request.GET, user=request.user)
    rows = form.narrow(LabExam.objects.visible_to(request.user)).with_lists()
    late = list(rows.overdue().order_by("due", "id")[:LATE])
    page = page_of(request, rows, COLUMNS)
    marking = handling_of([*page.rows, *late])
    context = {"page": page, "late": late, "form": form, "marking": marking}
    return answer(request, context, page=LIST, part=PART)


@open_to(SIGNED_IN)
@require_GET
def labexam_detail(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    exam = visible_exam(request, exam_id)
    return answer(request, exam_page(request, exam), page=PAGE, part="evidence/_labexam.html")


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def labexam_create(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    item.case.require(request.user, Duty.LOG_EVIDENCE, Duty.EXAMINE)
    blank, start = LabExam(case=item.case), {"exhibits": item.exhibit_no}
    form = NewExamForm(typed(request), instance=blank, initial=start, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.request_exam(item.case, by=request.user, **form.facts()),
        page=FORM,
        title=_now("Ask for an examination"),
        crumbs=crumbs_to(item.case, step_to_item(item), (_now("New examination"), "")),
        cancel_url=step_to_item(item)[1],
        marking=item.handling,
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def labexam_edit(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    exam = visible_exam(request, exam_id)
    exam.case.require(request.user, Duty.LOG_EVIDENCE, Duty.EXAMINE)
    form = ExamForm(typed(request), instance=exam, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_exam(
            exam, by=request.user, version=form.version_read, **form.facts()
        ),
        page=FORM,
        title=_now("Edit %(ref)s") % {"ref": exam.ref},
        **exam_crumbs(exam, _now("Edit")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def labexam_report(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    exam = visible_exam(request, exam_id)
    exam.case.require(request.user, Duty.EXAMINE)
    form = ExamReportForm(typed(request), instance=exam, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.report_exam(
            exam, by=request.user, version=form.version_read, **form.facts()
        ),
        page=FORM,
        title=_now("Result of %(ref)s") % {"ref": exam.ref},
        **exam_crumbs(exam, _now("Result")),
    )
