"""Deeds that take two people, in the browser: what waits for whom, and the second person's word."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core import security_log
from core.http import answer
from core.listing import Column, page_of
from investigations import services
from investigations.forms import ReasonForm
from investigations.http import marking_of, settle
from investigations.models import Notice, Request, RequestKind
from investigations.models.request import PAGES, RequestQuerySet
from investigations.views.request_page import PAGE, request_page, told

LIST, PART = "investigations/request_list.html", "investigations/_request_list.html"
MOST = 100
COLUMNS = [
    Column(_("What is asked"), "kind"),
    Column(_("About")),
    Column(_("State"), "state"),
    Column(_("Asked by"), "asked_by__display_name"),
    Column(_("Asked"), "id"),
    Column(_("Decided by")),
]


@open_to(SIGNED_IN)
@require_GET
def request_list(request: SignedInRequest) -> HttpResponse:
    rows, user = visible(request), request.user
    for_me = list(rows.awaiting(user).order_by("lapses_at")[:MOST])
    mine = list(rows.waiting().filter(asked_by=user)[:MOST])
    others = rows.exclude(pk__in=[row.pk for row in [*for_me, *mine]])
    page = page_of(request, others, COLUMNS)
    notices = Notice.objects.visible_to(user).unseen().select_related("request", "case")[:MOST]
    lists = [told(some, user) for some in (for_me, mine, page.rows)]
    names = ("for_me", "mine", "others")
    marking = marking_of(one.request for some in lists for one in some if one.case)
    context = dict(zip(names, lists, strict=True), page=page, notices=notices, marking=marking)
    return answer(request, context, page=LIST, part=PART)


@open_to(SIGNED_IN)
@require_GET
def request_detail(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(visible(request), pk=request_id)
    if row.kind in PAGES:
        return redirect(row.door, row.pk)
    return render(request, PAGE, request_page(request, row))


@open_to(SIGNED_IN)
@require_POST
def request_refuse(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(visible(request), pk=request_id)
    form = ReasonForm(request.POST)
    return decided(request, row, form, lambda: refuse(request, row, form))


@open_to(SIGNED_IN)
@require_POST
def request_withdraw(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(visible(request), pk=request_id)
    deed = partial(services.withdraw, row, by=request.user)
    return decided(request, row, forms.Form(request.POST), deed)


@open_to(SIGNED_IN)
@require_POST
def lowering_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(visible(request), pk=request_id)
    deed = partial(services.lower_label, row, by=request.user)
    return decided(request, row, forms.Form(request.POST), deed)


@open_to(SIGNED_IN)
@require_POST
def notices_seen(request: SignedInRequest) -> HttpResponse:
    services.put_notices_away(by=request.user)
    return redirect("investigations:request_list")


def refuse(request: SignedInRequest, row: Request, form: ReasonForm) -> Request:
    """Pass on the second person's no; those who guard the installation learn of an emergency's."""
    row = services.refuse(row, by=request.user, reason=form.cleaned_data["reason"])
    if row.kind == RequestKind.EMERGENCY:
        security_log.note("emergency.refused", request, about=row.pk, asked_by=row.asked_by_id)
    return row


def visible(request: SignedInRequest) -> RequestQuerySet:
    """The requests that this person may see, with those who asked and decided."""
    return Request.objects.visible_to(request.user).select_related("asked_by", "decided_by")


def decided(
    request: SignedInRequest, row: Request, form: forms.Form, deed: Callable[[], object]
) -> HttpResponse:
    """Do it, and go back to the request; a refusal shows it again with the reason."""
    name = "refuse_form" if isinstance(form, ReasonForm) else "deed_form"
    return settle(
        request,
        form,
        deed,
        shown=partial(request_page, request, row),
        name=name,
        page=PAGE,
        part=PAGE,
        there=reverse("investigations:request_detail", args=[row.pk]),
    )
