"""Cases in the browser: the list, one page each, opening, amending and moving them on."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import answer
from core.listing import Column, page_of
from investigations import services
from investigations.forms import CaseFilterForm, CaseForm, NewCaseForm, StatusForm
from investigations.http import crumbs_to, fill_in, home_of, marking_of, settle
from investigations.models import Case, CaseQuerySet, Duty
from investigations.views.case_page import PAGE, case_page

LIST, PART = "investigations/case_list.html", "investigations/_case_list.html"
COLUMNS = [
    Column(_("Reference"), "ref"),
    Column(_("Case"), "title_shown"),
    Column(_("Status"), "status"),
    Column(_("Stage")),
    Column(_("Lead"), "lead__display_name"),
    Column(_("Marking"), "tlp"),
    Column(_("Opened"), "id"),
]


@open_to(SIGNED_IN)
@require_GET
def case_list(request: SignedInRequest) -> HttpResponse:
    form = CaseFilterForm(request.GET)
    rows = form.narrow(visible(request).titled_for(request.user))
    page = page_of(request, rows, COLUMNS)
    context = {"page": page, "form": form, "marking": marking_of(page.rows)}
    return answer(request, context, page=LIST, part=PART)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def case_create(request: SignedInRequest) -> HttpResponse:
    if not request.user.may_open_cases:
        raise PermissionDenied(_now("You may not open cases. Ask an administrator for this right."))
    form = NewCaseForm(typed(request))
    return fill_in(
        request,
        form,
        lambda: services.open_case(request.user, **form.facts()),
        title=_now("Open a case"),
        submit=_now("Open the case"),
        subtitle=_now("You become its lead. Until you admit others, only you can see it."),
        crumbs=crumbs_to(None, (_now("Open a case"), "")),
    )


@open_to(SIGNED_IN)
@require_GET
def case_detail(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(visible(request), pk=case_id)
    return render(request, PAGE, case_page(request, case))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def case_edit(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(visible(request), pk=case_id)
    case.require(request.user, Duty.MANAGE)
    form = CaseForm(typed(request), instance=case)
    return fill_in(
        request,
        form,
        lambda: services.amend_case(
            case, by=request.user, version=form.version_read, **form.facts()
        ),
        **about_changing(case),
    )


@open_to(SIGNED_IN)
@require_POST
def case_status(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(visible(request), pk=case_id)
    case.require(request.user, Duty.MANAGE)
    form = StatusForm(request.POST)
    return settle(
        request,
        form,
        lambda: services.change_case_status(case, by=request.user, **form.cleaned_data),
        shown=partial(case_page, request, case),
        name="status_form",
        page=PAGE,
        part=PAGE,
        there=home_of(case),
    )


def visible(request: SignedInRequest) -> CaseQuerySet:
    """The cases that this person may see, as their page shows them."""
    return Case.objects.visible_to(request.user).select_related("lead")


def about_changing(case: Case) -> dict[str, Any]:
    """What stands around the form: also a warning while the public title blames somebody."""
    return {
        "title": _now("Edit %(ref)s") % {"ref": case.ref},
        "cancel_url": home_of(case),
        "marking": case.handling,
        "warns_of_title": case,
        "crumbs": crumbs_to(case, (_now("Edit"), "")),
    }
