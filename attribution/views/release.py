"""Releasing a finding in the browser: proposing, confirming, declining."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import BareForm, ReasonForm, ReleaseForm
from attribution.models import Release
from attribution.views.finding import settle
from attribution.views.finding_page import visible_finding
from core.http import attempt
from investigations.models import Duty


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
def release_confirm(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    release, form = visible_release(request, release_id), BareForm(request.POST)
    _done, status = attempt(form, lambda: services.confirm_release(release, by=request.user))
    return settle(request, release.finding, status, confirm_form=form)


@open_to(SIGNED_IN)
@require_POST
def release_decline(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    release = visible_release(request, release_id)
    form = ReasonForm(request.POST, prefix="decline")
    _done, status = attempt(
        form, lambda: services.decline_release(release, by=request.user, **form.cleaned_data)
    )
    return settle(request, release.finding, status, decline_form=form)


def visible_release(request: SignedInRequest, release_id: UUID) -> Release:
    """The decision, if this person may read its finding and release findings of its case."""
    rows = Release.objects.visible_to(request.user).select_related("finding", "case")
    release = get_object_or_404(rows, pk=release_id)
    release.case.require(request.user, Duty.RELEASE)
    return release
