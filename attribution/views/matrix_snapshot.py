"""Snapshots of the matrix in the browser: one taken, and one held against another."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import SnapshotForm
from attribution.http import whole_case
from attribution.methods.matrix_diff import changes
from attribution.models import MatrixSnapshot
from attribution.views.matrix import steps
from attribution.views.matrix_page import PAGE, SNAPSHOTS, matrix_page
from core.http import OK, attempt
from investigations.models import Duty

DETAIL = "attribution:matrix_snapshot_detail"


@open_to(SIGNED_IN)
@require_POST
def matrix_snapshot_take(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    case.require(request.user, Duty.ANALYSE)
    form = SnapshotForm(request.POST)
    done, status = attempt(
        form, lambda: services.take_matrix_snapshot(case, by=request.user, **form.cleaned_data)
    )
    if done is not None and status == OK:
        return redirect(DETAIL, done.pk)
    return render(request, PAGE, matrix_page(request, case, form=form), status=status)


@open_to(SIGNED_IN)
@require_GET
def matrix_snapshot_detail(request: SignedInRequest, snapshot_id: UUID) -> HttpResponse:
    rows = MatrixSnapshot.objects.visible_to(request.user).select_related("case", "taken_by")
    snapshot = get_object_or_404(rows, pk=snapshot_id)
    context = snapshot_page(request, snapshot)
    return render(request, "attribution/matrix_snapshot_detail.html", context)


def snapshot_page(request: SignedInRequest, snapshot: MatrixSnapshot) -> dict[str, Any]:
    """The snapshot, and what changed in it since the one before, or since the one asked for."""
    seen = MatrixSnapshot.objects.visible_to(request.user).filter(case=snapshot.case)
    others = list(seen.filter(number__lt=snapshot.number)[:SNAPSHOTS])
    asked = request.GET.get("since", "")
    since = next((one for one in others if str(one.number) == asked), others[0] if others else None)
    refs = {one["id"]: one["ref"] for one in snapshot.body["hypotheses"]}
    figures = snapshot.body["figures"]
    return {
        "case": snapshot.case,
        "snapshot": snapshot,
        "others": others,
        "since": since,
        "changes": changes(since.body, snapshot.body) if since else [],
        "places": sorted((rank, refs[key]) for key, rank in figures["ranks"].items()),
        "marking": snapshot.handling,
        "crumbs": steps(snapshot.case, str(snapshot.number)),
    }
