"""Incidents in the browser: the list, one page each, entering, amending, counting and citing."""

from functools import partial
from uuid import UUID

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
from investigations.forms import CasualtiesForm, IncidentFilterForm, IncidentForm, SourceForm
from investigations.http import crumbs_to, fill_in, home_of, marking_of, settle
from investigations.models import Case, Duty, Incident
from investigations.models.incident import IncidentQuerySet
from investigations.views.incident_page import PAGE, incident_page, sources_of

LIST, PART = "investigations/incident_list.html", "investigations/_incident_list.html"
FORM = "investigations/incident_form.html"
COLUMNS = [
    Column(_("Reference"), "ref"),
    Column(_("What happened")),
    Column(_("Date"), "occurred_from"),
    Column(_("Theatre"), "theatre__name"),
    Column(_("Attack mode"), "attack_mode"),
    Column(_("Status"), "status"),
    Column(_("Case"), "case__ref"),
]


@open_to(SIGNED_IN)
@require_GET
def incident_list(request: SignedInRequest) -> HttpResponse:
    form = IncidentFilterForm(request.GET, user=request.user)
    rows = form.narrow(Incident.objects.visible_to(request.user))
    page = page_of(request, rows.select_related("case", "theatre"), COLUMNS, sort="-occurred_from")
    context = {"page": page, "form": form, "marking": marking_of(page.rows)}
    return answer(request, context, page=LIST, part=PART)


@open_to(SIGNED_IN)
@require_GET
def incident_detail(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    incident = get_object_or_404(visible(request), pk=incident_id)
    return render(request, PAGE, incident_page(request, incident))


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def incident_create(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    case.require(request.user, Duty.LOG_EVIDENCE)
    form = IncidentForm(typed(request), instance=Incident(case=case))
    return fill_in(
        request,
        form,
        lambda: services.enter_incident(case, by=request.user, **form.facts()),
        page=FORM,
        title=_now("Enter an incident"),
        submit=_now("Enter the incident"),
        cancel_url=home_of(case),
        marking=case.handling,
        crumbs=crumbs_to(case, (_now("New incident"), "")),
    )


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def incident_edit(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    incident = get_object_or_404(visible(request), pk=incident_id)
    incident.case.require(request.user, Duty.LOG_EVIDENCE)
    form = IncidentForm(typed(request), instance=incident)
    return fill_in(
        request,
        form,
        partial(amend, request, incident, form),
        page=FORM,
        title=_now("Edit %(ref)s") % {"ref": incident.ref},
        cancel_url=home_of(incident),
        marking=incident.handling,
        crumbs=crumbs_to(incident.case, (incident.ref, home_of(incident)), (_now("Edit"), "")),
    )


@open_to(SIGNED_IN)
@require_POST
def casualties_count(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    incident = get_object_or_404(visible(request), pk=incident_id)
    incident.case.require(request.user, Duty.LOG_EVIDENCE)
    form = CasualtiesForm(request.POST)
    return settle(
        request,
        form,
        lambda: services.count_casualties(incident, by=request.user, **form.cleaned_data),
        shown=partial(incident_page, request, incident),
        name="casualties_form",
        page=PAGE,
        part="investigations/_casualties.html",
        there=f"{home_of(incident)}#casualties",
    )


@open_to(SIGNED_IN)
@require_POST
def source_cite(request: SignedInRequest, incident_id: UUID) -> HttpResponse:
    incident = get_object_or_404(visible(request), pk=incident_id)
    incident.case.require(request.user, Duty.LOG_EVIDENCE)
    form = SourceForm(request.POST, sources=sources_of(incident.case, request.user))
    return settle(
        request,
        form,
        lambda: services.cite_source(incident, by=request.user, **form.cleaned_data),
        shown=partial(incident_page, request, incident),
        name="source_form",
        page=PAGE,
        part="investigations/_sources.html",
        there=f"{home_of(incident)}#sources",
    )


def visible(request: SignedInRequest) -> IncidentQuerySet:
    """The incidents that this person may see, as their pages show them."""
    rows: IncidentQuerySet = Incident.objects.visible_to(request.user).with_lists()
    return rows


def amend(request: SignedInRequest, incident: Incident, form: IncidentForm) -> Incident:
    """Change what is said of the incident to what was typed."""
    return services.amend_incident(
        incident, by=request.user, version=form.version_read, **form.facts()
    )
