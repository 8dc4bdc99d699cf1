"""What of a case goes to peers, in the browser: looking first, asking, agreeing, recalling."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution.http import whole_case
from core.forms import typed
from core.http import OK, UNPROCESSABLE, attempt
from core.listing import Column, page_of
from exchange import services
from exchange.forms import ReasonForm, ShipmentForm
from exchange.models import DeliveredRecord, Shipment
from exchange.services.packing import Preview
from investigations.http import crumbs_to, marking_of
from investigations.models import Case, Duty, Request, RequestKind

LIST, PAGE = "exchange/case_shipments.html", "exchange/shipment_detail.html"
FORM, LOOK = "exchange/shipment_form.html", "look"
LATEST = 50
COLUMNS = [
    Column(_lazy("To whom")),
    Column(_lazy("State"), "state"),
    Column(_lazy("Marked at most")),
    Column(_lazy("Asked by")),
    Column(_lazy("Asked for"), "id"),
]


@open_to(SIGNED_IN)
@require_GET
def case_shipments(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    rows = Shipment.objects.visible_to(request.user).filter(case=case).with_lists()
    came = DeliveredRecord.objects.visible_to(request.user).filter(case=case).with_lists()
    page, received = page_of(request, rows, COLUMNS), list(came.order_by("-id")[:LATEST])
    context = {
        "case": case,
        "page": page,
        "received": received,
        "may_ship": Duty.MANAGE in case.duties(request.user),
        "title_shown": case.title_for(request.user),
        "marking": marking_of([case], page.rows, received),
        "crumbs": crumbs_to(case, (_("Peers"), "")),
    }
    return render(request, LIST, context)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def shipment_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.MANAGE)
    form = ShipmentForm(typed(request), case=case, user=request.user)
    status, preview = OK, None
    if request.method == "POST" and LOOK in request.POST:
        preview, status = attempt(form, lambda: looked_at(request, case, form))
    elif request.method == "POST":
        shipment, status = attempt(
            form, lambda: services.ask_to_ship(case, by=request.user, **form.facts())
        )
        if shipment is not None:
            return redirect("exchange:shipment_detail", shipment.pk)
    context = {"form": form, "preview": preview, "case": case, "marking": case.handling}
    return render(request, FORM, {**context, "crumbs": way_to(case, _("New"))}, status=status)


def looked_at(request: SignedInRequest, case: Case, form: ShipmentForm) -> Preview:
    """What would leave, before anybody is asked."""
    return services.preview_shipment(case, by=request.user, **form.what())


@open_to(SIGNED_IN)
@require_GET
def shipment_detail(request: SignedInRequest, shipment_id: UUID) -> HttpResponse:
    shipment = shipment_for(request, shipment_id)
    return render(request, PAGE, shipment_page(request, shipment))


@open_to(SIGNED_IN)
@require_POST
def shipment_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    rows = Request.objects.visible_to(request.user).filter(kind=RequestKind.SHIPMENT)
    asked, form = get_object_or_404(rows, pk=request_id), forms.Form(request.POST)
    done, status = attempt(form, lambda: services.agree_to_shipment(asked, by=request.user))
    if done is not None:
        return redirect("exchange:shipment_detail", done.pk)
    shipment = shipment_for(request, asked.subject_id)
    return render(request, PAGE, shipment_page(request, shipment, refused=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def shipment_recall(request: SignedInRequest, shipment_id: UUID) -> HttpResponse:
    shipment, form = shipment_for(request, shipment_id), ReasonForm(request.POST)
    shipment.case.require(request.user, Duty.MANAGE)
    done, status = attempt(
        form, lambda: services.recall_shipment(shipment, by=request.user, **form.cleaned_data)
    )
    if done is not None:
        return redirect("exchange:shipment_detail", shipment.pk)
    context = shipment_page(request, shipment, recall_form=form)
    return render(request, PAGE, context, status=status or UNPROCESSABLE)


def shipment_for(request: SignedInRequest, key: UUID) -> Shipment:
    """The shipment, for those who may see it."""
    return get_object_or_404(Shipment.objects.visible_to(request.user).with_lists(), pk=key)


def shipment_page(
    request: SignedInRequest, shipment: Shipment, **refused: forms.Form
) -> dict[str, Any]:
    """One shipment, and what may be done with it."""
    asked = shipment.request
    manages = Duty.MANAGE in shipment.case.duties(request.user)
    return {
        "shipment": shipment,
        "case": shipment.case,
        "may_agree": asked is not None and asked.may_be_decided_by(request.user),
        "may_recall": manages and shipment.may_be_there,
        "recall_form": ReasonForm(),
        "marking": shipment.handling,
        "crumbs": way_to(shipment.case, str(shipment.peer)),
        **refused,
    }


def way_to(case: Case, here: str) -> list[dict[str, str]]:
    """The way down to a shipment of a case."""
    there = reverse("exchange:case_shipments", args=[case.pk])
    return crumbs_to(case, (_("Peers"), there), (here, ""))
