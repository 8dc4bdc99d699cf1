"""Readings of a marking in the browser: its page, its second reader, a machine's judged."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import attempt
from evidence import services
from evidence.forms import AcceptForm, MisreadForm, SecondReadingForm
from evidence.http import step_to_item
from evidence.models import Marking, Proposal
from evidence.models.reading_history import readings_of
from evidence.views.file_deed import fill_in_on_file
from investigations.http import crumbs_to, handling_of
from investigations.models import Duty

PAGE = "evidence/marking_detail.html"


def visible_marking(request: SignedInRequest, marking_id: UUID) -> Marking:
    """The marking, if this person may see it."""
    rows = Marking.objects.visible_to(request.user).select_related(
        "case", "component__item", "transcribed_by", "confirmed_by", "photo", "proposal"
    )
    return get_object_or_404(rows, pk=marking_id)


def marking_page(
    request: SignedInRequest, marking: Marking, form: SecondReadingForm | None = None
) -> dict[str, Any]:
    """Everything on the page of a marking; `form` is one that was refused."""
    item, may_log = marking.component.item, marking.may(request.user, Duty.LOG_EVIDENCE)
    second = marking.bears_text and not marking.confirmed_by_id
    return {
        "marking_row": marking,
        "item": item,
        "file": marking.photo,
        "marking": handling_of([marking], item, marking.photo),
        "crumbs": crumbs_to(marking.case, step_to_item(item), (_("Marking"), "")),
        "readings": readings_of(marking),
        "may_log": may_log,
        "may_confirm": may_log and second and marking.transcribed_by_id != request.user.pk,
        "form": form or SecondReadingForm(initial={"version": marking.version}),
    }


@open_to(SIGNED_IN)
@require_GET
def marking_detail(request: SignedInRequest, marking_id: UUID) -> HttpResponse:
    return render(request, PAGE, marking_page(request, visible_marking(request, marking_id)))


@open_to(SIGNED_IN)
@require_POST
def marking_confirm(request: SignedInRequest, marking_id: UUID) -> HttpResponse:
    marking = visible_marking(request, marking_id)
    marking.require(request.user, Duty.LOG_EVIDENCE)
    form = SecondReadingForm(request.POST)
    done, status = attempt(
        form, lambda: services.confirm_marking(marking, by=request.user, **form.cleaned_data)
    )
    if done is not None:
        return redirect("evidence:marking_detail", marking.pk)
    return render(request, PAGE, marking_page(request, marking, form), status=status)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def proposal_accept(request: SignedInRequest, proposal_id: UUID) -> HttpResponse:
    rows = Proposal.objects.visible_to(request.user).select_related("case", "file__item")
    proposal = get_object_or_404(rows, pk=proposal_id, file__item__isnull=False)
    proposal.require(request.user, Duty.LOG_EVIDENCE)
    form = AcceptForm(typed(request), proposal=proposal, user=request.user)
    return fill_in_on_file(
        request,
        proposal.file,
        form,
        lambda: services.accept_proposal(proposal, by=request.user, **form.cleaned_data),
        title=_("Accept what the machine read"),
        page="evidence/proposal_accept.html",
        submit=_("Accept as a marking"),
        proposal=proposal,
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def proposal_refuse(request: SignedInRequest, proposal_id: UUID) -> HttpResponse:
    rows = Proposal.objects.visible_to(request.user).select_related("case", "file__item")
    proposal = get_object_or_404(rows, pk=proposal_id)
    proposal.require(request.user, Duty.LOG_EVIDENCE)
    form = MisreadForm(typed(request))
    return fill_in_on_file(
        request,
        proposal.file,
        form,
        lambda: services.refuse_proposal(proposal, by=request.user, **form.cleaned_data),
        title=_("Refuse what the machine read"),
        page="evidence/proposal_refuse.html",
        submit=_("Refuse it"),
        proposal=proposal,
    )
