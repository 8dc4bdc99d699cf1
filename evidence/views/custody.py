"""Custody in the browser: from hand to hand, into storage, under seal and out of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import OK, attempt, wants_part
from evidence import services
from evidence.forms import (
    BreakSealForm,
    DisposeForm,
    HandOverForm,
    NotAcceptForm,
    ReceiveForm,
    SealForm,
    StoreForm,
    TakeBackForm,
)
from evidence.models import Item
from evidence.views.item_page import PAGE, item_page
from investigations.models import Duty, Request

PART = "evidence/_custody.html"


@open_to(SIGNED_IN)
@require_POST
def hand_over(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = visible_item(request, item_id)
    form = HandOverForm(request.POST, item=item)
    deed = custody_deed(services.hand_over, item, form, request)
    return settle(request, item, form, deed, name="hand_over")


@open_to(SIGNED_IN)
@require_POST
def receive(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), ReceiveForm(request.POST, prefix="receive")
    deed = custody_deed(services.receive_item, item, form, request)
    return settle(request, item, form, deed, name="receive")


@open_to(SIGNED_IN)
@require_POST
def not_accept(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), NotAcceptForm(request.POST, prefix="not_accept")
    deed = custody_deed(services.refuse_item, item, form, request)
    return settle(request, item, form, deed, name="not_accept")


@open_to(SIGNED_IN)
@require_POST
def take_back(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), TakeBackForm(request.POST, prefix="take_back")
    deed = custody_deed(services.take_back, item, form, request)
    return settle(request, item, form, deed, name="take_back")


@open_to(SIGNED_IN)
@require_POST
def store(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), StoreForm(request.POST, reader=request.user)
    deed = custody_deed(services.store_item, item, form, request)
    return settle(request, item, form, deed, name="store")


@open_to(SIGNED_IN)
@require_POST
def seal(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), SealForm(request.POST)
    deed = custody_deed(services.seal_item, item, form, request)
    return settle(request, item, form, deed, name="seal")


@open_to(SIGNED_IN)
@require_POST
def break_seal(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), BreakSealForm(request.POST)
    deed = custody_deed(services.break_seal, item, form, request)
    return settle(request, item, form, deed, name="break_seal")


@open_to(SIGNED_IN)
@require_POST
def dispose(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    """Only asks: a second person has to agree."""
    item, form = visible_item(request, item_id), DisposeForm(request.POST, prefix="dispose")
    deed = custody_deed(services.ask_to_dispose, item, form, request)
    return settle(request, item, form, deed, name="dispose")


def visible_item(request: SignedInRequest, item_id: UUID, *others: Duty) -> Item:
    """The exhibit, if this person may see it and hold evidence, or has another of these duties."""
    rows = Item.objects.visible_to(request.user).with_lists().select_related("parent", "site")
    item = get_object_or_404(rows, pk=item_id)
    item.case.require(request.user, Duty.HOLD_EVIDENCE, *others)
    return item


def custody_deed(
    service: Callable[..., Item | Request], item: Item, form: BaseForm, request: SignedInRequest
) -> Callable[[], Item | Request]:
    """The deed, ready to be done once the form is found sound."""
    return lambda: service(item, by=request.user, **form.cleaned_data)


def settle(
    request: SignedInRequest,
    item: Item,
    form: BaseForm,
    deed: Callable[[], Item | Request],
    *,
    name: str,
) -> HttpResponse:
    """Do the deed; HTMX gets the custody panel, a plain browser goes back to the page."""
    changed, status = attempt(form, deed)
    if changed is not None and not wants_part(request):
        return redirect(f"{resolve_url('evidence:item_detail', item.pk)}#custody")
    refused: dict[str, Any] = {} if status == OK else {name: form}
    context = item_page(request, visible_item(request, item.pk), **refused)
    if wants_part(request):
        return render(request, PART, {**context, "is_part": True}, status=status)
    return render(request, PAGE, context, status=status)
