"""Disposal in the browser: the second person's yes; a no is said on the page of the request."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.http import attempt
from evidence import services
from evidence.models import Item
from evidence.views.item_page import PAGE, item_page
from investigations.models import Request, RequestKind


@open_to(SIGNED_IN)
@require_POST
def disposal_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    asked = get_object_or_404(
        Request.objects.visible_to(request.user).filter(kind=RequestKind.DISPOSAL), pk=request_id
    )
    rows = Item.objects.visible_to(request.user).with_lists().select_related("parent", "site")
    item, form = get_object_or_404(rows, pk=asked.subject_id), forms.Form(request.POST)
    done, status = attempt(form, lambda: services.dispose_item(asked, by=request.user))
    if done is not None:
        return redirect("evidence:item_detail", item.pk)
    context = {**item_page(request, item), "disposal_form": form}
    return render(request, PAGE, context, status=status)
