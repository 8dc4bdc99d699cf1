"""What the page of one trace request shows, and what the page of an exhibit says of its own."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from evidence.forms import (
    AcknowledgeForm,
    CloseTraceForm,
    RemindForm,
    SendForm,
    TraceStepForm,
)
from evidence.models import Item, RightOfReply, TraceHop, TraceReply, TraceRequest
from evidence.models.trace_words import TraceState
from investigations.http import crumbs_to, handling_of
from investigations.models import Duty

PAGE, PART = "evidence/tracerequest_detail.html", "evidence/_tracerequest.html"
FORMS: dict[str, type[TraceStepForm]] = {
    "send": SendForm,
    "acknowledge": AcknowledgeForm,
    "remind": RemindForm,
    "close": CloseTraceForm,
}
LABELS = {
    "send": _("Write down that it was sent"),
    "acknowledge": _("Acknowledged"),
    "remind": _("Write down a reminder"),
    "close": _("Close it"),
}


def visible_trace(request: SignedInRequest, trace_id: UUID) -> TraceRequest:
    """The request, if this person may see it."""
    rows = TraceRequest.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=trace_id)


def trace_crumbs(trace: TraceRequest, here: str = "") -> dict[str, Any]:
    """The way to a trace request or to a form on it, the way back, and how it is handled."""
    there = reverse("evidence:tracerequest_detail", args=[trace.pk])
    listed = f"{reverse('evidence:tracerequest_list')}?case={trace.case_id}"
    steps = [(_now("Tracing"), listed), (trace.ref, there if here else "")]
    return {
        "crumbs": crumbs_to(trace.case, *steps, *([(here, "")] if here else [])),
        "cancel_url": there,
        "marking": handling_of([trace]),
    }


def trace_page(
    request: SignedInRequest, trace: TraceRequest, **refused: BaseForm
) -> dict[str, Any]:
    """Everything on the page of a trace request; `refused` are forms of its steps by name."""
    user = request.user
    replies = replies_of(trace, user)
    shown = asked_about(trace, user)
    offers = list(RightOfReply.objects.visible_to(user).filter(trace=trace).with_lists())
    may_log = Duty.LOG_EVIDENCE in trace.case.duties(user)
    names = list(steps_offered(trace)) if may_log else []
    names += [name for name in refused if name not in names]
    return {
        **trace_crumbs(trace),
        **shown,
        "trace": trace,
        "replies": replies,
        "rights": offers,
        "marking": handling_of([trace, *shown["components"], *shown["photos"], *replies, *offers]),
        "may_log": may_log,
        "may_reply": may_log and (trace.awaits_reply or trace.state == TraceState.NO_REPLY),
        "offers": [offer(trace, name, refused.get(name)) for name in names],
    }


def asked_about(trace: TraceRequest, user: User) -> dict[str, Any]:
    """The components of a request, and the photographs that go with it."""
    parts = trace.components.visible_to(user).select_related("case", "item", "maker", "category")
    photos = trace.photos.visible_to(user).select_related("case", "item")
    return {"components": list(parts.order_by("id")), "photos": list(photos.order_by("id"))}


def replies_of(trace: TraceRequest, user: User) -> list[TraceReply]:
    """The replies, oldest first, each with the steps of the way."""
    hops = TraceHop.objects.visible_to(user).order_by("position")
    rows = trace.replies.visible_to(user).with_lists()
    return list(rows.order_by("received_at", "id").prefetch_related(Prefetch("hops", hops)))


def steps_offered(trace: TraceRequest) -> Iterator[str]:
    """The steps that may be taken now."""
    if trace.is_draft:
        yield "send"
    if trace.awaits_reply:
        yield "remind"
        if trace.state in {TraceState.SENT, TraceState.REMINDED}:
            yield "acknowledge"
        yield "close"


def offer(trace: TraceRequest, name: str, refused: BaseForm | None) -> dict[str, Any]:
    """One step with its form."""
    return {
        "name": name,
        "label": LABELS[name],
        "form": refused or FORMS[name](trace=trace),
        "action": reverse(f"evidence:tracerequest_{name}", args=[trace.pk]),
        "form_id": f"{name}-form",
        "danger": name == "close",
    }


def traces_panel(request: SignedInRequest, item: Item) -> dict[str, Any]:
    """What the page of an exhibit says of where its components were traced to."""
    rows = TraceRequest.objects.visible_to(request.user).filter(components__item=item)
    return {"traces": list(rows.distinct().with_lists().order_by("-id"))}
