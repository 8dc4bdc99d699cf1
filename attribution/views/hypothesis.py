"""Hypotheses in the browser: rivals side by side, case by case."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import BareForm, HypothesisForm, ReasonForm
from attribution.forms.actor import analysed_by
from attribution.http import fill_in, way
from attribution.models import Finding, Hypothesis
from core.forms import typed
from core.http import OK, answer, attempt
from core.listing import page_of
from core.markings import joined
from investigations.http import asked_case, crumbs_to, handling_of
from investigations.models import Case, Duty

PAGE = "attribution/hypothesis_detail.html"
LIST = "attribution:hypothesis_list"
HYPOTHESES = gettext_lazy("Hypotheses")
CASES_A_PAGE = 20


@open_to(SIGNED_IN)
@require_GET
def hypothesis_list(request: SignedInRequest) -> HttpResponse:
    return answer(
        request,
        list_page(request),
        page="attribution/hypothesis_list.html",
        part="attribution/_hypothesis_list.html",
    )


@open_to(SIGNED_IN)
@require_GET
def hypothesis_detail(request: SignedInRequest, hypothesis_id: UUID) -> HttpResponse:
    hypothesis = visible_hypothesis(request, hypothesis_id)
    return render(request, PAGE, hypothesis_page(request, hypothesis))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def hypothesis_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.ANALYSE)
    form = HypothesisForm(typed(request), instance=Hypothesis(case=case), user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.propose_hypothesis(case, by=request.user, **form.facts()),
        goes_to="attribution:hypothesis_detail",
        title=_("Propose a hypothesis"),
        case=case,
        crumbs=way(case, LIST, HYPOTHESES, (_("New hypothesis"), "")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def hypothesis_edit(request: SignedInRequest, hypothesis_id: UUID) -> HttpResponse:
    hypothesis = visible_hypothesis(request, hypothesis_id, Duty.ANALYSE)
    form = HypothesisForm(typed(request), instance=hypothesis, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_hypothesis(
            hypothesis, by=request.user, version=form.version_read, **form.facts()
        ),
        goes_to="attribution:hypothesis_detail",
        title=_("Edit %(ref)s") % {"ref": hypothesis.ref},
        case=hypothesis.case,
        crumbs=way(hypothesis.case, LIST, HYPOTHESES, (hypothesis.ref, "")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def hypothesis_supersede(request: SignedInRequest, hypothesis_id: UUID) -> HttpResponse:
    old = visible_hypothesis(request, hypothesis_id, Duty.ANALYSE)
    same = {name: getattr(old, name) for name in HypothesisForm.Meta.fields}
    new = Hypothesis(case=old.case, label=old.label)
    form = HypothesisForm(typed(request), instance=new, initial=same, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.supersede_hypothesis(old, by=request.user, **form.facts()),
        goes_to="attribution:hypothesis_detail",
        title=_("A new hypothesis in place of %(ref)s") % {"ref": old.ref},
        case=old.case,
        crumbs=way(old.case, LIST, HYPOTHESES, (old.ref, "")),
    )


@open_to(SIGNED_IN)
@require_POST
def hypothesis_reject(request: SignedInRequest, hypothesis_id: UUID) -> HttpResponse:
    hypothesis = visible_hypothesis(request, hypothesis_id, Duty.ANALYSE)
    form = ReasonForm(request.POST)
    _done, status = attempt(
        form,
        lambda: services.reject_hypothesis(hypothesis, by=request.user, **form.cleaned_data),
    )
    return settle(request, hypothesis, status, reject_form=form)


@open_to(SIGNED_IN)
@require_POST
def hypothesis_reinstate(request: SignedInRequest, hypothesis_id: UUID) -> HttpResponse:
    hypothesis = visible_hypothesis(request, hypothesis_id, Duty.ANALYSE)
    form = BareForm(request.POST)
    _done, status = attempt(
        form, lambda: services.reinstate_hypothesis(hypothesis, by=request.user)
    )
    return settle(request, hypothesis, status, reinstate_form=form)


def visible_hypothesis(
    request: SignedInRequest, hypothesis_id: UUID, duty: Duty | None = None
) -> Hypothesis:
    """The hypothesis, if this person works on its case and holds `duty` there."""
    rows = Hypothesis.objects.visible_to(request.user).with_lists()
    hypothesis = get_object_or_404(rows, pk=hypothesis_id)
    if duty:
        hypothesis.case.require(request.user, duty)
    return hypothesis


def settle(
    request: SignedInRequest, hypothesis: Hypothesis, status: int, **refused: BaseForm
) -> HttpResponse:
    """Back to the page when it is done; the page with the refusal in its form when it is not."""
    if status == OK:
        return redirect("attribution:hypothesis_detail", hypothesis.pk)
    return render(request, PAGE, hypothesis_page(request, hypothesis, **refused), status=status)


def hypothesis_page(
    request: SignedInRequest, hypothesis: Hypothesis, **refused: BaseForm
) -> dict[str, Any]:
    """What the page of one hypothesis shows; a refused form takes the place of a fresh one."""
    case = hypothesis.case
    others = Hypothesis.objects.visible_to(request.user).filter(case=case).active()
    rivals = list(others.exclude(pk=hypothesis.pk).order_by("id"))
    findings = list(Finding.objects.visible_to(request.user).filter(hypothesis=hypothesis))
    return {
        "hypothesis": hypothesis,
        "case": case,
        "marking": handling_of([hypothesis], *rivals, *findings),
        "crumbs": way(case, LIST, HYPOTHESES, (hypothesis.ref, "")),
        "rivals": rivals,
        "findings": findings,
        "lacks": services.lacking(case, [hypothesis, *rivals]) if hypothesis.is_active else [],
        "may_analyse": Duty.ANALYSE in case.duties(request.user),
        "reject_form": ReasonForm(),
        "reinstate_form": BareForm(),
        **refused,
    }


def list_page(request: SignedInRequest) -> dict[str, Any]:
    """The hypotheses of the cases that this person reads or analyses, or of the one asked for."""
    analysed = set(analysed_by(request.user).values_list("pk", flat=True))
    some = Hypothesis.objects.visible_to(request.user).filter(case=OuterRef("pk"))
    cases = Case.objects.visible_to(request.user).filter(Exists(some) | Q(pk__in=analysed))
    case = asked_case(request)
    page = page_of(request, cases.filter(pk=case.pk) if case else cases, size=CASES_A_PAGE)
    groups = list(grouped(request, page.rows, analysed))
    shown = [hypothesis for group in groups for hypothesis in group["hypotheses"]]
    handlings = [*(row.handling for row in page.rows), *(one.own_handling for one in shown)]
    return {
        "page": page,
        "groups": groups,
        "marking": joined(handlings) if handlings else "",
        "crumbs": crumbs_to(case, (str(HYPOTHESES), "")) if case else [],
    }


def grouped(
    request: SignedInRequest, cases: list[Case], analysed: set[UUID]
) -> Iterator[dict[str, Any]]:
    """The hypotheses of each case, and what they lack to compete, in one question each."""
    rows = Hypothesis.objects.visible_to(request.user).with_lists().filter(case__in=cases)
    by_case: dict[UUID, list[Hypothesis]] = {}
    for hypothesis in rows.order_by("id"):
        by_case.setdefault(hypothesis.case_id, []).append(hypothesis)
    lacks = services.lacking_in(cases)
    for case in cases:
        yield {
            "case": case,
            "hypotheses": by_case.get(case.pk, []),
            "lacks": lacks[case.pk],
            "may_propose": case.pk in analysed,
        }
