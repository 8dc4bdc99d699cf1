"""The matrix in the browser: evidence before the rival hypotheses of a case, and what it says."""

from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import BareForm, MatrixRowForm, NewMatrixRowForm, ReasonForm
from attribution.http import fill_in, way, whole_case
from attribution.models import MatrixRow
from attribution.views.matrix_page import LIST, PAGE, matrix_page
from core.forms import typed
from core.http import OK, attempt
from investigations.models import Case, Duty

MATRIX = "attribution:matrix_detail"


@open_to(SIGNED_IN)
@require_GET
def matrix_detail(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    return render(request, PAGE, matrix_page(request, case))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def matrix_row_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    case.require(request.user, Duty.ANALYSE)
    form = NewMatrixRowForm(typed(request), instance=MatrixRow(case=case), user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.add_matrix_row(case, by=request.user, **form.facts()).case,
        goes_to=MATRIX,
        title=_("Put a row into the matrix"),
        case=case,
        crumbs=steps(case, _("New row")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def matrix_row_edit(request: SignedInRequest, row_id: UUID) -> HttpResponse:
    row = visible_row(request, row_id)
    form = MatrixRowForm(typed(request), instance=row, user=request.user)
    return fill_in(
        request,
        form,
        lambda: (
            services.amend_matrix_row(
                row, by=request.user, version=form.version_read, **form.facts()
            ).case
        ),
        goes_to=MATRIX,
        title=_("Edit %(ref)s") % {"ref": row.ref},
        case=row.case,
        crumbs=steps(row.case, row.ref),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def matrix_row_take_out(request: SignedInRequest, row_id: UUID) -> HttpResponse:
    row = visible_row(request, row_id)
    form, status = ReasonForm(typed(request)), OK
    if request.method == "POST":
        deed = lambda: services.take_out_matrix_row(row, by=request.user, **form.cleaned_data)  # noqa: E731
        _done, status = attempt(form, deed)
        if status == OK:
            return redirect(MATRIX, row.case_id)
    return asking(request, row, form, status)


@open_to(SIGNED_IN)
@require_POST
def matrix_row_put_back(request: SignedInRequest, row_id: UUID) -> HttpResponse:
    row = visible_row(request, row_id)
    attempt(BareForm(request.POST), lambda: services.put_back_matrix_row(row, by=request.user))
    return redirect(MATRIX, row.case_id)


def asking(request: SignedInRequest, row: MatrixRow, form: BaseForm, status: int) -> HttpResponse:
    """The page that asks why a row is taken out."""
    context = {
        "row": row,
        "case": row.case,
        "form": form,
        "marking": row.handling,
        "crumbs": steps(row.case, row.ref),
        "back": reverse(MATRIX, args=[row.case_id]),
    }
    return render(request, "attribution/matrix_row_take_out.html", context, status=status)


def visible_row(request: SignedInRequest, row_id: UUID) -> MatrixRow:
    """The row, if this person may read it and rate in its case."""
    rows = MatrixRow.objects.visible_to(request.user).with_things()
    row = get_object_or_404(rows, pk=row_id)
    row.case.require(request.user, Duty.ANALYSE)
    return row


def steps(case: Case, here: str) -> list[dict[str, str]]:
    """The way down to a part of the matrix."""
    matrix = (_("Matrix"), reverse(MATRIX, args=[case.pk]))
    return way(case, LIST, _("Hypotheses"), matrix, (here, ""))
