"""Right of reply in the browser: what was offered to whom, and what came of it."""

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
from evidence import services
from evidence.forms import OfferForm, SettleForm
from evidence.models import RightOfReply, TraceRequest
from evidence.models.right_of_reply import RightOfReplyQuerySet
from investigations.http import asked_case, crumbs_to, fill_in, handling_of, marking_of, settle
from investigations.models import Case, Duty

LIST, PAGE = "evidence/rightofreply_list.html", "evidence/rightofreply_detail.html"
FORM, PART = "evidence/record_form.html", "evidence/_rightofreply.html"
COLUMNS = [
    Column(_("Company"), "company"),
    Column(_("State"), "state"),
    Column(_("Offered"), "offered_at"),
    Column(_("Answer due"), "due"),
    Column(_("Case"), "case__ref"),
]


@open_to(SIGNED_IN)
@require_GET
def rightofreply_list(request: SignedInRequest) -> HttpResponse:
    page, case = page_of(request, offers_asked(request), COLUMNS), asked_case(request)
    context = {"page": page, "case": case, "marking": handling_of(page.rows)}
    return render(request, LIST, {**context, "may_offer": case and may_offer(request, case)})


def offers_asked(request: SignedInRequest) -> RightOfReplyQuerySet:
    """The offers that this person may see, of one case if the address names it."""
    rows: RightOfReplyQuerySet = RightOfReply.objects.visible_to(request.user).with_lists()
    case = asked_case(request)
    return rows.filter(case=case) if case else rows


@open_to(SIGNED_IN)
@require_GET
def rightofreply_detail(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    return render(request, PAGE, offer_page(request, visible_offer(request, offer_id)))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def rightofreply_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.LOG_EVIDENCE, Duty.ANALYSE)
    blank, start = RightOfReply(case=case), start_of(request, case)
    form = OfferForm(typed(request), instance=blank, initial=start, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.offer_reply(case, by=request.user, **form.cleaned_data),
        page=FORM,
        title=_now("Write down an offer to answer"),
        crumbs=crumbs_to(case, (_now("Right of reply"), "")),
        cancel_url=f"{reverse('evidence:rightofreply_list')}?case={case.pk}",
        marking=marking_of([case]),
    )


@open_to(SIGNED_IN)
@require_POST
def rightofreply_settle(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    row = visible_offer(request, offer_id)
    form = SettleForm(request.POST, offer=row, user=request.user)
    return settle(
        request,
        form,
        lambda: services.settle_offer(row, by=request.user, **form.cleaned_data),
        shown=lambda **refused: offer_page(request, visible_offer(request, offer_id), **refused),
        name="settle_form",
        page=PAGE,
        part=PART,
        there=reverse("evidence:rightofreply_detail", args=[offer_id]),
    )


def visible_offer(request: SignedInRequest, offer_id: UUID) -> RightOfReply:
    """The offer, if this person may see it."""
    rows = RightOfReply.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=offer_id)


def may_offer(request: SignedInRequest, case: Case) -> bool:
    """Whether this person may offer a company of this case to answer."""
    return bool(case.duties(request.user) & {Duty.LOG_EVIDENCE, Duty.ANALYSE})


def start_of(request: SignedInRequest, case: Case) -> dict[str, Any]:
    """What is known at the start: a trace request that was named, or else the company alone."""
    company = request.GET.get("company", "").replace("\0", "").strip()[:200]
    return of_trace(request, case) or ({"company": company} if company else {})


def of_trace(request: SignedInRequest, case: Case) -> dict[str, Any]:
    """What a trace request that was asked for by its number already says."""
    named = request.GET.get("trace", "").replace("\0", "")
    seen = partial(TraceRequest.objects.visible_to(request.user).filter, case=case)
    trace = seen(ref=named).first() if named else None
    if trace is None:
        return {}
    return {"trace": trace, "company": trace.recipient, "address": trace.recipient_address[:300]}


def offer_page(
    request: SignedInRequest, offer: RightOfReply, settle_form: BaseForm | None = None
) -> dict[str, Any]:
    """Everything on the page of an offer."""
    user = request.user
    duties = offer.case.duties(user)
    may = offer.is_pending and bool(duties & {Duty.LOG_EVIDENCE, Duty.ANALYSE})
    listed = reverse("evidence:rightofreply_list")
    return {
        "offer": offer,
        "marking": handling_of([offer]),
        "crumbs": crumbs_to(offer.case, (_now("Right of reply"), listed), (offer.company, "")),
        "may_settle": may or settle_form is not None,
        "settle_form": settle_form or SettleForm(offer=offer, user=user),
        "settle_url": reverse("evidence:rightofreply_settle", args=[offer.pk]),
    }
