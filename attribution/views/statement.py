"""Statements in the browser: taking one from a source, reading it, amending what is known of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import StatementForm
from attribution.http import fill_in
from attribution.models import Claim, Statement
from core.forms import typed
from core.precision import DatePrecision
from investigations.http import crumbs_to, handling_of, home_of
from investigations.models import Duty, Source

PAGE = "attribution/statement_detail.html"
DETAIL = "attribution:statement_detail"


@open_to(SIGNED_IN)
@require_GET
def statement_detail(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = visible_statement(request, statement_id)
    return render(request, PAGE, statement_page(request, statement))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def statement_create(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    rows = Source.objects.visible_to(request.user).select_related("case")
    source = get_object_or_404(rows, pk=source_id)
    source.case.require(request.user, Duty.LOG_EVIDENCE)
    begun = begin(source)
    form = StatementForm(typed(request), instance=begun, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.take_statement(source, by=request.user, **form.facts()),
        goes_to=DETAIL,
        title=_("Take a statement of %(source)s") % {"source": source.pseudonym},
        case=source.case,
        crumbs=way_to(source, _("New statement")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def statement_edit(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = visible_statement(request, statement_id)
    statement.case.require(request.user, Duty.LOG_EVIDENCE)
    form = StatementForm(typed(request), instance=statement, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_statement(
            statement, by=request.user, version=form.version_read, **form.facts()
        ),
        goes_to=DETAIL,
        title=_("Edit %(ref)s") % {"ref": statement.ref},
        case=statement.case,
        crumbs=way_to(statement.source, statement.ref),
    )


def begin(source: Source) -> Statement:
    """A statement with what is known of it before anything is typed."""
    minute = DatePrecision.MINUTE
    return Statement(case=source.case, source=source, speaks_as=source.kind, taken_precision=minute)


def visible_statement(request: SignedInRequest, statement_id: UUID) -> Statement:
    """The statement, if this person reads its case as a whole."""
    rows = Statement.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows.select_related("recorded_by"), pk=statement_id)


def statement_page(request: SignedInRequest, statement: Statement) -> dict[str, Any]:
    """A statement with the claims that were taken from it, as far as this person reads them."""
    rows = Claim.objects.visible_to(request.user).with_lists()
    claims = list(rows.filter(statement=statement))
    duties = statement.case.duties(request.user)
    return {
        "statement": statement,
        "case": statement.case,
        "marking": handling_of([statement], *claims),
        "crumbs": way_to(statement.source, statement.ref),
        "claims": claims,
        "may_edit": Duty.LOG_EVIDENCE in duties,
        "may_claim": Duty.ANALYSE in duties,
    }


def way_to(source: Source, here: str) -> list[dict[str, str]]:
    """The way down to what a source said."""
    sources = reverse("investigations:source_list", args=[source.case_id])
    above = (source.pseudonym, home_of(source))
    return crumbs_to(source.case, (_("Sources"), sources), above, (here, ""))
