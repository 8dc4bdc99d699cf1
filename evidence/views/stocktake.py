"""Stock-takes in the browser: a field for the hand scanner, ticks for the rest, and the result."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import OK, UNPROCESSABLE, answer, attempt
from evidence import services
from evidence.forms import LostForm, ScanForm
from evidence.models import Item, Sighting, Stocktake
from evidence.models.stock import everything_within, occupancy
from evidence.models.stocktake import Verdict
from evidence.models.vocabulary import ItemStatus
from evidence.views.putting_away import ticked
from evidence.views.storage_page import PAGE as PLACE_PAGE
from evidence.views.storage_page import crumbs_of, place_page
from evidence.views.storage_place import kept, visible
from investigations.http import marking_of

PAGE, PART = "evidence/stocktake_detail.html", "evidence/_stocktake.html"


@open_to(SIGNED_IN)
@require_POST
def stocktake_begin(request: SignedInRequest, place_id: UUID) -> HttpResponse:
    place, form = kept(request, place_id), forms.Form(request.POST)
    begun, status = attempt(form, lambda: services.begin_stocktake(place, by=request.user))
    if begun is not None:
        return redirect("evidence:stocktake_detail", begun.pk)
    context = place_page(request, visible(request, place_id), check=form)
    return render(request, PLACE_PAGE, context, status=status)


@open_to(SIGNED_IN)
@require_GET
def stocktake_detail(request: SignedInRequest, stocktake_id: UUID) -> HttpResponse:
    context = stocktake_page(request, checked(request, stocktake_id))
    return answer(request, context, page=PAGE, part=PART)


@open_to(SIGNED_IN)
@require_POST
def stocktake_scan(request: SignedInRequest, stocktake_id: UUID) -> HttpResponse:
    stocktake, form = checked(request, stocktake_id), ScanForm(request.POST)
    deed = partial(services.note_seen, stocktake, by=request.user)
    seen, status = attempt(form, lambda: deed(**form.cleaned_data))
    refused = {} if seen is not None else {"scan_form": form}
    context = {**stocktake_page(request, stocktake, **refused), "seen": seen}
    return answer(request, context, page=PAGE, part=PART, status=status)


@open_to(SIGNED_IN)
@require_POST
def stocktake_tick(request: SignedInRequest, stocktake_id: UUID) -> HttpResponse:
    stocktake, form = checked(request, stocktake_id), forms.Form(request.POST)
    deed = partial(services.tick_seen, stocktake, ticked(request), by=request.user)
    return done(request, stocktake, form, deed)


@open_to(SIGNED_IN)
@require_POST
def stocktake_finish(request: SignedInRequest, stocktake_id: UUID) -> HttpResponse:
    stocktake, form = checked(request, stocktake_id), forms.Form(request.POST)
    return done(
        request, stocktake, form, partial(services.finish_stocktake, stocktake, by=request.user)
    )


def done(
    request: SignedInRequest, stocktake: Stocktake, form: forms.Form, deed: Any
) -> HttpResponse:
    """Do it and show the check again; a refusal stands on top."""
    result, status = attempt(form, deed)
    if result is not None:
        return redirect("evidence:stocktake_detail", stocktake.pk)
    context = stocktake_page(request, stocktake, scan_form=form)
    return render(request, PAGE, context, status=UNPROCESSABLE if status == OK else status)


def checked(request: SignedInRequest, stocktake_id: UUID) -> Stocktake:
    """The check, if this person keeps its place."""
    rows = Stocktake.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=stocktake_id)


def stocktake_page(
    request: SignedInRequest, stocktake: Stocktake, **refused: forms.Form
) -> dict[str, Any]:
    """What is expected, what was seen, and once it is finished what became of each."""
    stocktake = checked(request, stocktake.pk)
    within = everything_within(stocktake.place)
    mine = Item.objects.visible_to(request.user).select_related("case", "storage", "holder")
    sightings = list(
        Sighting.objects.visible_to(request.user).filter(stocktake=stocktake).with_lists()
    )
    seen = {sighting.item_id for sighting in sightings}
    awaited = list(mine.filter(storage__in=within).exclude(pk__in=seen).order_by("exhibit_no"))
    told = {verdict: [s for s in sightings if s.verdict == verdict] for verdict in Verdict}
    shown = [*sightings, *awaited]
    return {
        "stocktake": stocktake,
        "under_way": stocktake.finished_at is None,
        "awaited": [] if stocktake.finished_at else awaited,
        "sightings": sightings,
        "lists": [(verdict, told[verdict]) for verdict in LISTED],
        "losses": losses_of(told[Verdict.MISSING]),
        "unseen": unseen_of(stocktake, within, mine, told),
        "scan_form": refused.get("scan_form") or ScanForm(),
        "crumbs": crumbs_of(stocktake.place, _("Inventory check")),
        "marking": marking_of(shown),
    }


LISTED = (Verdict.MISSING, Verdict.UNEXPECTED, Verdict.PRESENT)


def losses_of(missing: list[Sighting]) -> list[dict[str, Any]]:
    """For each that was missing and is not accounted for since, the form that declares it lost."""
    return [
        {
            "item": sighting.item,
            "form": LostForm(prefix="item_lost", auto_id=f"id_{sighting.item_id}_%s"),
            "action": reverse("evidence:item_lost", args=[sighting.item_id]),
            "form_id": f"lost-{sighting.item_id}",
        }
        for sighting in missing
        if sighting.item.status != ItemStatus.LOST
    ]


def unseen_of(stocktake: Stocktake, within: Any, mine: Any, told: Any) -> dict[str, int]:
    """How many there are that this person may not see: numbers, never names."""
    if stocktake.finished_at is None:
        hidden = occupancy(within) - mine.filter(storage__in=within).count()
        return {"expected": hidden, "unnamed": len(stocktake.unnamed)}
    return {
        "missing": stocktake.missing - len(told[Verdict.MISSING]),
        "present": stocktake.present - len(told[Verdict.PRESENT]),
        "unexpected": stocktake.unexpected - len(told[Verdict.UNEXPECTED]),
        "unnamed": len(stocktake.unnamed),
    }
