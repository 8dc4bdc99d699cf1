"""Search in the browser."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.markings import joined
from evidence.models import Item
from workspace.forms import SearchForm
from workspace.models import found


@open_to(SIGNED_IN)
@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    labelled = Item.objects.visible_to(request.user).labelled(words).first() if words else None
    if labelled:
        return redirect("evidence:item_detail", labelled.pk)
    groups = found(request.user, words) if words else []
    shown = {handling for group in groups for handling in group.handlings}
    context = {
        "form": form,
        "words": words,
        "groups": groups,
        "marking": joined(shown) if shown else None,
    }
    return render(request, "workspace/search.html", context)
