"""What the page of one incident shows, whichever door was used to reach it."""

from typing import Any

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from core.context import address
from investigations.forms import CasualtiesForm, SourceForm
from investigations.http import crumbs_to
from investigations.models import Duty, Incident
from investigations.views.case_page import note_panel, task_panel

PAGE = "investigations/incident_detail.html"
COUNTS = {"launched": _("launched"), "intercepted": _("intercepted"), "arrived": _("arrived")}


def incident_page(
    request: SignedInRequest, incident: Incident, **refused: BaseForm
) -> dict[str, Any]:
    """Everything on the page of an incident; `refused` are the forms that were sent back."""
    case = incident.case
    return {
        **task_panel(case, incident, **refused),
        **note_panel(case, incident, **refused),
        **ways_on(incident),
        "incident": incident,
        "case": case,
        "marking": case.tlp,
        "crumbs": crumbs_to(case, (incident.ref, "")),
        "concluded": case.is_concluded,
        "salvo": [range_of(incident, count, label) for count, label in COUNTS.items()],
        "casualties": incident.casualties.all(),
        "casualties_form": refused.get("casualties_form") or CasualtiesForm(),
        "sources": incident.source_reports.all(),
        "source_form": refused.get("source_form") or SourceForm(),
        "sites": incident.sites.select_related("country"),
        "may_log": Duty.LOG_EVIDENCE in case.duties(request.user),
        "on_incident": True,
    }


def range_of(incident: Incident, count: str, label: Promise) -> dict[str, Any]:
    """How many were launched, intercepted or arrived: a least, a most, or nothing known."""
    return {
        "label": label,
        "at_least": getattr(incident, f"{count}_min"),
        "at_most": getattr(incident, f"{count}_max"),
    }


def ways_on(incident: Incident) -> dict[str, str]:
    """Where its exhibits are seen and logged, if that room is there."""
    evidence = address("evidence:item_list")
    return {
        "evidence_url": f"{evidence}?incident={incident.pk}" if evidence else "",
        "log_url": address("evidence:item_create", incident.pk),
    }
