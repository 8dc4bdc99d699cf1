"""Follow-ups in the browser: what is to be looked at again after a measure."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import FollowUpForm, OutcomeForm
from attribution.models import FollowUp
from attribution.services import RECORDERS
from attribution.views.measure import may_record, recorders_measure, way_to
from core.forms import typed
from core.http import OK, attempt
from investigations.http import fill_in, handling_of

PAGE, DETAIL = "attribution/followup_detail.html", "attribution:followup_detail"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def followup_create(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    measure = recorders_measure(request, measure_id)
    new = FollowUp(case=measure.case, measure=measure)
    form = FollowUpForm(typed(request), instance=new, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.set_follow_up(measure, by=request.user, **form.facts()),
        title=_("A follow-up of %(ref)s") % {"ref": measure.ref},
        case=measure.case,
        marking=measure.handling,
        crumbs=way_to(measure.case, _("New follow-up")),
    )


@open_to(SIGNED_IN)
@require_GET
def followup_detail(request: SignedInRequest, follow_up_id: UUID) -> HttpResponse:
    follow_up = visible_follow_up(request, follow_up_id)
    return render(request, PAGE, follow_up_page(request, follow_up))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def followup_edit(request: SignedInRequest, follow_up_id: UUID) -> HttpResponse:
    follow_up = visible_follow_up(request, follow_up_id)
    follow_up.case.require(request.user, *RECORDERS)
    form = FollowUpForm(typed(request), instance=follow_up, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_follow_up(
            follow_up, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_("Edit %(ref)s") % {"ref": follow_up.ref},
        case=follow_up.case,
        marking=follow_up.handling,
        crumbs=way_to(follow_up.case, follow_up.ref),
    )


@open_to(SIGNED_IN)
@require_POST
def followup_close(request: SignedInRequest, follow_up_id: UUID) -> HttpResponse:
    follow_up, form = visible_follow_up(request, follow_up_id), OutcomeForm(request.POST)
    if follow_up.owner_id != request.user.pk:
        follow_up.case.require(request.user, *RECORDERS)
    _done, status = attempt(
        form, lambda: services.close_follow_up(follow_up, by=request.user, **form.cleaned_data)
    )
    if status == OK:
        return redirect(DETAIL, follow_up.pk)
    context = follow_up_page(request, follow_up, close_form=form)
    return render(request, PAGE, context, status=status)


def follow_up_page(
    request: SignedInRequest, follow_up: FollowUp, **refused: BaseForm
) -> dict[str, Any]:
    """Everything on the page of a follow-up; a refused form takes the place of a fresh one."""
    recorder = may_record(request, follow_up.case)
    still_open = not follow_up.is_closed
    return {
        "follow_up": follow_up,
        "measure": follow_up.measure,
        "case": follow_up.case,
        "marking": handling_of([follow_up], follow_up.measure),
        "crumbs": way_to(follow_up.case, follow_up.ref),
        "back": reverse("attribution:measure_detail", args=[follow_up.measure_id]),
        "may_record": recorder and still_open,
        "may_close": still_open and (recorder or follow_up.owner_id == request.user.pk),
        "close_form": OutcomeForm(),
        **refused,
    }


def visible_follow_up(request: SignedInRequest, follow_up_id: UUID) -> FollowUp:
    """The follow-up, if this person reads its case as a whole."""
    rows = FollowUp.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=follow_up_id)
