"""Letters in the browser, as PDF files; making one is a deed, hence a POST."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import attempt
from evidence.models import LabExam, TraceRequest
from investigations.models import AssistanceOffer, ContributionRequest
from reports import services
from reports.forms import RequestForm
from reports.http import Written, letter_file


@open_to(SIGNED_IN)
@require_POST
def trace_letter(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    rows = TraceRequest.objects.visible_to(request.user).with_lists()
    trace = get_object_or_404(rows, pk=trace_id)
    return let_out(request, trace, services.print_trace_letter, "evidence:tracerequest_letter")


@open_to(SIGNED_IN)
@require_POST
def exam_letter(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    rows = LabExam.objects.visible_to(request.user).with_lists()
    exam = get_object_or_404(rows, pk=exam_id)
    return let_out(request, exam, services.print_exam_letter, "evidence:labexam_detail")


@open_to(SIGNED_IN)
@require_POST
def assistance_letter(request: SignedInRequest, asked_id: UUID) -> HttpResponse:
    rows = ContributionRequest.objects.visible_to(request.user).with_lists()
    asked, there = get_object_or_404(rows, pk=asked_id), "contributionrequest_detail"
    deed = services.print_assistance_letter
    return let_out(request, asked, deed, f"investigations:{there}")


@open_to(SIGNED_IN)
@require_POST
def acceptance_letter(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    rows = AssistanceOffer.objects.visible_to(request.user).with_lists()
    offer, there = get_object_or_404(rows, pk=offer_id), "assistanceoffer_detail"
    deed = services.print_acceptance_letter
    return let_out(request, offer, deed, f"investigations:{there}")


def let_out(
    request: SignedInRequest, about: Written, deed: Callable[..., bytes], back: str
) -> HttpResponse:
    """The file, or the page one came from with the sentence that says why there is none."""
    form = RequestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a language for the letter."))
        return redirect(back, about.pk)
    pdf, _status = attempt(form, lambda: deed(about, by=request.user, **form.cleaned_data))
    if pdf is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
        return redirect(back, about.pk)
    return letter_file(pdf, about)
