"""Breaking the glass, in the browser: asking to read a case at once, and an administrator's yes."""

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core import security_log
from core.forms import typed
from core.http import OK, attempt
from investigations import services
from investigations.forms import EmergencyForm
from investigations.http import settle
from investigations.models import Membership, Request
from investigations.views.request_page import PAGE, request_page

ASK = "investigations/emergency.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def emergency_ask(request: SignedInRequest) -> HttpResponse:
    form, status = EmergencyForm(typed(request)), OK
    if request.method == "POST":
        security_log.note("emergency.asked", request)
        status = attempt(form, lambda: ask(request, form))[1]
        if status == OK:  # the same words whether there is such a case or not
            messages.success(
                request, _("Sent. If there is such a case you will be let in, or not.")
            )
            return redirect("investigations:emergency_ask")
    return render(request, ASK, {"form": form}, status=status)


def ask(request: SignedInRequest, form: EmergencyForm) -> None:
    """Pass on what was typed."""
    services.ask_for_emergency_access(by=request.user, **form.cleaned_data)


@open_to(SIGNED_IN)
@require_POST
def emergency_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(Request.objects.visible_to(request.user), pk=request_id)
    return settle(
        request,
        forms.Form(request.POST),
        lambda: let_in(request, row),
        shown=partial(request_page, request, row),
        name="deed_form",
        page=PAGE,
        part=PAGE,
        there=reverse("investigations:request_detail", args=[row.pk]),
    )


def let_in(request: SignedInRequest, row: Request) -> Membership:
    """Pass the administrator's word on, and tell those who guard the installation."""
    place = services.give_emergency_access(row, by=request.user)
    security_log.note("emergency.agreed", request, about=row.pk, asked_by=row.asked_by_id)
    return place
