"""Deployments in the browser: entering a team that came, its page, and what it touched."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from evidence.forms.cooperation import DeploymentForm
from evidence.models import Deployment
from evidence.services.deployment import amend_deployment, enter_deployment
from investigations.http import crumbs_to, fill_in, handling_of, home_of
from investigations.models import AssistanceOffer, Duty

PAGE, FORM = "evidence/deployment_detail.html", "evidence/record_form.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def deployment_create(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    offer = agreement(request, offer_id)
    begun = Deployment(case=offer.case, offer=offer)
    form = DeploymentForm(typed(request), instance=begun, user=request.user)
    return fill_in(
        request,
        form,
        lambda: enter_deployment(offer, by=request.user, **form.facts()),
        page=FORM,
        title=_("Enter a deployment"),
        **around(offer, _("New deployment")),
    )


@open_to(SIGNED_IN)
@require_GET
def deployment_detail(request: SignedInRequest, deployment_id: UUID) -> HttpResponse:
    deployment = visible(request, deployment_id)
    sites = list(deployment.sites.visible_to(request.user).order_by("name"))
    exhibits = list(deployment.exhibits.visible_to(request.user).order_by("exhibit_no"))
    context = {
        **around(deployment.offer, deployment.ref),
        "deployment": deployment,
        "sites": sites,
        "exhibits": exhibits,
        "marking": handling_of([deployment], *sites, *exhibits),
        "may_log": Duty.LOG_EVIDENCE in deployment.case.duties(request.user),
    }
    return render(request, PAGE, context)


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def deployment_edit(request: SignedInRequest, deployment_id: UUID) -> HttpResponse:
    deployment = visible(request, deployment_id)
    deployment.case.require(request.user, Duty.LOG_EVIDENCE)
    form = DeploymentForm(typed(request), instance=deployment, user=request.user)
    return fill_in(
        request,
        form,
        lambda: amend_deployment(
            deployment, by=request.user, version=form.version_read, **form.facts()
        ),
        page=FORM,
        title=_("Edit %(ref)s") % {"ref": deployment.ref},
        **around(deployment.offer, deployment.ref) | {"cancel_url": home_of(deployment)},
    )


def visible(request: SignedInRequest, deployment_id: UUID) -> Deployment:
    """The deployment, if this person sees it."""
    rows = Deployment.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows.select_related("offer__case"), pk=deployment_id)


def agreement(request: SignedInRequest, offer_id: UUID) -> AssistanceOffer:
    """The agreement, if this person sees it and works with evidence of its case."""
    rows = AssistanceOffer.objects.visible_to(request.user).with_lists()
    offer = get_object_or_404(rows, pk=offer_id)
    offer.case.require(request.user, Duty.LOG_EVIDENCE)
    return offer


def around(offer: AssistanceOffer, here: str) -> dict[str, object]:
    """What the pages under an agreement share: the way to them, the way back, the marking."""
    board = reverse("investigations:assistance", args=[offer.case_id])
    steps = [(_("Assistance"), board), (offer.ref, home_of(offer)), (here, "")]
    return {
        "crumbs": crumbs_to(offer.case, *steps),
        "cancel_url": home_of(offer),
        "marking": offer.handling,
    }
