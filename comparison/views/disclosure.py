"""Disclosures in the browser: the other lead's page, and what those who asked then read."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison import services
from comparison.forms import ShareForm
from comparison.models import Disclosure
from comparison.views.disclosure_page import (
    REVIEW,
    SHARED,
    disclosure_page,
    review_page,
    share_form,
)
from core.http import attempt
from evidence.http import picture
from investigations.forms import ReasonForm
from investigations.models import Request, RequestKind


@open_to(SIGNED_IN)
@require_GET
def disclosure_detail(request: SignedInRequest, disclosure_id: UUID) -> HttpResponse:
    row = asked(request, disclosure_id)
    page = disclosure_page(row, show=request.GET.get("show", ""))
    return render(request, SHARED, page)


@open_to(SIGNED_IN)
@require_GET
def shared_picture(request: SignedInRequest, disclosure_id: UUID, number: int) -> HttpResponseBase:
    file = services.picture_shared(asked(request, disclosure_id), number)
    if file is None or not file.preview:
        raise Http404
    return picture(request, file.preview, file.sha256)


@open_to(SIGNED_IN)
@require_POST
def answers_seen(request: SignedInRequest) -> HttpResponse:
    services.put_answers_away(by=request.user)
    return redirect("comparison:hit_list")


@open_to(SIGNED_IN)
@require_GET
def disclosure_review(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = put_to_us(request, request_id)
    return render(request, REVIEW, review_page(row, request.user))


@open_to(SIGNED_IN)
@require_POST
def disclosure_share(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = put_to_us(request, request_id)
    form: ShareForm = share_form(row, request.POST)
    done, status = attempt(form, lambda: services.share(row, by=request.user, **form.cleaned_data))
    return answered(request, row, done, status, share=form)


@open_to(SIGNED_IN)
@require_POST
def disclosure_refuse(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row, form = put_to_us(request, request_id), ReasonForm(request.POST)
    done, status = attempt(
        form, lambda: services.refuse_to_share(row, by=request.user, **form.cleaned_data)
    )
    return answered(request, row, done, status, refuse=form)


def asked(request: SignedInRequest, disclosure_id: UUID) -> Disclosure:
    """What this person's team has asked for, or 404."""
    rows = Disclosure.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=disclosure_id)


def put_to_us(request: SignedInRequest, request_id: UUID) -> Request:
    """A request by another team about what lies in a case of this person's, or 404."""
    rows = Request.objects.visible_to(request.user).filter(kind=RequestKind.DISCLOSURE)
    return get_object_or_404(rows.select_related("case", "asked_by__agency"), pk=request_id)


def answered(
    request: SignedInRequest, row: Request, done: object, status: int, **forms: Any
) -> HttpResponse:
    """Back to the request; a refusal shows it again with everything typed."""
    if done is not None:
        return redirect("comparison:disclosure_review", row.pk)
    context = review_page(row, request.user, **forms)
    return render(request, REVIEW, context, status=status)
