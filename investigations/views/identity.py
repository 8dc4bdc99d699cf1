"""Who a source is, in the browser: written, opened, asked for and erased; never in a list."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core import security_log
from core.forms import typed
from core.http import attempt
from investigations import services
from investigations.forms import ErasureForm, IdentityForm, OpeningForm
from investigations.http import home_of
from investigations.models import Case, Duty, Request, Source
from investigations.views.request import decided, visible
from investigations.views.source import (
    LIST,
    PAGE,
    around,
    list_page,
    source_page,
    visible_source,
)

FORM, SHOWN = "investigations/identity_form.html", "investigations/source_identity.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def identity_write(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    source = visible_source(request, source_id)
    source.require(request.user, Duty.PROTECT)
    form, status = IdentityForm(typed(request), initial={"version": source.version}), 200
    if request.method == "POST":
        done, status = attempt(form, partial(written, source, form, request))
        if done is not None:
            security_log.note("identity.written", request, source=source.pk)
            return redirect(home_of(source))
    title = _now("Write down who %(ref)s is") % {"ref": source.pseudonym}
    context = {"form": form, "source": source, "title": title}
    context |= around(source.case, source.pseudonym, source)
    return render(request, FORM, context, status=status)


@open_to(SIGNED_IN)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def identity_open(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    source = visible_source(request, source_id)
    source.require(request.user, Duty.PROTECT)
    form = OpeningForm(request.POST)
    deed = partial(services.open_identity, source, by=request.user)
    shown, status = attempt(form, lambda: deed(**form.cleaned_data))
    if shown is None:
        return render(request, PAGE, source_page(request, source, opening_form=form), status=status)
    purpose = form.cleaned_data["purpose"]
    security_log.note("identity.opened", request, source=source.pk, purpose=purpose)
    context = {"source": source, "rows": shown.rows(), **around(source.case, source.pseudonym)}
    return render(request, SHOWN, {**context, "marking": source.handling})


@open_to(SIGNED_IN)
@require_POST
def identity_ask(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    source = visible_source(request, source_id)
    source.require(request.user, Duty.PROTECT)
    form = OpeningForm(request.POST)
    deed = partial(services.ask_to_open, source, by=request.user)
    return asked(request, source, form, lambda: deed(**form.cleaned_data), "opening_form")


@open_to(SIGNED_IN)
@require_POST
def erasure_ask(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    source = visible_source(request, source_id)
    source.require(request.user, Duty.MANAGE)
    form = ErasureForm(request.POST)
    deed = partial(services.ask_to_erase, source, by=request.user)
    return asked(request, source, form, lambda: deed(**form.cleaned_data), "erasure_form")


@open_to(SIGNED_IN)
@require_POST
def erasure_ask_all(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.MANAGE)
    form = ErasureForm(request.POST)
    deed = partial(services.ask_to_erase_all, case, by=request.user)
    row, status = attempt(form, lambda: deed(**form.cleaned_data))
    if row is not None:
        return redirect("investigations:request_detail", row.pk)
    return render(request, LIST, list_page(request, case, erasure_form=form), status=status)


@open_to(SIGNED_IN)
@require_POST
def identity_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(visible(request), pk=request_id)
    deed = partial(services.let_open, row, by=request.user)
    return decided(request, row, forms.Form(request.POST), deed)


@open_to(SIGNED_IN)
@require_POST
def erasure_approve(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    row = get_object_or_404(visible(request), pk=request_id)
    deed = partial(services.erase_identity, row, by=request.user)
    return decided(request, row, forms.Form(request.POST), deed)


@sensitive_variables()
def written(source: Source, form: IdentityForm, request: SignedInRequest) -> Source:
    """Seal what was typed."""
    version = form.cleaned_data["version"]
    return services.write_identity(source, form.particulars(), by=request.user, version=version)


def asked(
    request: SignedInRequest,
    source: Source,
    form: forms.Form,
    deed: Callable[[], Request],
    name: str,
) -> HttpResponse:
    """Leave it to a second person, and go to the request; a refusal shows the source again."""
    row, status = attempt(form, deed)
    if row is not None:
        return redirect("investigations:request_detail", row.pk)
    return render(request, PAGE, source_page(request, source, **{name: form}), status=status)
