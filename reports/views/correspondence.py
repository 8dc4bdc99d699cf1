"""Letters in the browser, as PDF files; making one is a deed, hence a POST."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence.models import LabExam, TraceRequest
from reports import services
from reports.forms import RequestForm
from reports.http import letter_file


@open_to(SIGNED_IN)
@require_POST
def trace_letter(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    rows = TraceRequest.objects.visible_to(request.user).with_lists()
    trace, form = get_object_or_404(rows, pk=trace_id), RequestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a language for the letter."))
        return redirect("evidence:tracerequest_letter", trace_id)
    pdf = services.print_trace_letter(trace, by=request.user, **form.cleaned_data)
    return letter_file(pdf, trace)


@open_to(SIGNED_IN)
@require_POST
def exam_letter(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    rows = LabExam.objects.visible_to(request.user).with_lists()
    exam, form = get_object_or_404(rows, pk=exam_id), RequestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a language for the letter."))
        return redirect("evidence:labexam_detail", exam_id)
    pdf = services.print_exam_letter(exam, by=request.user, **form.cleaned_data)
    return letter_file(pdf, exam)
