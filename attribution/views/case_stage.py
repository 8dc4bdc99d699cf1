"""The stages of a case in the browser: where it stands, what its next gate asks for, and moving."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import ConclusionForm, ReopeningForm, StageForm
from attribution.http import whole_case
from core.http import OK, attempt
from investigations.http import crumbs_to, marking_of, stages_of
from investigations.models import Case, CaseOutcome, Duty, ReopeningGround, Stage
from investigations.services import reopen_case
from investigations.services.case_stage import MOVES
from ledger.models import Entry

PAGE, DETAIL = "attribution/case_stage.html", "attribution:case_stage"
MOVES_SHOWN = 100
WORDS: dict[str, Any] = {
    **dict(Case.Status.choices),
    **dict(Stage.choices),
    **dict(CaseOutcome.choices),
    **dict(ReopeningGround.choices),
}
"""What the ledger's codes are called."""


@open_to(SIGNED_IN)
@require_GET
def case_stage(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    return render(request, PAGE, stage_page(request, whole_case(request.user, case_id)))


@open_to(SIGNED_IN)
@require_POST
def case_move(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = managed_case(request, case_id)
    form = StageForm(request.POST, case=case)
    return go(request, case, "stage_form", form, services.move_case)


@open_to(SIGNED_IN)
@require_POST
def case_conclude(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = managed_case(request, case_id)
    return go(
        request, case, "conclusion_form", ConclusionForm(request.POST), services.conclude_case
    )


@open_to(SIGNED_IN)
@require_POST
def case_reopen(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = managed_case(request, case_id)
    return go(request, case, "reopening_form", ReopeningForm(request.POST), reopen_case)


def managed_case(request: SignedInRequest, case_id: UUID) -> Case:
    """The case, if this person leads it."""
    case = whole_case(request.user, case_id)
    case.require(request.user, Duty.MANAGE)
    return case


def go(
    request: SignedInRequest, case: Case, name: str, form: BaseForm, deed: Callable[..., Case]
) -> HttpResponse:
    """Do the deed and come back to the page, or show it with the refused form."""
    _done, status = attempt(form, lambda: deed(case, by=request.user, **form.cleaned_data))
    if status == OK:
        return redirect(DETAIL, case.pk)
    return render(request, PAGE, stage_page(request, case, **{name: form}), status=status)


def stage_page(request: SignedInRequest, case: Case, **refused: BaseForm) -> dict[str, Any]:
    """Everything on it; a refused form takes the place of a fresh one."""
    may_manage = Duty.MANAGE in case.duties(request.user)
    forms: dict[str, Any] = {}
    if may_manage:
        forms = forms_for(case) | refused
    return {
        "case": case,
        "stages": stages_of(case),
        "gates": list(gates_of(case, request)),
        "moves": moves_of(case),
        "marking": marking_of([case]),
        "crumbs": crumbs_to(case, (_("Stage"), "")),
        "may_manage": may_manage,
        **forms,
    }


def forms_for(case: Case) -> dict[str, BaseForm]:
    """What the lead can do with a case where it stands."""
    found: dict[str, BaseForm] = {}
    stage_form = StageForm(case=case)
    if not stage_form.empty:
        found["stage_form"] = stage_form
    if case.status != Case.Status.CLOSED:
        stands = services.is_concluded(case)
        outcome = CaseOutcome.ATTRIBUTED if stands else CaseOutcome.NOT_ATTRIBUTED
        found["conclusion_form"] = ConclusionForm(initial={"outcome": outcome})
    if case.has_ended:
        found["reopening_form"] = ReopeningForm()
    return found


def gates_of(case: Case, request: SignedInRequest) -> Iterator[dict[str, Any]]:
    """The gate of the next stage, and that of the conclusion, with where each thing is done."""
    for stage in services.stages_ahead(case):
        points = services.gate_to(stage, case, request.user)
        doors = [point.door(case) for point in points]
        ends = stage == Stage.CONCLUDED
        label = _("Before the case is concluded") if ends else _("Before “%(stage)s”")
        told = label % {"stage": stage.label}
        yield {"label": told, "points": list(zip(points, doors, strict=True))}


def moves_of(case: Case) -> list[dict[str, Any]]:
    """How the case came where it stands, newest first, as the ledger tells it."""
    lines = Entry.objects.about(case).filter(act__in=MOVES).select_related("actor")
    return [told(line) for line in lines.order_by("-position")[:MOVES_SHOWN]]


def told(line: Entry) -> dict[str, Any]:
    """One move in words."""
    facts = line.facts
    return {
        "line": line,
        "after": WORDS.get(facts.get("after", ""), ""),
        "before": WORDS.get(facts.get("before", ""), ""),
        "reason": facts.get("reason", ""),
        "left_open": sum(int(one.rpartition(":")[2]) for one in facts.get("left_open", [])),
    }
