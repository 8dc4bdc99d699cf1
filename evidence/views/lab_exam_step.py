"""The steps of an examination in the browser, each asked for on its page."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence import services
from evidence.views.lab_exam_page import FORMS, PAGE, PART, exam_page, visible_exam
from investigations.http import settle
from investigations.models import Request, RequestKind


@open_to(SIGNED_IN)
@require_POST
def labexam_accept(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "accept", services.accept_exam)


@open_to(SIGNED_IN)
@require_POST
def labexam_refuse(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "refuse", services.refuse_exam)


@open_to(SIGNED_IN)
@require_POST
def labexam_withdraw(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "withdraw", services.withdraw_exam)


@open_to(SIGNED_IN)
@require_POST
def labexam_ask(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "ask", services.ask_for_destruction)


@open_to(SIGNED_IN)
@require_POST
def labexam_begin(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "begin", services.begin_exam)


@open_to(SIGNED_IN)
@require_POST
def labexam_sample(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "sample", services.take_sample)


@open_to(SIGNED_IN)
@require_POST
def labexam_verify(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "verify", services.verify_exam)


@open_to(SIGNED_IN)
@require_POST
def labexam_reopen(request: SignedInRequest, exam_id: UUID) -> HttpResponse:
    return step(request, exam_id, "reopen", services.reopen_exam)


@open_to(SIGNED_IN)
@require_POST
def labexam_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """The second person's yes; a no is said on the page of the request."""
    asked = get_object_or_404(
        Request.objects.visible_to(request.user).filter(kind=RequestKind.DESTRUCTIVE_EXAM),
        pk=request_id,
    )
    exam = visible_exam(request, asked.subject_id)
    deed = partial(services.approve_destruction, asked, by=request.user)
    return answered(request, exam.pk, "approve", forms.Form(request.POST), deed)


def step(
    request: SignedInRequest, exam_id: UUID, name: str, deed: Callable[..., object]
) -> HttpResponse:
    """Do a step, and show the examination as it is now; a refusal keeps what was typed."""
    exam = visible_exam(request, exam_id)
    form = FORMS[name](request.POST, exam=exam, user=request.user)
    return answered(
        request, exam_id, name, form, lambda: deed(exam, by=request.user, **form.cleaned_data)
    )


def answered(
    request: SignedInRequest, exam_id: UUID, name: str, form: forms.Form, deed: Callable[[], object]
) -> HttpResponse:
    """Do it, and answer with the examination as it is now; a refused form stays on its page."""
    return settle(
        request,
        form,
        deed,
        shown=lambda **refused: exam_page(request, visible_exam(request, exam_id), **refused),
        name=name,
        page=PAGE,
        part=PART,
        there=reverse("evidence:labexam_detail", args=[exam_id]),
    )
