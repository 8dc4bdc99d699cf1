"""Assertions in the browser: the matrix of a case, and one page each."""

from typing import Any
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
from attribution.forms import AssertionForm, AssertionOpeningForm, ReasonForm
from attribution.http import fill_in
from attribution.models import Assertion
from attribution.services.actor_matrix import cited, fallen_links, open_links
from core.forms import typed
from core.http import OK, attempt
from investigations.http import crumbs_to, handling_of, marking_of
from investigations.models import Case, Duty

MATRIX = "attribution/actor_matrix.html"
PAGE, DETAIL = "attribution/assertion_detail.html", "attribution:assertion_detail"


@open_to(SIGNED_IN)
@require_GET
def actor_matrix(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = visible_case(request, case_id)
    matrix = services.matrix_of(case, request.user)
    signatures = services.signatures_of(case, request.user)
    links = [link for one in signatures for link in one.links]
    context = {
        "case": case,
        "matrix": matrix,
        "signatures": signatures,
        "marking": marking_of([case], matrix.actors, matrix.assertions, links),
        "crumbs": crumbs_to(case, (_("Actors and assertions"), "")),
        "may_assert": Duty.ANALYSE in case.duties(request.user),
        **cited_in(matrix.assertions, request),
    }
    return render(request, MATRIX, context)


@open_to(SIGNED_IN)
@require_GET
def assertion_detail(request: SignedInRequest, assertion_id: UUID) -> HttpResponse:
    assertion = visible_assertion(request, assertion_id)
    return render(request, PAGE, assertion_page(request, assertion))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def assertion_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = visible_case(request, case_id)
    case.require(request.user, Duty.ANALYSE)
    begun = AssertionOpeningForm(request.GET, case=case, user=request.user).begin()
    form = AssertionForm(typed(request), instance=begun, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.assert_of_actor(case, by=request.user, **form.facts()),
        goes_to=DETAIL,
        title=_("New assertion about an actor"),
        case=case,
        crumbs=way_to(case, _("New assertion")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def assertion_edit(request: SignedInRequest, assertion_id: UUID) -> HttpResponse:
    assertion = visible_assertion(request, assertion_id)
    assertion.case.require(request.user, Duty.ANALYSE)
    form = AssertionForm(typed(request), instance=assertion, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_assertion(
            assertion, by=request.user, version=form.version_read, **form.facts()
        ),
        goes_to=DETAIL,
        title=_("Edit %(ref)s") % {"ref": assertion.ref},
        case=assertion.case,
        crumbs=way_to(assertion.case, assertion.ref),
    )


@open_to(SIGNED_IN)
@require_POST
def assertion_withdraw(request: SignedInRequest, assertion_id: UUID) -> HttpResponse:
    assertion = visible_assertion(request, assertion_id)
    assertion.case.require(request.user, Duty.ANALYSE)
    form = ReasonForm(request.POST)
    _done, status = attempt(
        form, lambda: services.withdraw_assertion(assertion, by=request.user, **form.cleaned_data)
    )
    if status == OK:
        return redirect(DETAIL, assertion.pk)
    context = assertion_page(request, assertion, withdraw_form=form)
    return render(request, PAGE, context, status=status)


def assertion_page(
    request: SignedInRequest, assertion: Assertion, **refused: BaseForm
) -> dict[str, Any]:
    """Everything on the page of an assertion; a refused form takes the place of a fresh one."""
    evidence = list(assertion.evidence.all())
    may_assert = Duty.ANALYSE in assertion.case.duties(request.user)
    return {
        "assertion": assertion,
        "case": assertion.case,
        "evidence": evidence,
        "marking": handling_of([assertion, *evidence]),
        "crumbs": way_to(assertion.case, assertion.ref),
        "may_assert": may_assert and not assertion.is_withdrawn,
        "withdraw_form": ReasonForm(),
        **cited_in([assertion], request),
        **refused,
    }


def cited_in(assertions: list[Assertion], request: SignedInRequest) -> dict[str, Any]:
    """Which of the cited comparisons may be opened, and which of those no longer stand."""
    return {
        "open_links": open_links(assertions, request.user),
        "fallen": fallen_links(assertions, request.user),
    }


def visible_case(request: SignedInRequest, case_id: UUID) -> Case:
    """The case, if this person has a place in it; a partner finds no weighing of blame there."""
    return get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)


def visible_assertion(request: SignedInRequest, assertion_id: UUID) -> Assertion:
    """The assertion, if this person reads its case as a whole."""
    rows = cited(Assertion.objects.visible_to(request.user), request.user)
    return get_object_or_404(rows, pk=assertion_id)


def way_to(case: Case, here: str) -> list[dict[str, str]]:
    """The way down to an assertion of a case."""
    matrix = reverse("attribution:actor_matrix", args=[case.pk])
    return crumbs_to(case, (_("Actors and assertions"), matrix), (here, ""))
