"""The home page: what needs you and what happened lately; in an empty place, two doors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from investigations.models import Case
from workspace.services import any_case, may_load_exercise
from workspace.views.home_page import home_page, needs_of


@open_to(SIGNED_IN)
@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    if Case.objects.visible_to(request.user).exists():
        return render(request, "workspace/home.html", home_page(request))
    may_load = may_load_exercise(request.user)
    context = {
        "may_load": may_load,
        "empty": may_load and not any_case(),
        "needs": list(needs_of(request.user)),
        "audits": Case.objects.audited_by(request.user).exists(),
    }
    return render(request, "workspace/welcome.html", context)
