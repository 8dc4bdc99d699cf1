"""Sites in the browser: entering and amending the places of an incident."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.markings import Handling
from investigations import services
from investigations.forms import SiteForm
from investigations.http import crumbs_to, fill_in, home_of
from investigations.models import Duty, Incident, Site

FORM = "investigations/site_form.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def site_create(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    visible = Incident.objects.visible_to(request.user).select_related("case")
    incident = get_object_or_404(visible, pk=incident_id)
    incident.case.require(request.user, Duty.LOG_EVIDENCE)
    form = SiteForm(typed(request), instance=Site(case=incident.case, incident=incident))
    return fill_in(
        request,
        form,
        lambda: services.enter_site(incident, by=request.user, **form.facts()),
        page=FORM,
        title=_now("Enter a site"),
        submit=_now("Enter the site"),
        **around(incident, _now("New site"), incident.handling),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def site_edit(request: SignedInRequest, site_id: UUID) -> HttpResponse:
    visible = Site.objects.visible_to(request.user).select_related("case", "incident__case")
    site = get_object_or_404(visible, pk=site_id)
    site.case.require(request.user, Duty.LOG_EVIDENCE)
    form = SiteForm(typed(request), instance=site)
    return fill_in(
        request,
        form,
        lambda: services.amend_site(
            site, by=request.user, version=form.version_read, **form.facts()
        ),
        page=FORM,
        title=_now("Edit %(name)s") % {"name": site.name},
        **around(site.incident, site.name, site.handling),
    )


def around(incident: Incident, here: str, marking: Handling) -> dict[str, object]:
    """What a site's form shares: the way to it, the way back, and its marking."""
    there = home_of(incident)
    return {
        "cancel_url": there,
        "marking": marking,
        "crumbs": crumbs_to(incident.case, (incident.ref, there), (here, "")),
    }
