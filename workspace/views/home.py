"""The home page: what needs you and what happened lately; in an empty place, two doors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from investigations.models import Case
from workspace.services import may_load_exercise
from workspace.views.home_page import home_page


@open_to(SIGNED_IN)
@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    cases = list(Case.objects.visible_to(request.user).still_open()[:200])
    if cases or Case.objects.visible_to(request.user).exists():
        return render(request, "workspace/home.html", home_page(request, cases))
    context = {"may_load": may_load_exercise(request.user), "empty": not Case.objects.exists()}
    return render(request, "workspace/welcome.html", context)
