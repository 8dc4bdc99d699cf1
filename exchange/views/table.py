"""Tables in the browser: brought in, read, mapped, seen in a dry run, written, and undone."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution.http import whole_case
from core.errors import Refused
from core.http import UNPROCESSABLE, answer, attempt
from exchange import services
from exchange.forms import KeepMapForm, MapForm, ReadingForm, TableForm, TakeMapForm
from exchange.http import refused_lines_file
from exchange.models import ColumnMap, TableImport
from exchange.views.table_page import LIST, PAGE, PART, list_page, table_page
from investigations.models import Case, Duty

DETAIL = "exchange:table_detail"


@open_to(SIGNED_IN)
@require_GET
def table_list(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    return render(request, LIST, list_page(request, whole_case(request.user, case_id)))


@open_to(SIGNED_IN)
@require_POST
def table_receive(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    case.require(request.user, Duty.LOG_EVIDENCE, Duty.ANALYSE)
    form = TableForm(request.POST, request.FILES, case=case, user=request.user)
    table, status = attempt(form, lambda: taken_in(request, case, form))
    if table is not None:
        return redirect(DETAIL, table.pk)
    return render(request, LIST, list_page(request, case, form=form), status=status)


def taken_in(request: SignedInRequest, case: Case, form: TableForm) -> TableImport:
    """The table that was chosen, piece by piece."""
    file = form.cleaned_data["file"]
    kind = form.cleaned_data["kind"]
    return services.receive_table(
        case, by=request.user, kind=kind, name=file.name, chunks=file.chunks()
    )


@open_to(SIGNED_IN)
@require_GET
def table_detail(request: SignedInRequest, table_id: UUID) -> HttpResponse:
    table = found_for(request, table_id)
    return answer(request, table_page(request, table), page=PAGE, part=PART)


@open_to(SIGNED_IN)
@require_POST
def table_read(request: SignedInRequest, table_id: UUID) -> HttpResponse:
    table = allowed_for(request, table_id)
    form = ReadingForm(request.POST, table=table, sheets=services.sheets(table))
    done, status = attempt(
        form, lambda: services.read_table_as(table, by=request.user, **form.cleaned_data)
    )
    if done is not None:
        return redirect(DETAIL, table.pk)
    return render(request, PAGE, table_page(request, table, reading_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def table_take_map(request: SignedInRequest, table_id: UUID) -> HttpResponse:
    table = allowed_for(request, table_id)
    form = TakeMapForm(request.POST, table=table, user=request.user)
    done, status = attempt(form, lambda: services.use_map(table, by=request.user, plan=form.plan))
    if done is not None:
        return redirect(DETAIL, table.pk)
    return render(request, PAGE, table_page(request, table, take_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def table_map(request: SignedInRequest, table_id: UUID) -> HttpResponse:
    table = allowed_for(request, table_id)
    form = MapForm(request.POST, table=table)
    done, status = attempt(
        form, lambda: services.map_table(table, by=request.user, plan=form.plan())
    )
    if done is not None:
        return redirect(DETAIL, table.pk)
    return render(request, PAGE, table_page(request, table, map_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def table_keep_map(request: SignedInRequest, table_id: UUID) -> HttpResponse:
    table = allowed_for(request, table_id)
    form = KeepMapForm(request.POST)
    plan = services.map_of(table)
    done, status = attempt(
        form,
        lambda: services.keep_map(by=request.user, kind=table.kind, plan=plan, **form.cleaned_data),
    )
    if done is not None:
        return redirect(DETAIL, table.pk)
    return render(request, PAGE, table_page(request, table, keep_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def map_forget(request: SignedInRequest, map_id: UUID) -> HttpResponse:
    own = ColumnMap.objects.filter(owner=request.user)
    services.forget_map(get_object_or_404(own, pk=map_id), by=request.user)
    return redirect("exchange:map_list")


@open_to(SIGNED_IN)
@require_GET
def map_list(request: SignedInRequest) -> HttpResponse:
    maps = ColumnMap.objects.visible_to(request.user).select_related("owner", "agency")
    return render(request, "exchange/map_list.html", {"maps": maps})


@open_to(SIGNED_IN)
@require_POST
def table_write(request: SignedInRequest, table_id: UUID) -> HttpResponse:
    return done_to_table(request, table_id, services.write_table)


@open_to(SIGNED_IN)
@require_POST
def table_undo(request: SignedInRequest, table_id: UUID) -> HttpResponse:
    return done_to_table(request, table_id, services.undo_table)


@open_to(SIGNED_IN)
@require_POST
def table_refused(request: SignedInRequest, table_id: UUID) -> HttpResponseBase:
    """A deed, not a reading: that the lines went out stands in the ledger, hence no GET."""
    table = found_for(request, table_id)
    try:
        sheet = services.take_refused(table, by=request.user)
    except Refused as refusal:
        return refused(request, table, refusal)
    return refused_lines_file(request, table, sheet)


def done_to_table(
    request: SignedInRequest, table_id: UUID, deed: Callable[..., TableImport]
) -> HttpResponse:
    """Do it and show the page, or the page with the sentence why not."""
    table = found_for(request, table_id)
    try:
        deed(table, by=request.user)
    except Refused as refusal:
        return refused(request, table, refusal)
    return redirect(DETAIL, table.pk)


def refused(request: SignedInRequest, table: TableImport, refusal: Refused) -> HttpResponse:
    """The page again, with the sentence why not."""
    context = {**table_page(request, table), "refusal": str(refusal)}
    return render(request, PAGE, context, status=UNPROCESSABLE)


def found_for(request: SignedInRequest, table_id: UUID) -> TableImport:
    """The import, for those who may see it."""
    rows = TableImport.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=table_id)


def allowed_for(request: SignedInRequest, table_id: UUID) -> TableImport:
    """The import, for those who may go on with it."""
    table = found_for(request, table_id)
    table.case.require(request.user, services.KINDS[table.kind].duty)
    return table
