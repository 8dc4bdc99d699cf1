"""Incidents held against each other by what was found in them, in the browser."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from comparison.http import key_asked
from comparison.services.weapon_set import against, relatives
from evidence.http import step_to_incident
from investigations.http import crumbs_to, marking_of
from investigations.models import Incident

DETAIL, AGAINST = "comparison/incident_detail.html", "comparison/incident_against.html"


@open_to(SIGNED_IN)
@require_GET
def incident_detail(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    incident = visible_incident(request, incident_id)
    found = relatives(incident, request.user)
    context = {
        "subject": incident,
        "found": found,
        "crumbs": crumbs_of(incident, _now("Compare")),
        "marking": marking_of([incident], found.shown),
    }
    return render(request, DETAIL, context)


@open_to(SIGNED_IN)
@require_GET
def incident_against(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    incident = visible_incident(request, incident_id)
    other = visible_incident(request, key_asked(request))
    pair = against(incident, other, request.user)
    context = {
        "pair": pair,
        "title": f"{incident.ref} · {other.ref}",
        "crumbs": crumbs_of(incident, other.ref),
        "marking": marking_of([incident, other], pair.shown),
    }
    return render(request, AGAINST, context)


def visible_incident(request: SignedInRequest, incident_id: UUID) -> Incident:
    """The incident, if this person may see it."""
    rows = Incident.objects.visible_to(request.user).with_lists()
    return get_object_or_404(rows, pk=incident_id)


def crumbs_of(incident: Incident, here: str) -> list[dict[str, str]]:
    """The case, the incident, and this page."""
    return crumbs_to(incident.case, step_to_incident(incident), (here, ""))
