"""What the page of one incident shows, whichever door was used to reach it."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from core.context import address
from investigations.forms import CasualtiesForm, SourceForm
from investigations.http import crumbs_to, marking_of
from investigations.models import Case, Duty, Incident, Site, Source
from investigations.views.case_page import note_panel, task_panel

PAGE = "investigations/incident_detail.html"
COUNTS = {"launched": _("launched"), "intercepted": _("intercepted"), "arrived": _("arrived")}


def incident_page(
    request: SignedInRequest, incident: Incident, **refused: BaseForm
) -> dict[str, Any]:
    """Everything on the page of an incident; `refused` are the forms that were sent back."""
    case, user = incident.case, request.user
    duties = case.duties(user)
    lists = {
        **task_panel(request, case, incident, **refused),
        **note_panel(request, case, incident, **refused),
        **parts_of(incident, user),
    }
    shown = ("tasks", "notes", "casualties", "sources", "sites")
    return {
        **lists,
        **ways_on(incident),
        "incident": incident,
        "case": case,
        "marking": marking_of([incident], *[lists[name] for name in shown]),
        "crumbs": crumbs_to(case, (incident.ref, "")),
        "concluded": case.is_concluded,
        "salvo": [range_of(incident, count, label) for count, label in COUNTS.items()],
        "casualties_form": refused.get("casualties_form") or CasualtiesForm(),
        "source_form": refused.get("source_form") or SourceForm(sources=sources_of(case, user)),
        "may_log": Duty.LOG_EVIDENCE in duties,
        "may_contribute": bool({Duty.LOG_EVIDENCE, Duty.CONTRIBUTE} & duties),
        "on_incident": True,
    }


def parts_of(incident: Incident, user: User) -> dict[str, Any]:
    """The harm, the sources and the places of an incident that this person may see."""
    return {
        "casualties": list(incident.casualties.visible_to(user).select_related("case")),
        "sources": list(incident.source_reports.visible_to(user).select_related("case", "source")),
        "sites": [site.shown_to(user) for site in sites_of(incident, user)],
    }


def sites_of(incident: Incident, user: User) -> QuerySet[Site]:
    """The places of an incident that this person may see."""
    return incident.sites.visible_to(user).select_related("case", "country")


def sources_of(case: Case, user: User) -> QuerySet[Source]:
    """The people whose word may be cited, those whom this person may know of."""
    return Source.objects.visible_to(user).filter(case=case)


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
