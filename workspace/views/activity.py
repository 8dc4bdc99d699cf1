"""What was done in a case, in words and by the day, as far as the reader may see it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import answer
from core.listing import page_of
from core.markings import joined
from investigations.http import crumbs_to
from investigations.models import Case
from ledger.models import Entry
from workspace.forms import ActivityFilterForm
from workspace.models import told_to

PAGE, PART = "workspace/case_activity.html", "workspace/_case_activity.html"


@open_to(SIGNED_IN)
@require_GET
def case_activity(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    if not case.is_read_whole_by(request.user):
        raise PermissionDenied(_("Only the team of this case may do this."))
    return answer(request, activity_page(request, case), page=PAGE, part=PART)


def activity_page(request: SignedInRequest, case: Case) -> dict[str, Any]:
    """One page of the lines of the case's chain that are for this person."""
    form = ActivityFilterForm(request.GET, case=case)
    rows = form.narrow(Entry.objects.of_log(case.pk)).select_related("actor")
    page = page_of(request, rows, sort="-position")
    lines = told_to(page.rows, request.user)
    return {
        "case": case,
        "form": form,
        "page": page,
        "lines": lines,
        "left_out": len(page.rows) - len(lines),
        "marking": joined([case.handling, *(line.handling for line in lines)]),
        "crumbs": crumbs_to(case, (_("Activity"), "")),
    }
