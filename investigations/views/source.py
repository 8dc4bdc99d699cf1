"""Sources in the browser, by pseudonym: those of a case, one page each, entering and amending."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.listing import Column, page_of
from investigations import services
from investigations.forms import ErasureForm, NewSourceForm, OpeningForm, SourceFactsForm
from investigations.http import crumbs_to, fill_in, home_of, marking_of
from investigations.models import Case, Duty, Request, RequestKind, Source

LIST, PAGE = "investigations/source_list.html", "investigations/source_detail.html"
COLUMNS = [
    Column(_("Pseudonym"), "pseudonym"),
    Column(_("Speaks as"), "kind"),
    Column(_("Protection"), "protection"),
    Column(_("Consents to sharing with")),
    Column(_("Identity")),
]


@open_to(SIGNED_IN)
@require_GET
def source_list(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    return render(request, LIST, list_page(request, case))


@open_to(SIGNED_IN)
@require_GET
def source_detail(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    source = visible_source(request, source_id)
    return render(request, PAGE, source_page(request, source))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def source_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.LOG_EVIDENCE)
    instance, mine = Source(case=case), request.user.compartments
    form = NewSourceForm(typed(request), instance=instance, compartments=mine)
    return fill_in(
        request,
        form,
        lambda: services.enter_source(case, by=request.user, **form.facts()),
        title=_now("Enter a source"),
        submit=_now("Enter the source"),
        subtitle=_now("The case gives the pseudonym. Who it is comes afterwards, and is sealed."),
        **around(case, _now("New source")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def source_edit(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    source = visible_source(request, source_id)
    source.require(request.user, Duty.LOG_EVIDENCE)
    form = SourceFactsForm(typed(request), instance=source)
    return fill_in(
        request,
        form,
        lambda: services.amend_source(
            source, by=request.user, version=form.version_read, **form.facts()
        ),
        title=_now("Edit %(ref)s") % {"ref": source.pseudonym},
        **around(source.case, source.pseudonym, source),
    )


def visible_source(request: SignedInRequest, source_id: UUID) -> Source:
    """The source, if this person may know of it."""
    rows = Source.objects.visible_to(request.user).select_related("case")
    return get_object_or_404(rows, pk=source_id)


def list_page(request: SignedInRequest, case: Case, **refused: BaseForm) -> dict[str, Any]:
    """The sources of a case that this person may know of; `refused` are forms that came back."""
    rows = Source.objects.visible_to(request.user).filter(case=case).select_related("case")
    page = page_of(request, rows, COLUMNS, sort="pseudonym")
    duties = case.duties(request.user)
    return {
        "case": case,
        "page": page,
        "marking": marking_of([case], page.rows),
        "crumbs": crumbs_to(case, (_now("Sources"), "")),
        "may_log": Duty.LOG_EVIDENCE in duties,
        "may_erase": Duty.MANAGE in duties,
        "erasure_form": refused.get("erasure_form") or ErasureForm(),
    }


def around(case: Case, here: str, source: Source | None = None) -> dict[str, Any]:
    """What a form on a source shares: the way to it, the way back, and how it is handled."""
    sources = reverse("investigations:source_list", args=[case.pk])
    return {
        "cancel_url": home_of(source) if source else sources,
        "marking": marking_of([source or case]),
        "crumbs": crumbs_to(case, (_now("Sources"), sources), (here, "")),
    }


def source_page(request: SignedInRequest, source: Source, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of a source; `refused` are the forms that were sent back."""
    user = request.user
    duties = source.case.duties(user)
    waiting = Request.objects.visible_to(user).about(source).waiting().select_related("asked_by")
    opening = waiting.filter(kind=RequestKind.OPEN_IDENTITY).first()
    return {
        **around(source.case, source.pseudonym),
        "source": source,
        "case": source.case,
        "marking": marking_of([source]),
        "reports": source.reports.visible_to(user).select_related("incident"),
        "may_log": Duty.LOG_EVIDENCE in duties,
        "may_protect": Duty.PROTECT in duties,
        "may_erase": Duty.MANAGE in duties and source.has_identity,
        "waiting": waiting,
        "agreed": services.approval_of(source, user),
        "must_ask": source.needs_second_person and not services.approval_of(source, user),
        "asked_already": opening,
        "opening_form": refused.get("opening_form") or OpeningForm(),
        "erasure_form": refused.get("erasure_form") or ErasureForm(),
    }
