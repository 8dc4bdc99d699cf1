"""Redacting in the browser: marking regions of a picture, and looking at the copy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence import services
from evidence.forms import RegionFormSet, ReviewForm
from evidence.forms.digital import ACCEPT_OR_RETURN
from evidence.models import Redaction
from evidence.views.digital import file_to_work_on
from evidence.views.file_deed import fill_in_on_file
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def file_redact(request: SignedInRequest, file_id: UUID) -> HttpResponse:
    file = file_to_work_on(request, file_id)
    form = RegionFormSet(typed(request), prefix="regions")
    return fill_in_on_file(
        request,
        file,
        form,
        lambda: services.ask_redaction(file, by=request.user, regions=form.regions()),
        title=_("Redact a copy"),
        page="evidence/file_redact.html",
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def redaction_review(request: SignedInRequest, redaction_id: UUID) -> HttpResponse:
    rows = Redaction.objects.visible_to(request.user)
    redaction = get_object_or_404(
        rows.select_related("case", "file__item", "copy__item"), pk=redaction_id
    )
    redaction.case.require(request.user, Duty.LOG_EVIDENCE, Duty.REVIEW)
    form = ReviewForm(typed(request), states=ACCEPT_OR_RETURN)
    return fill_in_on_file(
        request,
        redaction.copy or redaction.file,
        form,
        lambda: services.review_redaction(redaction, by=request.user, **form.cleaned_data),
        title=_("Review the redacted copy"),
        page="evidence/redaction_review.html",
        redaction=redaction,
    )
