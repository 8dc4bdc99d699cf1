"""Releasing a finding in the browser: by one authority, or by two."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import BareForm, ReleaseForm
from attribution.views.finding import settle
from attribution.views.finding_page import visible_finding
from core.http import attempt
from investigations.models import Duty, Request, RequestKind


@open_to(SIGNED_IN)
@require_POST
def finding_release(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.RELEASE)
    form = ReleaseForm(request.POST)
    _done, status = attempt(
        form, lambda: services.release_finding(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, release_form=form)


@open_to(SIGNED_IN)
@require_POST
def release_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """The second person's yes; a no is said on the page of the request."""
    asked = get_object_or_404(
        Request.objects.visible_to(request.user).filter(kind=RequestKind.RELEASE), pk=request_id
    )
    finding, form = visible_finding(request, asked.subject_id, Duty.RELEASE), BareForm(request.POST)
    _done, status = attempt(form, lambda: services.confirm_release(asked, by=request.user))
    return settle(request, finding, status, confirm_form=form)
