"""Offers of assistance in the browser: entering, answering a request, deciding in writing."""

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
from core.zones import today
from investigations import services
from investigations.forms import DecideForm, NewOfferForm, OfferForm, ReasonForm
from investigations.http import done_or_refused, fill_in, home_of
from investigations.models import AssistanceNeed, AssistanceOffer, Duty
from investigations.views.assistance_need import around, needed
from investigations.views.contribution_request import visible_request

PAGE = "investigations/assistanceoffer_detail.html"
OWN_IDS = "withdraw_%s"
"""Two forms of the page ask for a reason; the fields of one are told apart by these ids."""


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def assistanceoffer_create(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    need = needed(request, need_id)
    begun = AssistanceOffer(case=need.case, need=need, capability=need.capability)
    begun.offered_on = today()
    form = NewOfferForm(typed(request), instance=begun)
    return fill_in(
        request,
        form,
        lambda: services.enter_offer(need, by=request.user, **form.facts()),
        title=_("Enter an offer"),
        **around(need.case, need.ref, need),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def assistanceoffer_answer(request: SignedInRequest, asked_id: UUID) -> HttpResponse:
    asked = visible_request(request, asked_id)
    asked.case.require(request.user, Duty.ANALYSE, Duty.CONTRIBUTE)
    begun = AssistanceOffer(case=asked.case, capability=asked.capability)
    begun.offered_on = today()
    form = OfferForm(typed(request), instance=begun)
    return fill_in(
        request,
        form,
        lambda: services.answer_request(asked, by=request.user, **form.facts()),
        title=_("Offer help"),
        **around(asked.case, asked.ref) | {"marking": asked.handling},
    )


@open_to(SIGNED_IN)
@require_GET
def assistanceoffer_detail(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    return render(request, PAGE, offer_page(request, offer_id))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def assistanceoffer_edit(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    offer = changeable(request, offer_id)
    form = OfferForm(typed(request), instance=offer)
    return fill_in(
        request,
        form,
        lambda: services.amend_offer(
            offer, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_("Edit %(ref)s") % {"ref": offer.ref},
        **around(offer.case, offer.ref) | {"cancel_url": home_of(offer)},
    )


@open_to(SIGNED_IN)
@require_POST
def assistanceoffer_decide(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    offer, form = visible_offer(request, offer_id), DecideForm(request.POST)
    offer.case.require(request.user, Duty.MANAGE)
    return done_to(request, offer, form, services.decide_offer, "decide_form")


@open_to(SIGNED_IN)
@require_POST
def assistanceoffer_withdraw(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    offer, form = changeable(request, offer_id), ReasonForm(request.POST, auto_id=OWN_IDS)
    return done_to(request, offer, form, services.withdraw_offer, "withdraw_form")


def done_to(
    request: SignedInRequest, offer: AssistanceOffer, form: Any, deed: Any, name: str
) -> HttpResponse:
    """Do a deed to an offer and show it again; a refusal stands in its form."""
    shown = partial(offer_page, request, offer.pk)
    return done_or_refused(request, offer, form, deed, shown=shown, name=name, page=PAGE)


def visible_offer(request: SignedInRequest, offer_id: UUID) -> AssistanceOffer:
    """The offer, if this person sees it: of the team, or of the agency that made it."""
    rows = AssistanceOffer.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=offer_id)


def changeable(request: SignedInRequest, offer_id: UUID) -> AssistanceOffer:
    """The offer, if this person may change it while it waits."""
    offer = visible_offer(request, offer_id)
    if not services.may_change_offer(offer, request.user):
        offer.case.require(request.user, Duty.ANALYSE)
    return offer


def offer_page(request: SignedInRequest, offer_id: UUID, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of an offer; a refused form takes the place of a fresh one."""
    offer, user = visible_offer(request, offer_id), request.user
    duties = offer.case.duties(user)
    return {
        **around(offer.case, offer.ref),
        "offer": offer,
        "case": offer.case,
        "need": AssistanceNeed.objects.visible_to(user).filter(pk=offer.need_id).first(),
        "marking": offer.handling,
        "may_decide": offer.is_pending and Duty.MANAGE in duties,
        "may_change": offer.is_pending and services.may_change_offer(offer, user),
        "may_log": Duty.LOG_EVIDENCE in duties,
        "may_manage": Duty.MANAGE in duties,
        "decide_form": DecideForm(),
        "withdraw_form": ReasonForm(auto_id=OWN_IDS),
        **refused,
    }
