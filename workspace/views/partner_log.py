"""What each partner agency of a case saw and when, as its ledger tells it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _late
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.models import Agency
from accounts.policy import SIGNED_IN, open_to
from core.listing import Column, page_of
from core.markings import joined
from investigations.http import crumbs_to
from investigations.models import Case
from workspace.forms import PartnerLogForm
from workspace.models import tell_in_words
from workspace.models.partner_log import lines_of, partners_of, people_of
from workspace.models.sendings import tell_sendings

PAGE = "workspace/partner_log.html"
COLUMNS = [
    Column(_late("No."), "position"),
    Column(_late("Time")),
    Column(_late("By")),
    Column(_late("Deed")),
    Column(_late("By which door")),
    Column(_late("About")),
    Column(_late("Seal")),
]


@open_to(SIGNED_IN)
@require_GET
def partner_log(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.audited_by(request.user), pk=case_id)
    agencies = partners_of(case, request.user)
    form = PartnerLogForm(request.GET, agencies=agencies, case=case)
    agency = form.asked("agency") or agencies.first()
    context = {
        "case": case,
        "form": form,
        "agency": agency,
        "marking": case.handling,
        "crumbs": crumbs_to(case, *steps(case), (_("What each partner saw"), "")),
        **(log_of(request, case, agency, form) if agency else {}),
    }
    return render(request, PAGE, context)


def steps(case: Case) -> list[tuple[str, str]]:
    """The way down from the case."""
    return [(_("Assistance"), reverse("investigations:assistance", args=[case.pk]))]


def log_of(
    request: SignedInRequest, case: Case, agency: Agency, form: PartnerLogForm
) -> dict[str, Any]:
    """The people of one agency, and the lines that tell of them, the latest first."""
    rows = form.narrow(lines_of(case, agency), case, request.user)
    page = page_of(request, rows.select_related("actor"), COLUMNS, sort="-position")
    tell_in_words(page.rows, request.user)
    tell_sendings(page.rows, request.user)
    shown: list[Any] = [case, *page.rows]
    return {
        "page": page,
        "people": people_of(case, agency),
        "person": form.asked("person"),
        "marking": joined(row.handling for row in shown),
    }
