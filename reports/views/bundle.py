"""Evidence bundles in the browser: asking for one, watching it being made, fetching it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.context import address
from core.http import OK, answer, attempt
from core.listing import Column, page_of
from investigations.http import marking_of
from investigations.models import Case, Duty
from reports import services, vault
from reports.forms import BundleForm
from reports.http import archive
from reports.models import Bundle
from reports.views.progress import progress_of

PART, CASE_PAGE = "reports/_bundle_list.html", "reports/case_bundles.html"
PAGE, PROGRESS = "reports/bundle_detail.html", "reports/_bundle.html"
COLUMNS = [
    Column(_("Bundle")),
    Column(_("State"), "state"),
    Column(_("Asked for by"), "requested_by__username"),
    Column(_("SHA-256")),
    Column(_("Ledger lines sealed"), "ledger_position", number=True),
    Column(_("Asked for"), "id"),
]


@open_to(SIGNED_IN)
@require_GET
def case_bundles(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    form = BundleForm(case=case, user=request.user, initial={"language": request.user.language})
    return answer(request, case_page(request, case, form), page=CASE_PAGE, part=PART)


@open_to(SIGNED_IN)
@require_POST
def bundle_request(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.CERTIFY)
    form = BundleForm(request.POST, case=case, user=request.user)
    bundle, status = attempt(form, lambda: asked_for(request, case, form.cleaned_data))
    if bundle is not None:
        return redirect("reports:bundle_detail", bundle.pk)
    return render(request, CASE_PAGE, case_page(request, case, form), status=status)


def asked_for(request: SignedInRequest, case: Case, told: dict[str, Any]) -> Bundle:
    """The bundle that the form asks for."""
    how = {name: told[name] for name in ("up_to", "language", "leave_out")}
    return services.request_bundle(case, by=request.user, items=list(told["exhibits"]), **how)


@open_to(SIGNED_IN)
@require_GET
def bundle_detail(request: SignedInRequest, bundle_id: UUID) -> HttpResponse:
    rows = Bundle.objects.visible_to(request.user).with_lists()
    bundle = get_object_or_404(rows, pk=bundle_id)
    context = bundle_page(request, bundle)
    return answer(request, context, page=PAGE, part=PROGRESS, status=OK)


@open_to(SIGNED_IN)
@require_POST
def bundle_download(request: SignedInRequest, bundle_id: UUID) -> HttpResponseBase:
    """A deed, not a reading: that the evidence went out stands in the ledger, hence no GET."""
    bundle = get_object_or_404(Bundle.objects.visible_to(request.user).with_lists(), pk=bundle_id)
    bundle.case.require(request.user, Duty.CERTIFY)
    if not bundle.is_ready:
        raise Http404(_now("This bundle is not ready."))
    try:
        held = vault.open_bundle(bundle.sha256)
    except FileNotFoundError:
        raise Http404(_now("This bundle is not in the store. Tell an administrator.")) from None
    services.note_bundle_download(bundle, by=request.user)
    return archive(bundle, held)


def case_page(request: SignedInRequest, case: Case, form: BundleForm) -> dict[str, Any]:
    """The bundles of one case, and the form that asks for another if this person may."""
    rows = Bundle.objects.visible_to(request.user).filter(case=case).with_lists()
    page = page_of(request, rows, COLUMNS)
    return {
        "case": case,
        "form": form,
        "may_ask": Duty.CERTIFY in case.duties(request.user),
        "title_shown": case.title_for(request.user),
        "page": page,
        "marking": marking_of([case], page.rows),
        "crumbs": crumbs_to(case),
    }


def bundle_page(request: SignedInRequest, bundle: Bundle) -> dict[str, Any]:
    """One bundle and how far it is; the page asks again while it is being made."""
    may_fetch = bundle.is_ready and Duty.CERTIFY in bundle.case.duties(request.user)
    state, step = Bundle.State(bundle.state), Bundle.Step(bundle.step)
    idle = bundle.is_unfinished and services.waits_for_maker(bundle)
    if idle and step != Bundle.Step.SEALING:
        state, step = Bundle.State.WAITING, Bundle.Step.QUEUED
    return {
        "bundle": bundle,
        "job": progress_of(bundle, state, step),
        "waiting": bundle.is_unfinished,
        "poll_url": reverse("reports:bundle_detail", args=[bundle.pk]),
        "result_url": reverse("reports:bundle_download", args=[bundle.pk]) if may_fetch else "",
        "marking": bundle.handling,
        "crumbs": [*crumbs_to(bundle.case), {"label": bundle.file_name, "url": ""}],
    }


def crumbs_to(case: Case) -> list[dict[str, str]]:
    """The way down: the case, then its bundles."""
    return [
        {"label": case.ref, "url": address("investigations:case_detail", case.pk)},
        {"label": _now("Evidence bundles"), "url": reverse("reports:case_bundles", args=[case.pk])},
    ]
