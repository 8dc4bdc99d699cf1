"""Claims in the browser: those of a case, one page each, and those of a thing fact by fact."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution import services
from attribution.forms import ClaimFilterForm, ClaimForm, ClaimOpeningForm, ReasonForm
from attribution.http import fill_in
from attribution.views.claim_page import DETAIL, PAGE, claim_page, claims_of, visible_claim
from core.forms import typed
from core.http import OK, answer, attempt
from core.listing import Column, page_of
from evidence.http import step_to_incident, step_to_item
from evidence.models import Item
from investigations.http import crumbs_to, marking_of
from investigations.models import Case, Duty, Incident

LIST, PART = "attribution/claim_list.html", "attribution/_claim_list.html"
COLUMNS = [
    Column(_("Claim"), "ref"),
    Column(_("What is claimed")),
    Column(_("Told by")),
    Column(_("Stance"), "stance"),
    Column(_("Which fact"), "fact"),
    Column(_("Grade"), "credibility"),
    Column(_("About")),
]


@open_to(SIGNED_IN)
@require_GET
def claim_list(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    form = ClaimFilterForm(request.GET, case=case, user=request.user)
    page = page_of(request, form.narrow(claims_of(case, request.user)), COLUMNS, sort="-id")
    context = {
        "case": case,
        "form": form,
        "page": page,
        "contested": services.contested_in(case, request.user),
        "marking": marking_of([case], page.rows),
        "crumbs": crumbs_to(case, (_now("Claims"), "")),
        "may_claim": Duty.ANALYSE in case.duties(request.user),
    }
    return answer(request, context, page=LIST, part=PART)


@open_to(SIGNED_IN)
@require_GET
def claim_detail(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    claim = visible_claim(request, claim_id)
    return render(request, PAGE, claim_page(request, claim))


@open_to(SIGNED_IN)
@require_GET
def incident_claims(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    rows = Incident.objects.visible_to(request.user).with_lists()
    incident = get_object_or_404(rows, pk=incident_id)
    return render(request, "attribution/incident_claims.html", facts_page(request, incident))


@open_to(SIGNED_IN)
@require_GET
def item_claims(request: SignedInRequest, item_id: UUID) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user).with_lists(), pk=item_id)
    return render(request, "attribution/item_claims.html", facts_page(request, item))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def claim_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.ANALYSE)
    begun = ClaimOpeningForm(request.GET, case=case, user=request.user).begin()
    form = ClaimForm(typed(request), instance=begun, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.enter_claim(case, by=request.user, **form.facts()),
        goes_to=DETAIL,
        title=_now("Enter a claim"),
        case=case,
        crumbs=way_to(case, _now("New claim")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def claim_edit(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    claim = visible_claim(request, claim_id)
    claim.case.require(request.user, Duty.ANALYSE)
    form = ClaimForm(typed(request), instance=claim, user=request.user)
    return fill_in(
        request,
        form,
        lambda: services.amend_claim(
            claim, by=request.user, version=form.version_read, **form.facts()
        ),
        goes_to=DETAIL,
        title=_now("Edit %(ref)s") % {"ref": claim.ref},
        case=claim.case,
        crumbs=way_to(claim.case, claim.ref),
    )


@open_to(SIGNED_IN)
@require_POST
def claim_set_aside(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    claim = visible_claim(request, claim_id)
    claim.case.require(request.user, Duty.ANALYSE)
    form = ReasonForm(request.POST)
    _done, status = attempt(
        form, lambda: services.set_aside_claim(claim, by=request.user, **form.cleaned_data)
    )
    if status == OK:
        return redirect(DETAIL, claim.pk)
    return render(request, PAGE, claim_page(request, claim, aside_form=form), status=status)


def facts_page(request: SignedInRequest, subject: Incident | Item) -> dict[str, Any]:
    """What is claimed of an attack or an exhibit and of what belongs to it, fact by fact."""
    case = subject.case
    weighed = services.weigh(case, request.user)
    claims = [one for one in weighed.claims.values() if one.is_about(subject)]
    if isinstance(subject, Item):
        way = [step_to_incident(subject.incident), step_to_item(subject)]
    else:
        way = [step_to_incident(subject)]
    return {
        "subject": subject,
        "case": case,
        "accounts": sorted(weighed.accounts(claims), key=lambda one: one.subject != subject),
        "withdrawn": weighed.withdrawn,
        "marking": marking_of([subject], claims),
        "crumbs": crumbs_to(case, *way, (_now("What is claimed"), "")),
        "may_claim": Duty.ANALYSE in case.duties(request.user),
    }


def way_to(case: Case, here: str) -> list[dict[str, str]]:
    """The way down to a claim of a case."""
    claims = reverse("attribution:claim_list", args=[case.pk])
    return crumbs_to(case, (_now("Claims"), claims), (here, ""))
