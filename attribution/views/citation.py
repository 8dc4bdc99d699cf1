"""Citing evidence in the browser."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import BareForm, CiteExhibitForm, CiteLinkForm, CiteReportForm
from attribution.models import Citation
from attribution.views.finding import settle
from attribution.views.finding_page import visible_finding
from core.http import attempt
from investigations.models import Duty


@open_to(SIGNED_IN)
@require_POST
def cite_exhibit(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.ANALYSE)
    form = CiteExhibitForm(request.POST, case=finding.case, user=request.user, prefix="exhibit")
    _done, status = attempt(
        form, lambda: services.cite(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, exhibit_form=form)


@open_to(SIGNED_IN)
@require_POST
def cite_report(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.ANALYSE)
    form = CiteReportForm(request.POST, case=finding.case, user=request.user, prefix="report")
    _done, status = attempt(
        form, lambda: services.cite(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, report_form=form)


@open_to(SIGNED_IN)
@require_POST
def cite_link(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.ANALYSE)
    form = CiteLinkForm(request.POST, case=finding.case, user=request.user, prefix="link")
    _done, status = attempt(
        form, lambda: services.cite(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, link_form=form)


@open_to(SIGNED_IN)
@require_POST
def citation_remove(request: SignedInRequest, citation_id: UUID) -> HttpResponse:
    citation = get_object_or_404(Citation.objects.visible_to(request.user), pk=citation_id)
    citation.case.require(request.user, Duty.ANALYSE)
    form = BareForm(request.POST)
    _done, status = attempt(form, lambda: services.remove_citation(citation, by=request.user))
    return settle(request, citation.finding, status, submit_form=form)
