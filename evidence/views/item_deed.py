"""Forms about one exhibit that are no amendment: shown, filled in, done."""

from collections.abc import Callable
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core.http import OK, attempt
from evidence.http import step_to_item
from evidence.models import Item
from investigations.http import crumbs_to
from investigations.models import Duty


def item_to_work_on(request: SignedInRequest, item_id: UUID) -> Item:
    """The exhibit, if this person sees it and may describe it."""
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    item.require(request.user, Duty.LOG_EVIDENCE)
    return item


def fill_in_on_item(
    request: SignedInRequest,
    item: Item,
    form: BaseForm,
    deed: Callable[[], object],
    *,
    title: str,
) -> HttpResponse:
    """Show a form about an exhibit, or do its deed and go back to its page."""
    status = OK
    if request.method == "POST":
        done, status = attempt(form, deed)
        if done is not None:
            return redirect("evidence:item_detail", item.pk)
    context = {
        "form": form,
        "title": title,
        "marking": item.handling,
        "crumbs": crumbs_to(item.case, step_to_item(item), (title, "")),
        "cancel_url": step_to_item(item)[1],
    }
    return render(request, "evidence/record_form.html", context, status=status)
