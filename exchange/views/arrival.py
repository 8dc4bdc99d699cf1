"""Files from elsewhere in the browser: bringing one in, and deciding on each attack in it."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.errors import Refused
from core.http import UNPROCESSABLE, attempt
from core.listing import Column, page_of
from exchange import services
from exchange.formats.elsewhere import LARGEST
from exchange.forms import AcceptForm, ArrivalForm
from exchange.models import Arrival, ArrivedObject
from exchange.views.stix import PAGE, stix_page
from investigations.http import crumbs_to, home_of
from investigations.models import Case, Duty

LIST, DETAIL = "exchange/arrival_detail.html", "exchange/arrived_detail.html"
COLUMNS = [
    Column(_lazy("Object")),
    Column(_lazy("Type"), "kind"),
    Column(_lazy("Marking")),
    Column(_lazy("State"), "state"),
]


@open_to(SIGNED_IN)
@require_POST
def arrival_receive(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.LOG_EVIDENCE)
    form = ArrivalForm(request.POST, request.FILES)
    arrival, status = attempt(form, lambda: taken_in(request, case, form))
    if arrival is not None:
        return redirect("exchange:arrival_detail", arrival.pk)
    return render(request, PAGE, stix_page(request, case, arrival_form=form), status=status)


def taken_in(request: SignedInRequest, case: Case, form: ArrivalForm) -> Arrival:
    """The file that was chosen; no more of it is read than could be used."""
    file = form.cleaned_data["file"]
    data = file.read(LARGEST + 1)
    return services.receive_bundle(case, by=request.user, name=file.name, data=data)


@open_to(SIGNED_IN)
@require_GET
def arrival_detail(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    rows = Arrival.objects.visible_to(request.user).select_related("case", "received_by")
    arrival = get_object_or_404(rows, pk=arrival_id)
    found = ArrivedObject.objects.visible_to(request.user).filter(arrival=arrival).with_lists()
    context = {
        "arrival": arrival,
        "page": page_of(request, found, COLUMNS, sort="id"),
        "case": arrival.case,
        "marking": arrival.handling,
        "crumbs": [*crumbs_of(arrival), {"label": arrival.name, "url": ""}],
    }
    return render(request, LIST, context)


@open_to(SIGNED_IN)
@require_GET
def arrived_detail(request: SignedInRequest, arrived_id: UUID) -> HttpResponse:
    arrived = found_for(request, arrived_id)
    form = AcceptForm(initial={"title": arrived.name[:200]})
    return render(request, DETAIL, arrived_page(request, arrived, form))


@open_to(SIGNED_IN)
@require_POST
def arrived_accept(request: SignedInRequest, arrived_id: UUID) -> HttpResponse:
    arrived = found_for(request, arrived_id)
    arrived.require(request.user, Duty.LOG_EVIDENCE)
    form = AcceptForm(request.POST)
    incident, status = attempt(
        form, lambda: services.accept_arrived(arrived, by=request.user, **form.cleaned_data)
    )
    if incident is not None:
        return redirect(home_of(incident))
    return render(request, DETAIL, arrived_page(request, arrived, form), status=status)


@open_to(SIGNED_IN)
@require_POST
def arrived_set_aside(request: SignedInRequest, arrived_id: UUID) -> HttpResponse:
    arrived = found_for(request, arrived_id)
    try:
        services.set_aside_arrived(arrived, by=request.user)
    except Refused as refusal:
        form = AcceptForm({"title": arrived.name})
        form.add_error(None, str(refusal))
        context = arrived_page(request, arrived, form)
        return render(request, DETAIL, context, status=UNPROCESSABLE)
    return redirect("exchange:arrival_detail", arrived.arrival_id)


def found_for(request: SignedInRequest, key: UUID) -> ArrivedObject:
    """The object, for those who may see it."""
    rows = ArrivedObject.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=key)


def arrived_page(
    request: SignedInRequest, arrived: ArrivedObject, form: AcceptForm
) -> dict[str, Any]:
    """One object with all that it says, and what may be decided."""
    may = arrived.is_waiting and arrived.may(request.user, Duty.LOG_EVIDENCE)
    title = arrived.name or arrived.stix_id
    return {
        "arrived": arrived,
        "as_read": json.dumps(arrived.as_read, ensure_ascii=False, indent=2),
        "form": form,
        "may_accept": may and arrived.tells_of_attack,
        "may_set_aside": may,
        "case": arrived.case,
        "marking": arrived.handling,
        "crumbs": [
            *crumbs_of(arrived.arrival),
            {"label": arrived.arrival.name, "url": address_of(arrived.arrival)},
            {"label": title, "url": ""},
        ],
    }


def address_of(arrival: Arrival) -> str:
    """The page of a bundle."""
    return reverse("exchange:arrival_detail", args=[arrival.pk])


def crumbs_of(arrival: Arrival) -> list[dict[str, str]]:
    """The way down to a bundle."""
    there = reverse("exchange:case_stix", args=[arrival.case_id])
    return crumbs_to(arrival.case, (_("STIX, MISP and CASE"), there))
