"""The lists of reports and of evidence bundles as tables to take away.

Each is a deed, not a reading: that the rows went out stands in the ledger, hence no GET.
"""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from investigations.models import Case
from investigations.tables import Listed, taken_away
from reports.models import Bundle, Report
from reports.views.report import reports_asked

REPORTS: Listed[Report] = Listed(
    "reports",
    "reports.reports_exported",
    [
        (_("Report"), lambda row: row.get_template_display()),
        (_("Language"), lambda row: row.get_language_display()),
        (_("State"), lambda row: row.get_state_display()),
        (_("Marking"), lambda row: row.get_marking_display()),
        (_("Asked for by"), lambda row: row.requested_by),
        (_("Asked for"), lambda row: row.created_at),
        (_("SHA-256"), lambda row: row.sha256),
        (_("Ledger line"), lambda row: row.ledger_position),
        (_("Case"), lambda row: row.case.ref),
    ],
)

BUNDLES: Listed[Bundle] = Listed(
    "bundles",
    "reports.bundles_exported",
    [
        (_("State"), lambda row: row.get_state_display()),
        (_("Asked for by"), lambda row: row.requested_by),
        (_("Asked for"), lambda row: row.created_at),
        (_("SHA-256"), lambda row: row.sha256),
        (_("Case"), lambda row: row.case.ref),
    ],
)


@open_to(SIGNED_IN)
@require_POST
def report_export(request: SignedInRequest) -> HttpResponseBase:
    return taken_away(request, reports_asked(request).order_by("-id"), REPORTS)


@open_to(SIGNED_IN)
@require_POST
def bundle_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    rows = Bundle.objects.visible_to(request.user).filter(case=case).with_lists()
    return taken_away(request, rows.order_by("-id"), BUNDLES)
