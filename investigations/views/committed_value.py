"""Values kept apart, in the browser: listed without their words, opened, and erased by two."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core import security_log
from core.forms import typed
from core.http import attempt
from investigations import services
from investigations.forms import ValueForm, ValueReasonForm
from investigations.http import crumbs_to, fill_in, marking_of
from investigations.models import Case, CommittedValue, Duty
from investigations.views.request import decided, visible

LIST, PAGE = "investigations/value_list.html", "investigations/value_detail.html"


@open_to(SIGNED_IN)
@require_GET
def value_list(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = visible_case(request, case_id)
    rows = services.values_of(case, by=request.user)
    crumbs = crumbs_to(case, (_now("Values kept apart"), ""))
    context = {"case": case, "rows": rows, "marking": marking_of([case]), "crumbs": crumbs}
    return render(request, LIST, context)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def value_commit(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = visible_case(request, case_id)
    case.require(request.user, Duty.PROTECT)
    form, listed = ValueForm(typed(request)), listed_at(case)
    return fill_in(
        request,
        form,
        lambda: services.commit_value(case, by=request.user, **form.cleaned_data),
        title=_now("Keep a value apart"),
        subtitle=_now("The ledger gets a commitment to it, never the value itself."),
        crumbs=crumbs_to(case, (_now("Values kept apart"), listed), (_now("New"), "")),
        cancel_url=listed,
        marking=marking_of([case]),
    )


@open_to(SIGNED_IN)
@require_GET
def value_detail(request: SignedInRequest, value_id: UUID) -> HttpResponse:
    return render(request, PAGE, value_page(request, visible_value(request, value_id)))


@never_cache
@open_to(SIGNED_IN)
@require_POST
@sensitive_variables()
def value_open(request: SignedInRequest, value_id: UUID) -> HttpResponse:
    kept = visible_value(request, value_id)
    page, form = value_page(request, kept), ValueReasonForm(request.POST)
    deed = partial(services.open_value, kept, by=request.user)
    told, status = attempt(form, lambda: deed(**form.cleaned_data))
    if told is not None:
        security_log.note("value.opened", request, value=value_id)
    context = {**page, "told": told, "opening_form": page["opening_form"] if told else form}
    return render(request, PAGE, context, status=status)


@open_to(SIGNED_IN)
@require_POST
def value_erase(request: SignedInRequest, value_id: UUID) -> HttpResponse:
    kept = visible_value(request, value_id)
    page, form = value_page(request, kept), ValueReasonForm(request.POST)
    deed = partial(services.ask_to_erase_value, kept, by=request.user)
    row, status = attempt(form, lambda: deed(**form.cleaned_data))
    if row is not None:
        return redirect("investigations:request_detail", row.pk)
    return render(request, PAGE, {**page, "erasure_form": form}, status=status)


@open_to(SIGNED_IN)
@require_POST
def value_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(visible(request), pk=request_id)
    deed = partial(services.erase_value, row, by=request.user)
    return decided(request, row, forms.Form(request.POST), deed)


def visible_case(request: SignedInRequest, case_id: UUID) -> Case:
    """The case, if this person may see it."""
    return get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)


def listed_at(case: Case) -> str:
    """The address of what is kept apart in a case."""
    return reverse("investigations:value_list", args=[case.pk])


def visible_value(request: SignedInRequest, value_id: UUID) -> CommittedValue:
    """The value without its words, if this person may know of it."""
    kept = services.value_seen(value_id, by=request.user)
    if kept is None:
        raise Http404
    return kept


def value_page(request: SignedInRequest, kept: CommittedValue) -> dict[str, Any]:
    """One value without its words, and what may be done about it."""
    case = kept.case
    return {
        "case": case,
        "kept": kept,
        "title": str(kept),
        "marking": marking_of([case]),
        "crumbs": crumbs_to(case, (_now("Values kept apart"), listed_at(case)), (str(kept), "")),
        "may_erase": Duty.MANAGE in case.duties(request.user) and not kept.erased_at,
        "opening_form": ValueReasonForm(),
        "erasure_form": ValueReasonForm(),
    }
