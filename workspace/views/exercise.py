"""The exercise in the browser: asking for it, watching it load, and where to click afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.errors import Refused
from core.http import answer
from workspace import services
from workspace.models import ExerciseRun

PAGE, PART = "workspace/exercise.html", "workspace/_exercise_progress.html"


@open_to(SIGNED_IN)
@require_POST
def start_exercise(request: SignedInRequest) -> HttpResponse:
    try:
        services.request_exercise(by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return render(request, PAGE, exercise_page(request), status=422)
    return redirect("workspace:exercise")


@open_to(SIGNED_IN)
@require_GET
def exercise(request: SignedInRequest) -> HttpResponse:
    return answer(request, exercise_page(request), page=PAGE, part=PART)


@never_cache
@open_to(SIGNED_IN)
@require_POST
def cast_passwords(request: SignedInRequest) -> HttpResponse:
    context = exercise_page(request)
    if not context["run"]:
        raise PermissionDenied
    try:
        context["given"] = services.give_cast_passwords(context["run"], by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return render(request, PAGE, context, status=422)
    return render(request, PAGE, context)


def exercise_page(request: SignedInRequest) -> dict[str, Any]:
    """How far the loading is, and who of the cast may be met."""
    if not services.may_load_exercise(request.user):
        raise PermissionDenied
    run = ExerciseRun.objects.first()
    cast = run.cast if run else []
    people = User.objects.filter(username__in=[name for name, _roles in cast])
    lacking = any(not person.has_usable_password() for person in people)
    waits = run is not None and services.waits_for_worker(run)
    return {"run": run, "cast": cast, "lacking": lacking, "waits": waits}
