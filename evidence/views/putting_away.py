"""Putting several exhibits into one place, ticked in the list or scanned one after the other."""

import re
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import OK, attempt
from evidence import services
from evidence.forms import PutAwayForm
from evidence.models import Item
from evidence.services.putting_away import MOST_AT_ONCE
from evidence.views.storage_page import crumbs_of
from investigations.http import marking_of

PAGE = "evidence/items_move.html"
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def items_move(request: SignedInRequest) -> HttpResponse:
    items, status = ticked(request), OK
    form = PutAwayForm(typed(request), reader=request.user)
    if request.method == "POST":
        done, status = attempt(form, lambda: put_away(request, form, items))
        if done:
            return redirect("evidence:place_detail", done[0].storage_id)
    crumbs, marking = crumbs_of(None, _("Move exhibits")), marking_of(items)
    context = {"items": items, "form": form, "crumbs": crumbs, "marking": marking}
    return render(request, PAGE, context, status=status)


def put_away(request: SignedInRequest, form: PutAwayForm, items: list[Item]) -> list[Item]:
    """All that were ticked and scanned, each once."""
    chosen = {item.pk: item for item in [*items, *form.cleaned_data["items"]]}
    told = {name: form.cleaned_data[name] for name in ("storage", "at")}
    return services.put_away(list(chosen.values()), by=request.user, **told)


def ticked(request: SignedInRequest) -> list[Item]:
    """The exhibits that are named, as far as this person sees them."""
    asked = typed(request) or request.GET
    keys = [UUID(text) for text in asked.getlist("item") if KEY.fullmatch(text)]
    rows = Item.objects.visible_to(request.user).filter(pk__in=keys).select_related("case")
    return list(rows.order_by("case", "exhibit_no")[:MOST_AT_ONCE])
