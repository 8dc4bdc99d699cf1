"""Requests for contribution in the browser: asking an agency, and what it answers."""

from functools import partial
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from investigations import services
from investigations.forms import ContributionForm, ReasonForm
from investigations.http import done_or_refused, fill_in, handling_of
from investigations.models import AssistanceNeed, ContributionRequest, Duty
from investigations.views.assistance_need import around, needed

PAGE = "investigations/contributionrequest_detail.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def contributionrequest_create(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    need = needed(request, need_id)
    form = ContributionForm(typed(request), instance=ContributionRequest(case=need.case, need=need))
    return fill_in(
        request,
        form,
        lambda: services.ask_to_contribute(need, by=request.user, **form.facts()),
        title=_("Ask an agency to contribute"),
        **around(need.case, need.ref, need),
    )


@open_to(SIGNED_IN)
@require_GET
def contributionrequest_detail(request: SignedInRequest, asked_id: UUID) -> HttpResponse:
    return render(request, PAGE, request_page(request, asked_id))


@open_to(SIGNED_IN)
@require_POST
def contributionrequest_decline(request: SignedInRequest, asked_id: UUID) -> HttpResponse:
    asked, form = visible_request(request, asked_id), ReasonForm(request.POST)
    asked.case.require(request.user, Duty.ANALYSE, Duty.CONTRIBUTE)
    return done_or_refused(
        request,
        asked,
        form,
        services.decline_to_contribute,
        shown=partial(request_page, request, asked_id),
        name="decline_form",
        page=PAGE,
    )


def visible_request(request: SignedInRequest, asked_id: UUID) -> ContributionRequest:
    """The request, if this person sees it: of the team, or of the agency that is asked."""
    rows = ContributionRequest.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=asked_id)


def request_page(request: SignedInRequest, asked_id: UUID, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of a request; a refused form takes the place of a fresh one."""
    asked, user = visible_request(request, asked_id), request.user
    duties = asked.case.duties(user)
    offers = list(asked.offers.visible_to(user).with_lists().order_by("id"))
    return {
        **around(asked.case, asked.ref),
        "asked": asked,
        "case": asked.case,
        "need": AssistanceNeed.objects.visible_to(user).filter(pk=asked.need_id).first(),
        "offers": offers,
        "marking": handling_of([asked, *offers]),
        "may_answer": asked.is_waiting and bool({Duty.ANALYSE, Duty.CONTRIBUTE} & duties),
        "may_write": Duty.ANALYSE in duties,
        "decline_form": ReasonForm(),
        **refused,
    }
