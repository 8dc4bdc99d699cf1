"""The scoring sheet in the browser: each analyst's own, saved as a draft until it is handed in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import SheetForm
from attribution.http import whole_case
from attribution.views.matrix import MATRIX, steps
from core.forms import typed
from core.http import CONFLICT, OK, attempt
from investigations.http import handling_of
from investigations.models import Case, Duty

PAGE = "attribution/matrix_score.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def matrix_score(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    case.require(request.user, Duty.ANALYSE)
    matrix = services.read_to_rate(case, request.user)
    form = SheetForm(typed(request), matrix=matrix, part=part_asked(request))
    status = save(request, case, form) if request.method == "POST" else OK
    if request.method == "POST" and status == OK:
        return redirect(next_page(request, case, form))
    return render(request, PAGE, score_page(request, case, form), status=status)


def save(request: SignedInRequest, case: Case, form: SheetForm) -> int:
    """Keep the draft, or hand it in; a refusal keeps all typing."""
    deed = services.hand_in_sheet if "hand-in" in request.POST else services.save_sheet
    _done, status = attempt(
        form,
        lambda: deed(case, by=request.user, version=form.version_read, ratings=form.ratings()),
    )
    if status == CONFLICT:
        form.catch_up(services.read_to_rate(case, request.user))
    return status


def part_asked(request: SignedInRequest) -> int:
    """Which part of a long matrix is rated."""
    told = request.GET.get("part", "")
    return int(told) if told.isdecimal() and len(told) < 4 else 1


def next_page(request: SignedInRequest, case: Case, form: SheetForm) -> str:
    """The whole matrix after handing in; else the same part again."""
    if "hand-in" in request.POST:
        return reverse(MATRIX, args=[case.pk])
    here = reverse("attribution:matrix_score", args=[case.pk])
    return f"{here}?part={form.part}" if form.part > 1 else here


def score_page(request: SignedInRequest, case: Case, form: SheetForm) -> dict[str, Any]:
    """The sheet with the hypotheses as its columns."""
    matrix = form.matrix
    own = matrix.own
    return {
        "case": case,
        "form": form,
        "matrix": matrix,
        "own": own,
        "is_new_revision": bool(own and own.is_handed_in),
        "open_cells": matrix.open_cells(own),
        "marking": handling_of(matrix.rows, *matrix.hypotheses) or case.handling,
        "crumbs": steps(case, _("My sheet")),
    }
