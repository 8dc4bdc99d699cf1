"""Reports of attacks in the browser: graded anew, and corrected."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from investigations import services
from investigations.forms import ReportForm
from investigations.http import crumbs_to, fill_in, home_of
from investigations.models import Duty, SourceReport


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def sourcereport_edit(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    visible = SourceReport.objects.visible_to(request.user).select_related("case", "incident__case")
    report = get_object_or_404(visible, pk=report_id)
    report.case.require(request.user, Duty.LOG_EVIDENCE)
    form = ReportForm(typed(request), instance=report)
    return fill_in(
        request,
        form,
        lambda: services.amend_report(
            report, by=request.user, version=form.version_read, **form.facts()
        ),
        **around(report),
    )


def around(report: SourceReport) -> dict[str, Any]:
    """What the form says of itself: what it is for, the way to it, the way back, its marking."""
    title, incident = _now("Amend a report"), report.incident
    return {
        "title": title,
        "subtitle": _now(
            "Findings that cite it show that it changed; the ledger keeps what it said before."
        ),
        "cancel_url": home_of(report),
        "marking": report.handling,
        "crumbs": crumbs_to(report.case, (incident.ref, home_of(incident)), (title, "")),
    }
