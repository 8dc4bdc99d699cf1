"""What of a case needs attention: open gaps in custody, and what should be back by now."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence import services
from evidence.models import LabExam, Loan, RightOfReply, TraceRequest
from investigations.http import crumbs_to, marking_of
from investigations.models import Case

PAGE = "evidence/case_attention.html"
MOST = 50
"""Of so many exhibits with gaps, and so many overdue records of each kind, at most."""
DUE = [
    (LabExam, "evidence:labexam_detail", "microscope"),
    (TraceRequest, "evidence:tracerequest_detail", "route"),
    (Loan, "evidence:loan_detail", "truck"),
    (RightOfReply, "evidence:rightofreply_detail", "message-square"),
]


@open_to(SIGNED_IN)
@require_GET
def case_attention(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    gaps = services.open_gaps(case, request.user, most=MOST)
    late = overdue(request, case)
    context = {
        "case": case,
        "gaps": gaps,
        "late": late,
        "marking": marking_of([each.item for each in gaps], [line["row"] for line in late]),
        "crumbs": crumbs_to(case, (_("Needs attention"), "")),
    }
    return render(request, PAGE, context)


def overdue(request: SignedInRequest, case: Case) -> list[dict[str, Any]]:
    """What should be back by now, what has waited longest first."""
    lines = [
        {"row": row, "url": reverse(route, args=[row.pk]), "sign": sign}
        for kind, route, sign in DUE
        for row in kind.objects.visible_to(request.user)  # type: ignore[attr-defined]
        .filter(case=case)
        .overdue()
        .with_lists()
        .order_by("due")[:MOST]
    ]
    return sorted(lines, key=lambda line: line["row"].due)
