"""What came from peers, in the browser: what its proofs are worth, and what is taken over of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import attempt
from core.listing import Column, page_of
from evidence.models import Item
from exchange import services
from exchange.forms import ExhibitMergeForm, IncidentMergeForm, TakeForm
from exchange.models import DeliveredRecord, Delivery
from investigations.http import crumbs_to, home_of
from investigations.models import Duty

LIST, PAGE = "exchange/delivery_list.html", "exchange/delivery_detail.html"
RECORD = "exchange/delivered_detail.html"
COLUMNS = [
    Column(_lazy("From")),
    Column(_lazy("Case there"), "origin_ref"),
    Column(_lazy("Marking")),
    Column(_lazy("State"), "state"),
    Column(_lazy("Received"), "id"),
]
RECORDS = [
    Column(_lazy("Number there"), "origin_ref"),
    Column(_lazy("Kind"), "kind"),
    Column(_lazy("What it is")),
    Column(_lazy("State"), "state"),
]


@open_to(SIGNED_IN)
@require_GET
def delivery_list(request: SignedInRequest) -> HttpResponse:
    rows = Delivery.objects.visible_to(request.user).with_lists()
    crumbs = [{"label": _("From peers"), "url": ""}]
    return render(request, LIST, {"page": page_of(request, rows, COLUMNS), "crumbs": crumbs})


@open_to(SIGNED_IN)
@require_GET
def delivery_detail(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    return render(request, PAGE, delivery_page(request, delivery_for(request, delivery_id)))


@open_to(SIGNED_IN)
@require_POST
def delivery_take(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    delivery = delivery_for(request, delivery_id)
    services.require_taker(delivery, request.user)
    form = TakeForm(request.POST, user=request.user)
    done, status = attempt(form, lambda: taken(request, delivery, form))
    if done is not None:
        return redirect("exchange:delivery_detail", delivery.pk)
    context = delivery_page(request, delivery, take_form=form)
    return render(request, PAGE, context, status=status)


def taken(request: SignedInRequest, delivery: Delivery, form: TakeForm) -> Delivery:
    """Into the case that was chosen, or a new one."""
    if case := form.cleaned_data["case"]:
        return services.take_delivery(delivery, case, by=request.user)
    return services.take_into_new_case(delivery, by=request.user, **form.opening())


@open_to(SIGNED_IN)
@require_POST
def delivery_verify(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    delivery, form = delivery_for(request, delivery_id), forms.Form(request.POST)
    done, status = attempt(form, lambda: services.verify_again(delivery, by=request.user))
    if done is not None:
        return redirect("exchange:delivery_detail", delivery.pk)
    context = delivery_page(request, delivery, refused=form)
    return render(request, PAGE, context, status=status)


@open_to(SIGNED_IN)
@require_GET
def delivered_detail(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    delivered = record_for(request, record_id)
    return render(request, RECORD, record_page(request, delivered))


@open_to(SIGNED_IN)
@require_POST
def delivered_accept(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    delivered = record_for(request, record_id)
    delivered.require(request.user, Duty.LOG_EVIDENCE)
    form = merge_form(request, delivered, request.POST)
    done, status = attempt(form, deed_of(request, delivered, form))
    if done is not None:
        return redirect(home_of(done))
    return render(request, RECORD, record_page(request, delivered, form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def delivered_set_aside(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    delivered, form = record_for(request, record_id), forms.Form(request.POST)
    done, status = attempt(form, lambda: services.set_aside_delivered(delivered, by=request.user))
    if done is not None:
        return redirect("exchange:delivery_detail", delivered.delivery_id)
    return render(request, RECORD, record_page(request, delivered, refused=form), status=status)


@open_to(SIGNED_IN)
@require_GET
def item_provenance(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    rows = Item.objects.visible_to(request.user).select_related("case")
    item = get_object_or_404(rows, pk=item_id)
    records = DeliveredRecord.objects.visible_to(request.user).filter(item=item).with_lists()
    context = {
        "item": item,
        "records": list(records.order_by("id")),
        "case": item.case,
        "marking": item.handling,
        "crumbs": crumbs_to(
            item.case, (item.exhibit_no, home_of(item)), (_("Where it comes from"), "")
        ),
    }
    return render(request, "exchange/item_provenance.html", context)


def delivery_for(request: SignedInRequest, key: UUID) -> Delivery:
    """The delivery, for those who may see it."""
    return get_object_or_404(Delivery.objects.visible_to(request.user).with_lists(), pk=key)


def record_for(request: SignedInRequest, key: UUID) -> DeliveredRecord:
    """The record, for those who may see it."""
    rows = DeliveredRecord.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows.select_related("before", "delivery__peer__agency"), pk=key)


def delivery_page(
    request: SignedInRequest, delivery: Delivery, **refused: forms.Form
) -> dict[str, Any]:
    """One delivery: what is proven of it, what lies in it, and what may be done."""
    rows = DeliveredRecord.objects.visible_to(request.user).filter(delivery=delivery).with_lists()
    page = page_of(request, rows, RECORDS, sort="id")
    waits = delivery.state == Delivery.State.VERIFIED
    return {
        "delivery": delivery,
        "page": page,
        "case": page.rows[0].case if page.rows else None,
        "may_take": waits and request.user.may_open_cases,
        "may_verify": not delivery.is_gone and delivery.state != Delivery.State.RECEIVED,
        "take_form": TakeForm(user=request.user) if waits else None,
        "marking": delivery.handling,
        "crumbs": way_to(str(delivery)),
        **refused,
    }


def merge_form(
    request: SignedInRequest, delivered: DeliveredRecord, sent: Any = None
) -> forms.Form:
    """What may be chosen of this kind of record."""
    ours = services.ours_of(delivered, request.user)
    merging: dict[str, type[IncidentMergeForm] | type[ExhibitMergeForm]] = {
        DeliveredRecord.Kind.INCIDENT: IncidentMergeForm,
        DeliveredRecord.Kind.EXHIBIT: ExhibitMergeForm,
    }
    if delivered.kind not in merging:
        return forms.Form(sent)
    return merging[delivered.kind](
        sent,
        user=request.user,
        delivered=delivered,
        lines=services.lines_of(delivered, ours),
        initial={"into": ours.pk} if ours else {},
    )


def deed_of(request: SignedInRequest, delivered: DeliveredRecord, form: Any) -> Callable[[], Any]:
    """What accepting this kind of record does."""
    by = request.user
    if delivered.kind == DeliveredRecord.Kind.INCIDENT:
        return lambda: services.accept_delivered_incident(delivered, by=by, **form.facts())
    if delivered.kind == DeliveredRecord.Kind.EXHIBIT:
        return lambda: services.accept_delivered_exhibit(delivered, by=by, **form.facts())
    return lambda: services.accept_delivered_files(delivered, by=by)


def record_page(
    request: SignedInRequest,
    delivered: DeliveredRecord,
    form: forms.Form | None = None,
    refused: forms.Form | None = None,
) -> dict[str, Any]:
    """One record field by field: what they say, what they said before, and what stands here."""
    ours = services.ours_of(delivered, request.user)
    may = delivered.is_waiting and delivered.may(request.user, Duty.LOG_EVIDENCE)
    there = reverse("exchange:delivery_detail", args=[delivered.delivery_id])
    return {
        "delivered": delivered,
        "delivery": delivered.delivery,
        "lines": services.lines_of(delivered, ours),
        "ours": ours,
        "ours_url": home_of(ours) if ours else "",
        "form": (form or merge_form(request, delivered)) if may else None,
        "refused": refused,
        "case": delivered.case,
        "marking": delivered.handling,
        "crumbs": crumbs_to(
            delivered.case, (str(delivered.delivery), there), (delivered.origin_ref, "")
        ),
    }


def way_to(here: str) -> list[dict[str, str]]:
    """The way down to a delivery."""
    there = reverse("exchange:delivery_list")
    return [{"label": _("From peers"), "url": there}, {"label": here, "url": ""}]
