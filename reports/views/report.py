"""Reports in the browser: asking for one, watching it being made, fetching the file."""

import re
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.context import address
from core.forms import typed
from core.http import OK, answer, attempt
from core.listing import Column, page_of
from evidence.models import Item, StoragePlace
from investigations.http import asked_case, marking_of
from investigations.models import Case, Duty
from reports import services, vault
from reports.forms import LabelForm, ReportForm
from reports.http import INERT_HEADERS, MOST_LABELS, as_pdf, code_address
from reports.models import Report
from reports.models.report import ReportQuerySet
from reports.views.progress import progress_of

LIST, PART = "reports/report_list.html", "reports/_report_list.html"
CASE_PAGE, REQUEST = "reports/case_reports.html", "reports/_request.html"
PAGE, PROGRESS = "reports/report_detail.html", "reports/_progress.html"
LABELS = "reports/labels.html"
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLUMNS = [
    Column(_("Report")),
    Column(_("Case"), "case__ref"),
    Column(_("State"), "state"),
    Column(_("Asked for by"), "requested_by__username"),
    Column(_("SHA-256")),
    Column(_("Ledger line"), "ledger_position", number=True),
    Column(_("Asked for"), "id"),
]


@open_to(SIGNED_IN)
@require_GET
def report_list(request: SignedInRequest) -> HttpResponse:
    page = page_of(request, reports_asked(request), COLUMNS)
    context = {"page": page, "marking": marking_of(page.rows)}
    return answer(request, context, page=LIST, part=PART)


def reports_asked(request: SignedInRequest) -> ReportQuerySet:
    """The reports that this person may see, of one case if the address names it."""
    rows: ReportQuerySet = Report.objects.visible_to(request.user).with_lists()
    case = asked_case(request)
    return rows.filter(case=case) if case else rows


@open_to(SIGNED_IN)
@require_GET
def case_reports(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    form = ReportForm(initial={"language": request.user.language})
    return answer(request, case_page(request, case, form), page=CASE_PAGE, part=PART)


@open_to(SIGNED_IN)
@require_POST
def report_request(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    form = ReportForm(request.POST)
    report, status = attempt(
        form, lambda: services.request_report(case, by=request.user, **form.cleaned_data)
    )
    if report is not None:
        return redirect("reports:report_detail", report.pk)
    return render(request, CASE_PAGE, case_page(request, case, form), status=status)


@open_to(SIGNED_IN)
@require_GET
def report_detail(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    rows = Report.objects.visible_to(request.user).with_lists()
    report = get_object_or_404(rows, pk=report_id)
    return answer(request, report_page(report), page=PAGE, part=PROGRESS, status=OK)


@open_to(SIGNED_IN)
@require_POST
def report_download(request: SignedInRequest, report_id: UUID) -> HttpResponseBase:
    """A deed, not a reading: that the file went out stands in the ledger, hence no GET."""
    report = get_object_or_404(Report.objects.visible_to(request.user).with_lists(), pk=report_id)
    if not report.is_ready:
        raise Http404(_now("This report is not ready."))
    pdf = vault.open_report(report.sha256)
    services.note_download(report, by=request.user)
    return FileResponse(
        pdf,
        as_attachment=True,
        filename=report.file_name,
        content_type="application/pdf",
        headers=INERT_HEADERS,
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def labels(request: SignedInRequest) -> HttpResponse:
    """Labels for the exhibits that are named; printing them is a deed, hence a POST."""
    (items, places), form = labelled(request), LabelForm(typed(request))
    status, there = OK, partial(code_address, request)
    if request.method == "POST":
        deed = partial(services.print_labels, items, places, by=request.user, address=there)
        pdf, status = attempt(form, lambda: deed(**form.cleaned_data))
        if pdf is not None:
            return as_pdf(pdf, f"labels-{timezone.now():%Y%m%d-%H%M}.pdf")
    context = {"items": items, "places": places, "form": form, "marking": marking_of(items)}
    return render(request, LABELS, context, status=status)


def labelled(request: SignedInRequest) -> tuple[list[Item], list[StoragePlace]]:
    """What was asked for, by ?item=, ?place= or ?incident= all of it, as far as it is seen."""
    asked = typed(request) or request.GET
    named = Q(pk__in=keys_in(asked.getlist("item")))
    named |= Q(incident__in=keys_in(asked.getlist("incident")))
    rows = Item.objects.visible_to(request.user).filter(named).select_related("case")
    places = StoragePlace.objects.visible_to(request.user).with_path()
    return (
        list(rows.order_by("case", "exhibit_no")[:MOST_LABELS]),
        list(places.filter(pk__in=keys_in(asked.getlist("place")))[:MOST_LABELS]),
    )


def keys_in(texts: list[str]) -> list[UUID]:
    """The keys among what an address holds; nonsense names nothing."""
    return [UUID(text) for text in texts if KEY.fullmatch(text)]


def case_page(request: SignedInRequest, case: Case, form: ReportForm) -> dict[str, Any]:
    """The reports of one case, and the form that asks for another if this person may."""
    rows = Report.objects.visible_to(request.user).filter(case=case).with_lists()
    page = page_of(request, rows, COLUMNS)
    return {
        "case": case,
        "form": form,
        "may_ask": Duty.REPORT in case.duties(request.user),
        "title_shown": case.title_for(request.user),
        "page": page,
        "marking": marking_of([case], page.rows),
        "crumbs": crumbs_to(case),
    }


def report_page(report: Report) -> dict[str, Any]:
    """One report and how far it is; the page asks again while it is being made."""
    ready = reverse("reports:report_download", args=[report.pk]) if report.is_ready else ""
    state, step = Report.State(report.state), Report.Step(report.step)
    if report.is_unfinished and services.waits_for_worker(report):
        state, step = Report.State.WAITING, Report.Step.QUEUED
    return {
        "report": report,
        "job": progress_of(report, state, step),
        "waiting": report.is_unfinished,
        "poll_url": reverse("reports:report_detail", args=[report.pk]),
        "result_url": ready,
        "marking": report.handling,
        "crumbs": [*crumbs_to(report.case), {"label": report.file_name, "url": ""}],
    }


def crumbs_to(case: Case) -> list[dict[str, str]]:
    """The way down: the case, then its reports."""
    return [
        {"label": case.ref, "url": address("investigations:case_detail", case.pk)},
        {"label": _now("Reports"), "url": reverse("reports:case_reports", args=[case.pk])},
    ]
