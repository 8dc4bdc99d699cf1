"""Digital evidence in the browser: copies, acquisition, time and place as established."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import AcquisitionForm, CopyForm, EstablishForm, ReviewForm
from evidence.forms.digital import AGREE_OR_DISPUTE
from evidence.models import Establishment, File
from evidence.views.file_deed import fill_in_on_file
from evidence.views.file_page import visible_file
from investigations.models import Duty


def file_to_work_on(request: SignedInRequest, file_id: UUID) -> File:
    """The file, if this person sees it and may say something of it."""
    file = visible_file(request, file_id)
    file.require(request.user, Duty.LOG_EVIDENCE)
    return file


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def file_copy(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = file_to_work_on(request, file_id)
    form = CopyForm(typed(request), request.FILES if request.method == "POST" else None)
    return fill_in_on_file(
        request,
        file,
        form,
        lambda: services.receive_copy(file, form.step(), by=request.user, **form.sent()),
        title=_("Add a copy"),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def file_acquisition(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = file_to_work_on(request, file_id)
    form = AcquisitionForm(typed(request), instance=visible_file(request, file_id))
    return fill_in_on_file(
        request,
        file,
        form,
        lambda: services.describe_acquisition(file, by=request.user, **form.cleaned_data),
        title=_("How it was acquired"),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def file_establish(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = file_to_work_on(request, file_id)
    form = EstablishForm(typed(request))
    return fill_in_on_file(
        request,
        file,
        form,
        lambda: services.establish(file, by=request.user, **form.cleaned_data),
        title=_("Establish a time or a place"),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def establishment_review(request: SignedInRequest, establishment_id: UUID) -> HttpResponse:
    rows = Establishment.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("case", "file__item"), pk=establishment_id)
    row.case.require(request.user, Duty.LOG_EVIDENCE, Duty.REVIEW)
    form = ReviewForm(typed(request), states=AGREE_OR_DISPUTE)
    return fill_in_on_file(
        request,
        row.file,
        form,
        lambda: services.review_establishment(row, by=request.user, **form.cleaned_data),
        title=_("Review what was established"),
        page="evidence/establishment_review.html",
        row=row,
    )
