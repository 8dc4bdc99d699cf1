"""Search in the browser."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.markings import most_restrictive
from workspace.forms import SearchForm
from workspace.models import found


@open_to(SIGNED_IN)
@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    groups = found(request.user, words) if words else []
    shown = {case.tlp for group in groups for case in group.cases}
    context = {
        "form": form,
        "words": words,
        "groups": groups,
        "marking": most_restrictive(shown) if shown else "",
    }
    return render(request, "workspace/search.html", context)
