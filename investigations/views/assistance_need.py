"""Needs of assistance in the browser: the page of a case, and one page each."""

from functools import partial
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.listing import Column, page_of
from investigations import services
from investigations.forms import FulfilForm, NeedForm, ReasonForm
from investigations.http import (
    crumbs_to,
    done_or_refused,
    fill_in,
    handling_of,
    home_of,
    marking_of,
)
from investigations.models import (
    AssistanceNeed,
    AssistanceOffer,
    Case,
    ContributionRequest,
    Duty,
)
from investigations.views.assistance_board import board_of, is_board, ways_of_seeing

LIST, PAGE = "investigations/assistance.html", "investigations/assistanceneed_detail.html"
MOST = 100
COLUMNS = [
    Column(_("Need"), "ref"),
    Column(_("Capability"), "capability"),
    Column(_("Urgency"), "urgency"),
    Column(_("Needed by"), "needed_by"),
    Column(_("State"), "status"),
]


@open_to(SIGNED_IN)
@require_GET
def assistance(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    context = {
        **needs_and_help(request, case),
        "case": case,
        "crumbs": crumbs_to(case, (_now("Assistance"), "")),
        "may_ask": Duty.ANALYSE in case.duties(request.user),
    }
    return render(request, LIST, context)


@open_to(SIGNED_IN)
@require_GET
def assistanceneed_detail(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    return render(request, PAGE, need_page(request, need_id))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def assistanceneed_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.ANALYSE)
    form = NeedForm(typed(request), instance=AssistanceNeed(case=case))
    return fill_in(
        request,
        form,
        lambda: services.enter_need(case, by=request.user, **form.facts()),
        title=_now("Enter a need of assistance"),
        **around(case, _now("New need")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def assistanceneed_edit(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    need = visible_need(request, need_id)
    need.case.require(request.user, Duty.ANALYSE)
    form = NeedForm(typed(request), instance=need)
    return fill_in(
        request,
        form,
        lambda: services.amend_need(
            need, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_now("Edit %(ref)s") % {"ref": need.ref},
        **around(need.case, need.ref, need),
    )


@open_to(SIGNED_IN)
@require_POST
def assistanceneed_fulfil(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    need, form = needed(request, need_id), FulfilForm(request.POST)
    return done_to(request, need, form, services.fulfil_need, "fulfil_form")


@open_to(SIGNED_IN)
@require_POST
def assistanceneed_decline(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    need, form = needed(request, need_id), ReasonForm(request.POST)
    return done_to(request, need, form, services.decline_need, "decline_form")


def done_to(
    request: SignedInRequest, need: AssistanceNeed, form: Any, deed: Any, name: str
) -> HttpResponse:
    """Do a deed to a need and show it again; a refusal stands in its form."""
    shown = partial(need_page, request, need.pk)
    return done_or_refused(request, need, form, deed, shown=shown, name=name, page=PAGE)


def visible_need(request: SignedInRequest, need_id: UUID) -> AssistanceNeed:
    """The need, if this person sees it."""
    rows = AssistanceNeed.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=need_id)


def needed(request: SignedInRequest, need_id: UUID) -> AssistanceNeed:
    """The need, if this person may say what became of it."""
    need = visible_need(request, need_id)
    need.case.require(request.user, Duty.ANALYSE)
    return need


def needs_and_help(request: SignedInRequest, case: Case) -> dict[str, Any]:
    """The needs as a table or as a board, what was asked and offered, and how all is handled."""
    rows = AssistanceNeed.objects.visible_to(request.user).filter(case=case).with_lists()
    around = asked_and_offered(request, case)
    shown: list[Any] = [[case], around["requests"], around["offers"]]
    told: dict[str, Any] = {**around, "ways": ways_of_seeing(request)}
    if is_board(request):
        told["board"] = board = board_of(request, rows)
        shown += [board.rows, board.requests, board.offers]
    else:
        told["page"] = page = page_of(request, rows, COLUMNS)
        shown += [page.rows]
    return {**told, "marking": marking_of(*shown)}


def asked_and_offered(request: SignedInRequest, case: Case) -> dict[str, Any]:
    """What was asked of agencies and offered by them, as far as this person is shown it."""
    requests = ContributionRequest.objects.visible_to(request.user).filter(case=case)
    offers = AssistanceOffer.objects.visible_to(request.user).filter(case=case)
    return {
        "requests": list(requests.with_lists().order_by("-id")[:MOST]),
        "offers": list(offers.with_lists().order_by("-id")[:MOST]),
    }


def around(case: Case, here: str, row: AssistanceNeed | None = None) -> dict[str, Any]:
    """What a form on a need shares: the way to it, the way back, and how it is handled."""
    board = reverse("investigations:assistance", args=[case.pk])
    return {
        "cancel_url": home_of(row) if row else board,
        "marking": marking_of([row or case]),
        "crumbs": crumbs_to(case, (_now("Assistance"), board), (here, "")),
    }


def need_page(request: SignedInRequest, need_id: UUID, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of a need; a refused form takes the place of a fresh one."""
    need, user = visible_need(request, need_id), request.user
    requests = list(need.requests.visible_to(user).with_lists().order_by("id"))
    offers = list(need.offers.visible_to(user).with_lists().order_by("id"))
    may_ask = Duty.ANALYSE in need.case.duties(user)
    return {
        **around(need.case, need.ref),
        "need": need,
        "case": need.case,
        "requests": requests,
        "offers": offers,
        "marking": handling_of([need, *requests, *offers]),
        "may_ask": may_ask and need.is_under_way,
        "may_fulfil": may_ask and need.status == "matched",
        "fulfil_form": FulfilForm(),
        "decline_form": ReasonForm(),
        **refused,
    }
