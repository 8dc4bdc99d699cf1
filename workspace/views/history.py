"""The history of a record in the browser: every change, and the record as of any moment."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.http import OK, UNPROCESSABLE
from investigations.http import crumbs_to, home_of, marked_or_404, name_of
from investigations.models import Case, CaseRecord, Duty, Site
from ledger.models import FormerState
from workspace.forms import MomentForm
from workspace.models import said_at, states_of, steps_of, told_at

PAGE = "workspace/history.html"


@open_to(SIGNED_IN)
@require_GET
def history(request: SignedInRequest, kind: str, row_id: UUID) -> HttpResponse:
    row = marked_or_404(request.user, kind, row_id)
    if not row.kept:
        raise Http404
    case = row if isinstance(row, Case) else row.case
    if not case.is_read_whole_by(request.user):
        raise PermissionDenied(_("Only the team of this case may do this."))
    states = states_of(row)
    require_exact(row, states, request.user)
    form = MomentForm(request.GET if "at" in request.GET else None)
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else OK
    context = {**history_page(row, case, states, request.user), **as_of(row, states, form, request)}
    return render(request, PAGE, context, status=status)


def history_page(
    row: Case | CaseRecord, case: Case, states: Sequence[FormerState], reader: User
) -> dict[str, Any]:
    """Every change of a record."""
    above, here = (None if row == case else case), (name_of(row), home_of(row))
    return {
        "row": row,
        "case": case,
        "name": name_of(row),
        "steps": steps_of(row, states, reader),
        "marking": row.handling,
        "crumbs": crumbs_to(above, here, (_("History"), "")),
    }


def as_of(
    row: Case | CaseRecord,
    states: Sequence[FormerState],
    form: MomentForm,
    request: SignedInRequest,
) -> dict[str, Any]:
    """The record at the moment that is asked for."""
    if not (form.is_bound and form.is_valid()):
        return {"form": form, "moment": None}
    moment = form.cleaned_data["at"]
    said = said_at(row, states, moment)
    told = told_at(said, row, request.user) if said is not None else None
    return {"form": form, "moment": moment, "told": told}


def require_exact(row: Case | CaseRecord, states: Sequence[FormerState], reader: User) -> None:
    """The past of a place that is, or was, sensitive is for those who are shown it exactly."""
    if not isinstance(row, Site) or row.may(reader, Duty.LOG_EVIDENCE):
        return
    if row.sensitive or any(state.said.get("sensitive") for state in states):
        raise PermissionDenied(
            _("This place is sensitive: only those who enter evidence read its history.")
        )
