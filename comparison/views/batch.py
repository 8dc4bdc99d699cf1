"""Production batches in the browser: all that a person may see, and those of one component."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison.forms import BatchFilterForm
from comparison.services import batch as batches
from core.http import answer
from core.listing import link as address_with
from evidence.http import step_to_item
from evidence.models import Component
from investigations.http import crumbs_to, marking_of

LIST, PART = "comparison/batch_list.html", "comparison/_batch_list.html"
PAGE = "comparison/batch_detail.html"
KINDS = {batches.RUN: _("Runs of serial numbers"), batches.LOT: _("Lots")}


@open_to(SIGNED_IN)
@require_GET
def batch_list(request: SignedInRequest) -> HttpResponse:
    form = BatchFilterForm(request.GET)
    kind = kind_asked(request)
    found = batches_asked(request, form, kind)
    context = {
        "batches": found.rows,
        "next_url": address_with(request, begin=found.after) if found.after else "",
        "form": form,
        "kind": kind,
        "tabs": tabs_of(request, kind),
        "marking": marking_of(*(readings_of(one) for one in found.rows)),
    }
    return answer(request, context, page=LIST, part=PART)


@open_to(SIGNED_IN)
@require_GET
def batch_detail(request: SignedInRequest, component_id: UUID) -> HttpResponse:
    rows = Component.objects.visible_to(request.user).with_lists()
    component = get_object_or_404(rows, pk=component_id)
    found = batches.batches_with(component, batches.seen_by(request.user))
    context = {
        "component": component,
        "batches": found,
        "crumbs": crumbs_to(component.case, step_to_item(component.item), (_now("Batch"), "")),
        "marking": marking_of([component], *(readings_of(one) for one in found)),
    }
    return render(request, PAGE, context)


def batches_asked(request: Any, form: BatchFilterForm, kind: str) -> batches.Batches:
    """The page of batches that the address asks for, among what this person may see."""
    rows = batches.seen_by(request.user)
    return batches.batches_among(
        rows,
        kind,
        narrowed=form.narrow(rows, batches.COLUMNS[kind]),
        wanted=form.wanted(),
        after=request.GET.get("begin", "").replace("\0", ""),
    )


def kind_asked(request: Any) -> str:
    """The kind of batch that the address names; an unknown one means runs of serials."""
    asked = request.GET.get("kind", "")
    return asked if asked in KINDS else batches.RUN


def tabs_of(request: SignedInRequest, kind: str) -> list[dict[str, Any]]:
    """Runs and lots, the filters kept."""
    there = reverse("comparison:batch_list")
    return [
        {
            "label": label,
            "url": there + address_with(request, kind=one, begin=""),
            "current": one == kind,
        }
        for one, label in KINDS.items()
    ]


def readings_of(batch: batches.Batch) -> list[Any]:
    """What a batch shows, for its marking."""
    return [place.reading for place in batch.places]
