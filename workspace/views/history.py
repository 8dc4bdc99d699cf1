"""The history of a record in the browser: every change, any moment, and what two tell otherwise."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import OK, UNPROCESSABLE
from investigations.http import name_of
from workspace.forms import MomentForm, MomentsForm
from workspace.http import way_to, with_past_or_404
from workspace.models import History, Step, case_of, entered_silently

PAGE = "workspace/history.html"


@open_to(SIGNED_IN)
@require_GET
def history(request: SignedInRequest, kind: str, row_id: UUID) -> HttpResponse:
    past = with_past_or_404(request.user, kind, row_id)
    steps = past.steps()
    context = history_page(past, steps)
    context |= as_of(past, request.GET) | between(past, steps, request.GET)
    forms = (context["form"], context["moments_form"])
    wrong = any(form.is_bound and not form.is_valid() for form in forms)
    return render(request, PAGE, context, status=UNPROCESSABLE if wrong else OK)


def history_page(past: History, steps: list[Step]) -> dict[str, Any]:
    """Every change of a record."""
    row = past.row
    return {
        "row": row,
        "case": case_of(row),
        "name": name_of(row),
        "steps": steps,
        "was_amended": bool(past.states),
        "entered_at": row.created_at if entered_silently(steps, past.states) else None,
        "marking": getattr(row, "handling", None),
        "crumbs": way_to(row),
    }


def as_of(past: History, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The record at the moment that is asked for."""
    form = MomentForm(asked if "at" in asked else None)
    if not (form.is_bound and form.is_valid()):
        return {"form": form, "moment": None}
    moment = form.cleaned_data["at"]
    return {"form": form, "moment": moment, "told": past.told_at(moment)}


def between(past: History, steps: list[Step], asked: Mapping[str, Any]) -> dict[str, Any]:
    """What it says otherwise at one moment than at another; not asked for, by its last change."""
    bound = asked if {"from", "to"} & set(asked) else None
    form = MomentsForm(bound, moments=past.moments(steps))
    if form.is_bound and not form.is_valid():
        return {"moments_form": form, "difference": None}
    found = past.between(*form.asked)
    form.initial = {"from": past.since_when(found.since), "to": past.since_when(found.until)}
    return {"moments_form": form, "difference": found}
