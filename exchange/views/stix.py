"""A case for other programs in the browser: taken away, put on offer, and what came in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution.http import whole_case
from core.errors import Refused
from core.http import attempt
from exchange import services
from exchange.forms import CASE_UCO, DOWNLOAD, MISP, ArrivalForm, StixForm
from exchange.http import bundle_file, on_offer
from exchange.models import Arrival
from exchange.services.collection import collections_of, titles_of
from investigations.http import crumbs_to, marking_of
from investigations.models import Case, Duty

PAGE, LATEST = "exchange/case_stix.html", 20
FILES = {
    DOWNLOAD: services.export_case,
    MISP: services.export_event,
    CASE_UCO: services.export_graph,
}
"""How each format is written that is taken away as a file."""


@open_to(SIGNED_IN)
@require_GET
def case_stix(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = whole_case(request.user, case_id)
    return render(request, PAGE, stix_page(request, case))


@open_to(SIGNED_IN)
@require_POST
def stix_share(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    """A deed, not a reading: that the case went out stands in the ledger, hence no GET."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.CERTIFY)
    form = StixForm(request.POST, case=case)
    done, status = attempt(form, lambda: let_out(request, case, form))
    if done is not None:
        return done
    return render(request, PAGE, stix_page(request, case, form=form), status=status)


def let_out(request: SignedInRequest, case: Case, form: StixForm) -> HttpResponseBase:
    """A file, or the page again with what is on offer from now on."""
    if export := FILES.get(form.cleaned_data["way"]):
        return bundle_file(export(case, by=request.user, **form.terms()))
    told = services.offer_case(case, by=request.user, **form.terms())
    words = ngettext(
        "%(objects)d object is on offer. Records that stay here: %(withheld)d.",
        "%(objects)d objects are on offer. Records that stay here: %(withheld)d.",
        told.objects,
    )
    messages.success(request, words % {"objects": told.objects, "withheld": told.withheld})
    return redirect("exchange:case_stix", case.pk)


@open_to(SIGNED_IN)
@require_POST
def stix_withdraw(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    try:
        services.withdraw_offer(case, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("exchange:case_stix", case.pk)


def told_of(request: SignedInRequest, key: UUID, title: str) -> dict[str, str]:
    """What a collection is called, and where programs find it."""
    url = reverse("taxii:collection", args=[key])
    return {"title": title, "url": request.build_absolute_uri(url)}


def stix_page(
    request: SignedInRequest,
    case: Case,
    *,
    form: StixForm | None = None,
    arrival_form: ArrivalForm | None = None,
) -> dict[str, Any]:
    """What is on offer, what came in, and the forms of those who may do either."""
    duties, offered = case.duties(request.user), on_offer(case, request.user)
    arrivals = Arrival.objects.visible_to(request.user).filter(case=case)
    titles = titles_of(collections_of(request.user, case))
    found = list(arrivals.select_related("received_by").order_by("-id")[:LATEST])
    return {
        "case": case,
        "title_shown": case.title_for(request.user),
        "form": form or StixForm(case=case),
        "arrival_form": arrival_form or ArrivalForm(),
        "may_share": Duty.CERTIFY in duties,
        "may_receive": Duty.LOG_EVIDENCE in duties,
        "offered": offered.newest().count(),
        "offered_at": offered.aggregate(last=Max("offered_at"))["last"],
        "collections": [told_of(request, key, title) for key, title in titles.items()],
        "arrivals": found,
        "marking": marking_of([case], found),
        "crumbs": crumbs_to(case, (_("STIX, MISP and CASE"), "")),
    }
