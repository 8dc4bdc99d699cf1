"""Trace requests in the browser: the list, one page each, drafting, the letter, the steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import answer
from core.listing import Column, page_of
from core.zones import today
from evidence import services
from evidence.forms import TraceFilterForm, TraceForm
from evidence.http import step_to_item
from evidence.models import Door, File, Item, TraceRequest
from evidence.services.caveat import bound_among
from evidence.services.trace_request import told_of
from evidence.views.trace_page import (
    FORMS,
    PAGE,
    PART,
    asked_about,
    trace_crumbs,
    trace_page,
    visible_trace,
)
from investigations.http import crumbs_to, fill_in, handling_of, settle
from investigations.models import Duty

LIST, LIST_PART = "evidence/tracerequest_list.html", "evidence/_tracerequest_list.html"
FORM, LETTER = "evidence/record_form.html", "evidence/trace_letter.html"
LANGUAGES = ("en", "ar")
LATE = 50
COLUMNS = [
    Column(_("Request"), "ref"),
    Column(_("Recipient"), "recipient"),
    Column(_("State"), "state"),
    Column(_("Sent"), "sent_at"),
    Column(_("Answer due"), "due"),
    Column(_("Who follows it up"), "owner__display_name"),
]


@open_to(SIGNED_IN)
@require_GET
def tracerequest_list(request: SignedInRequest) -> HttpResponse:
    form = TraceFilterForm(request.GET, user=request.user)
    rows = form.narrow(TraceRequest.objects.visible_to(request.user)).with_lists()
    late = list(rows.overdue().order_by("due", "id")[:LATE])
    page = page_of(request, rows, COLUMNS)
    marking = handling_of([*page.rows, *late])
    context = {"page": page, "late": late, "form": form, "marking": marking}
    return answer(request, context, page=LIST, part=LIST_PART)


@open_to(SIGNED_IN)
@require_GET
def tracerequest_detail(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    trace = visible_trace(request, trace_id)
    return answer(request, trace_page(request, trace), page=PAGE, part=PART)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def tracerequest_create(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    item.case.require(request.user, Duty.LOG_EVIDENCE)
    near = item.components.visible_to(request.user)
    blank = TraceRequest(case=item.case)
    form = TraceForm(typed(request), instance=blank, user=request.user, components=near)
    return fill_in(
        request,
        form,
        lambda: services.draft_trace(item.case, by=request.user, **form.facts()),
        page=FORM,
        title=_now("Draft a trace request"),
        crumbs=crumbs_to(item.case, step_to_item(item), (_now("New trace request"), "")),
        cancel_url=step_to_item(item)[1],
        marking=item.handling,
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def tracerequest_edit(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    trace = visible_trace(request, trace_id)
    trace.case.require(request.user, Duty.LOG_EVIDENCE)
    form = TraceForm(typed(request), instance=trace, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_trace(
            trace, by=request.user, version=form.version_read, **form.facts()
        ),
        page=FORM,
        title=_now("Edit %(ref)s") % {"ref": trace.ref},
        **trace_crumbs(trace, _now("Edit")),
    )


@open_to(SIGNED_IN)
@require_GET
def tracerequest_letter(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    """The letter to print, from fixed sentences; nothing is sent from here."""
    trace = visible_trace(request, trace_id)
    asked = request.GET.get("in", "")
    asked_for = asked_about(trace, request.user)
    context = {
        **trace_crumbs(trace, _now("Letter")),
        **what_leaves(trace, asked_for["photos"], request.user),
        "components": asked_for["components"],
        "may_log": Duty.LOG_EVIDENCE in trace.case.duties(request.user),
        "trace": trace,
        "kind": f"evidence/letters/_{trace.recipient_kind}.html",
        "tongue": asked if asked in LANGUAGES else get_language(),
        "today": today(),
    }
    return render(request, LETTER, context)


def what_leaves(trace: TraceRequest, photos: list[File], reader: User) -> dict[str, Any]:
    """The photographs that go along, those that their labels keep here, and what caveats keep."""
    going = [photo for photo in photos if services.goes_along(photo, trace.photos_tlp)]
    return {
        "photos": going,
        "kept_back": [photo for photo in photos if photo not in going],
        "bound": bound_among(Door.LETTER, told_of(trace, reader)),
    }


@open_to(SIGNED_IN)
@require_POST
def tracerequest_send(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    return step(request, trace_id, "send", services.send_trace)


@open_to(SIGNED_IN)
@require_POST
def tracerequest_acknowledge(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    return step(request, trace_id, "acknowledge", services.acknowledge_trace)


@open_to(SIGNED_IN)
@require_POST
def tracerequest_remind(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    return step(request, trace_id, "remind", services.remind_of_trace)


@open_to(SIGNED_IN)
@require_POST
def tracerequest_close(request: SignedInRequest, trace_id: UUID) -> HttpResponse:
    return step(request, trace_id, "close", services.close_trace)


def step(
    request: SignedInRequest, trace_id: UUID, name: str, deed: Callable[..., object]
) -> HttpResponse:
    """Do a step, and show the request as it is now; a refusal keeps what was typed."""
    trace = visible_trace(request, trace_id)
    form = FORMS[name](request.POST, trace=trace)
    return settle(
        request,
        form,
        lambda: deed(trace, by=request.user, **form.cleaned_data),
        shown=lambda **refused: trace_page(request, visible_trace(request, trace_id), **refused),
        name=name,
        page=PAGE,
        part=PART,
        there=reverse("evidence:tracerequest_detail", args=[trace_id]),
    )
