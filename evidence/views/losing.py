"""Saying that an exhibit is lost, or found again: always a person's word."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence import services
from evidence.forms import FoundForm, LostForm
from evidence.views.custody import settle, visible_item


@open_to(SIGNED_IN)
@require_POST
def item_lost(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), LostForm(request.POST, prefix="item_lost")
    deed = partial(services.declare_lost, item, by=request.user)
    return settle(request, item, form, lambda: deed(**form.cleaned_data), name="item_lost")


@open_to(SIGNED_IN)
@require_POST
def item_found(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item, form = visible_item(request, item_id), FoundForm(request.POST, prefix="item_found")
    deed = partial(services.declare_found, item, by=request.user)
    return settle(request, item, form, lambda: deed(**form.cleaned_data), name="item_found")
