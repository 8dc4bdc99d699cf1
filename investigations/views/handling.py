"""How a case or a record is handled, in the browser: shown, made stricter, asked to be less."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import OK, UNPROCESSABLE, attempt
from investigations import services
from investigations.forms import HandlingForm
from investigations.forms.handling import handling_form
from investigations.http import marked_or_404
from investigations.models import Case, CaseRecord
from investigations.services.label import require_marker
from investigations.views.handling_page import (
    PAGE,
    handling_page,
    handling_there,
)

Deed = Callable[[Case | CaseRecord, HandlingForm, User], str]


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def handling(request: SignedInRequest, kind: str, row_id: UUID) -> HttpResponse:
    subject = marked_or_404(request.user, kind, row_id)
    form = handling_form(typed(request), subject, request.user)
    if request.method == "POST":
        require_marker(subject, request.user)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:  # the consequences are shown before anything is done
        status = UNPROCESSABLE if form.is_bound and not form.is_valid() else OK
        return render(request, PAGE, handling_page(request, subject, form), status=status)
    there, status = attempt(form, lambda: deed(subject, form, request.user))
    if there is None:
        return render(request, PAGE, handling_page(request, subject, form), status=status)
    messages.success(request, DONE[request.POST["deed"]])
    return redirect(there)


def mark(subject: Case | CaseRecord, form: HandlingForm, by: User) -> str:
    """Do it at once."""
    reason = form.cleaned_data["reason"]
    return handling_there(services.mark_more_strictly(subject, form.handling, by=by, reason=reason))


def ask(subject: Case | CaseRecord, form: HandlingForm, by: User) -> str:
    """Leave it to a second person."""
    reason = form.cleaned_data["reason"]
    asked = services.ask_to_lower(subject, form.handling, by=by, reason=reason)
    return reverse("investigations:request_detail", args=[asked.pk])


DEEDS: dict[str, Deed] = {"mark": mark, "ask": ask}
DONE = {
    "mark": _("It is handled so from now on, and so is what was drawn from it."),
    "ask": _("Asked. It stays as it is until a second person agrees."),
}
