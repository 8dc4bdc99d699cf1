"""Measures in the browser: what followed the findings of a case, and one page each."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import MeasureForm, NewMeasureForm, ReasonForm, SilenceForm, StepForm
from attribution.http import whole_case
from attribution.models import Finding, Measure
from attribution.services import RECORDERS
from attribution.views.finding_page import visible_finding
from core.forms import typed
from core.http import OK, attempt
from investigations.http import crumbs_to, fill_in, handling_of, marking_of
from investigations.models import Case, Duty

PAGE, DETAIL = "attribution/measure_detail.html", "attribution:measure_detail"
ACCOUNT = "attribution/accountability.html"
SILENCES = (30, 90, 180, 365)
"""After how many days without a step the page can tell that something is overdue."""


@open_to(SIGNED_IN)
@require_GET
def accountability(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    return render(request, ACCOUNT, account_page(request, case, days_asked(request)))


@open_to(SIGNED_IN)
@require_GET
def measure_detail(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    measure = visible_measure(request, measure_id)
    return render(request, PAGE, measure_page(request, measure))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def measure_create(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    finding = visible_finding(request, finding_id)
    finding.case.require(request.user, *RECORDERS)
    new, user = Measure(case=finding.case), request.user
    form = NewMeasureForm(typed(request), instance=new, user=user, finding=finding)
    return fill_in(
        request,
        form,
        lambda: services.record_measure(finding, by=request.user, **form.facts()),
        title=_("A measure that rests on %(ref)s") % {"ref": finding.ref},
        case=finding.case,
        marking=finding.handling,
        crumbs=way_to(finding.case, _("New measure")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def measure_edit(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    measure = recorders_measure(request, measure_id)
    form = MeasureForm(typed(request), instance=measure, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_measure(
            measure, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_("Edit %(ref)s") % {"ref": measure.ref},
        case=measure.case,
        marking=measure.handling,
        crumbs=way_to(measure.case, measure.ref),
    )


@open_to(SIGNED_IN)
@require_POST
def measure_step(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    measure = recorders_measure(request, measure_id)
    form = StepForm(request.POST, measure=measure, user=request.user)
    _done, status = attempt(
        form, lambda: services.take_step(measure, by=request.user, **form.cleaned_data)
    )
    return settle(request, measure, status, step_form=form)


@open_to(SIGNED_IN)
@require_POST
def measure_withdraw(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    measure = recorders_measure(request, measure_id)
    form = ReasonForm(request.POST)
    _done, status = attempt(
        form, lambda: services.withdraw_measure(measure, by=request.user, **form.cleaned_data)
    )
    return settle(request, measure, status, withdraw_form=form)


def settle(
    request: SignedInRequest, measure: Measure, status: int, **refused: BaseForm
) -> HttpResponse:
    """Back to the page when it is done; the page with the refusal in its form when it is not."""
    if status == OK:
        return redirect(DETAIL, measure.pk)
    measure = visible_measure(request, measure.pk)
    return render(request, PAGE, measure_page(request, measure, **refused), status=status)


def account_page(request: SignedInRequest, case: Case, days: int) -> dict[str, Any]:
    """What came of each released finding of the case."""
    outcomes = services.account_of(case, request.user, silent_after=days)
    shown = [row for one in outcomes for row in one.shown]
    return {
        "case": case,
        "outcomes": outcomes,
        "days": days,
        "silences": SILENCES,
        "marking": marking_of([case], [one.release for one in outcomes], shown),
        "crumbs": crumbs_to(case, (_("Accountability"), "")),
        "may_record": may_record(request, case),
    }


def measure_page(request: SignedInRequest, measure: Measure, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of a measure; a refused form takes the place of a fresh one."""
    steps, follow_ups = list(measure.steps.all()), list(measure.follow_ups.all())
    replaced = {step.corrects_id: step for step in steps if step.corrects_id}
    return {
        "measure": measure,
        "case": measure.case,
        "finding": measure.finding,
        "steps": [(step, replaced.get(step.pk)) for step in reversed(steps)],
        "follow_ups": follow_ups,
        "successor": successor_to(measure.finding, request.user),
        "marking": handling_of([measure, *steps, *follow_ups]),
        "crumbs": way_to(measure.case, measure.ref),
        "may_record": may_record(request, measure.case) and not measure.is_withdrawn,
        "may_report": Duty.REPORT in measure.case.duties(request.user),
        "step_form": StepForm(measure=measure, user=request.user),
        "withdraw_form": ReasonForm(),
        **refused,
    }


def successor_to(finding: Finding, reader: User) -> Finding | None:
    """What took the place of a finding, once that was released."""
    rows = Finding.objects.visible_to(reader).successors_of(finding)
    return rows.filter(released_at__isnull=False).first()


def days_asked(request: SignedInRequest) -> int:
    """After how many days silence is told as overdue; what makes no sense is left out."""
    form = SilenceForm(request.GET)
    return int(form.cleaned_data["days"]) if form.is_valid() else services.SILENT_AFTER


def may_record(request: SignedInRequest, case: Case) -> bool:
    """Whether this person may enter what followed the findings of the case."""
    return bool(set(RECORDERS) & case.duties(request.user))


def visible_measure(request: SignedInRequest, measure_id: UUID) -> Measure:
    """The measure with its steps and follow-ups, if this person reads its case as a whole."""
    rows = services.followed(Measure.objects.visible_to(request.user).with_lists(), request.user)
    return get_object_or_404(rows, pk=measure_id)


def recorders_measure(request: SignedInRequest, measure_id: UUID) -> Measure:
    """The same for somebody who may enter measures."""
    measure = visible_measure(request, measure_id)
    measure.case.require(request.user, *RECORDERS)
    return measure


def way_to(case: Case, *steps: str) -> list[dict[str, str]]:
    """The way down to what followed the findings of a case."""
    account = (_("Accountability"), reverse("attribution:accountability", args=[case.pk]))
    return crumbs_to(case, account, *((step, "") for step in steps))
