"""Findings in the browser: drafting them, reading them, handing them in and giving them up."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import AuthorForm, BareForm, FindingForm, ReasonForm
from attribution.http import fill_in, way
from attribution.models import Finding, Hypothesis
from attribution.models.finding import FindingQuerySet
from attribution.views.finding_page import FINDINGS, LIST, PAGE, finding_page, visible_finding
from core.forms import typed
from core.http import OK, answer, attempt
from core.listing import Column, link, page_of
from investigations.http import asked_case, crumbs_to, marking_of
from investigations.models import Duty

DETAIL = "attribution:finding_detail"
COLUMNS = [
    Column(gettext_lazy("Finding"), "ref"),
    Column(gettext_lazy("Statement")),
    Column(gettext_lazy("Level"), "level"),
    Column(gettext_lazy("State"), "status"),
    Column(gettext_lazy("Case"), "case__ref"),
    Column(gettext_lazy("Handed in"), "submitted_at"),
]


@open_to(SIGNED_IN)
@require_GET
def finding_list(request: SignedInRequest) -> HttpResponse:
    page, case = page_of(request, findings_asked(request), COLUMNS, sort="-id"), asked_case(request)
    context = {
        "page": page,
        "chips": chips(request, request.GET.get("status", "")),
        "crumbs": crumbs_to(case, (str(FINDINGS), "")) if case else [],
        "marking": marking_of([case] if case else [], page.rows),
    }
    part = "attribution/_finding_list.html"
    return answer(request, context, page="attribution/finding_list.html", part=part)


def findings_asked(request: SignedInRequest) -> FindingQuerySet:
    """The findings that this person may see, of the case and in the state that are asked for."""
    rows: FindingQuerySet = Finding.objects.visible_to(request.user).with_lists()
    case, asked = asked_case(request), request.GET.get("status", "")
    rows = rows.filter(case=case) if case else rows
    return rows.filter(status=asked) if asked in Finding.Status.values else rows


@open_to(SIGNED_IN)
@require_GET
def finding_detail(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    return render(request, PAGE, finding_page(request, finding))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def finding_create(request: SignedInRequest, hypothesis_id: UUID) -> HttpResponse:
    rows = Hypothesis.objects.visible_to(request.user).with_lists()
    hypothesis = get_object_or_404(rows, pk=hypothesis_id)
    case = hypothesis.case
    case.require(request.user, Duty.ANALYSE)
    form = FindingForm(typed(request), instance=begin(hypothesis), user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.draft_finding(hypothesis, by=request.user, **form.facts()),
        goes_to=DETAIL,
        title=_("A finding about %(ref)s") % {"ref": hypothesis.ref},
        case=case,
        crumbs=way(case, LIST, FINDINGS, (_("New finding"), "")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def finding_edit(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.ANALYSE)
    form = FindingForm(typed(request), instance=finding, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_finding(
            finding, by=request.user, version=form.version_read, **form.facts()
        ),
        goes_to=DETAIL,
        title=_("Rewrite %(ref)s") % {"ref": finding.ref},
        case=finding.case,
        crumbs=way(finding.case, LIST, FINDINGS, (finding.ref, "")),
    )


@open_to(SIGNED_IN)
@require_POST
def author_admit(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.ANALYSE)
    form = AuthorForm(request.POST, finding=finding, prefix="admit")
    _done, status = attempt(
        form, lambda: services.admit_author(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, author_form=form)


@open_to(SIGNED_IN)
@require_POST
def finding_submit(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.ANALYSE)
    form = BareForm(request.POST)
    _done, status = attempt(form, lambda: services.submit_finding(finding, by=request.user))
    return settle(request, finding, status, submit_form=form)


@open_to(SIGNED_IN)
@require_POST
def finding_withdraw(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    finding.case.require(request.user, Duty.RELEASE if finding.released_at else Duty.ANALYSE)
    form = ReasonForm(request.POST, prefix="withdraw")
    _done, status = attempt(
        form, lambda: services.withdraw_finding(finding, by=request.user, **form.cleaned_data)
    )
    return settle(request, finding, status, withdraw_form=form)


@open_to(SIGNED_IN)
@require_POST
def finding_supersede(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id, Duty.ANALYSE)
    form = BareForm(request.POST)
    successor, status = attempt(form, lambda: services.supersede_finding(finding, by=request.user))
    return settle(request, successor or finding, status, supersede_form=form)


def settle(
    request: SignedInRequest, finding: Finding, status: int, **refused: BaseForm
) -> HttpResponse:
    """Back to the page when it is done; the page with the refusal in its form when it is not."""
    if status == OK:
        return redirect(DETAIL, finding.pk)
    finding = visible_finding(request, finding.pk)
    return render(request, PAGE, finding_page(request, finding, **refused), status=status)


def begin(hypothesis: Hypothesis) -> Finding:
    """An unsaved finding that starts where its hypothesis stands."""
    return Finding(
        case=hypothesis.case,
        hypothesis=hypothesis,
        level=hypothesis.level,
        subject=hypothesis.subject,
    )


def chips(request: HttpRequest, asked: str) -> list[dict[str, Any]]:
    """One chip a state; the current one's address takes the filter away."""
    return [
        {
            "label": status.label,
            "url": link(request, status="" if status == asked else status.value),
            "current": status == asked,
        }
        for status in Finding.Status
    ]
