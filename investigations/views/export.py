"""The lists of cases and of what is in them as tables to take away.

Each is a deed, not a reading: that the rows went out stands in the ledger, hence no GET.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.policy import SIGNED_IN, open_to
from core.markings import Handling
from investigations.forms import CaseFilterForm, IncidentFilterForm
from investigations.models import (
    AssistanceNeed,
    AssistanceOffer,
    Case,
    ContributionRequest,
    Incident,
    Request,
    Site,
    Source,
    Task,
)
from investigations.tables import Listed, taken_away
from investigations.views.request import visible as requests_seen


@dataclass(frozen=True)
class Asked:
    """A request as it is taken away: with its case, where that is seen."""

    request: Request
    case: Case | None

    @property
    def handling(self) -> Handling:
        """How it is to be handled: as its page."""
        own = self.request.own_handling
        return self.case.handling.joined(own) if self.case else own

    @property
    def case_id(self) -> UUID:
        """The case whose ledger tells of it."""
        return self.request.case_id


def with_cases(rows: list[Request], reader: User) -> Iterable[Asked]:
    """Each request with its case, read once for all; an administrator sees some without."""
    keys = {row.case_id for row in rows}
    cases = {case.pk: case for case in Case.objects.visible_to(reader).filter(pk__in=keys)}
    return [Asked(row, cases.get(row.case_id)) for row in rows]


CASES: Listed[Case] = Listed(
    "cases",
    "investigations.cases_exported",
    [
        (_("Reference"), lambda row: row.ref),
        (_("Case"), lambda row: getattr(row, "title_shown", row.public_title)),
        (_("Public title"), lambda row: row.public_title),
        (_("Status"), lambda row: row.get_status_display()),
        (_("Stage"), lambda row: row.get_stage_display()),
        (_("Lead"), lambda row: row.lead),
        (_("Opened"), lambda row: row.created_at),
    ],
    cases=lambda row: [row.pk],
)

INCIDENTS: Listed[Incident] = Listed(
    "incidents",
    "investigations.incidents_exported",
    [
        (_("Reference"), lambda row: row.ref),
        (_("What happened"), lambda row: row.title),
        (_("Narrative"), lambda row: row.narrative),
        (_("From"), lambda row: row.occurred_from),
        (_("To"), lambda row: row.occurred_to),
        (_("Time known to"), lambda row: row.get_occurred_precision_display()),
        (_("Time as stated"), lambda row: row.occurred_as_stated),
        (_("Theatre"), lambda row: row.theatre),
        (_("Place"), lambda row: row.place_name),
        (_("Country"), lambda row: row.country_id),
        (_("Latitude"), lambda row: row.latitude),
        (_("Longitude"), lambda row: row.longitude),
        (_("Metres around the point"), lambda row: row.uncertainty_m),
        (_("Attack mode"), lambda row: row.get_attack_mode_display()),
        (_("Weapon as stated"), lambda row: row.weapon_as_stated),
        (_("Status"), lambda row: row.get_status_display()),
        (_("Case"), lambda row: row.case.ref),
    ],
)

SOURCES: Listed[Source] = Listed(
    "sources",
    "investigations.sources_exported",
    [
        (_("Pseudonym"), lambda row: row.pseudonym),
        (_("Speaks as"), lambda row: row.get_kind_display()),
        (_("Protection"), lambda row: row.get_protection_display()),
        (_("Consents to sharing with"), lambda row: ", ".join(map(str, row.scopes_told))),
        (_("Case"), lambda row: row.case.ref),
    ],
)

REQUESTS: Listed[Asked] = Listed(
    "requests",
    "investigations.requests_exported",
    [
        (_("What is asked"), lambda row: row.request.get_kind_display()),
        (_("About"), lambda row: row.request.subject_ref),
        (_("State"), lambda row: row.request.get_state_display()),
        (_("Asked by"), lambda row: row.request.asked_by),
        (_("Asked"), lambda row: row.request.created_at),
        (_("Decided by"), lambda row: row.request.decided_by),
        (_("Decided"), lambda row: row.request.decided_at),
        (_("Case"), lambda row: row.case.ref if row.case else ""),
    ],
    told=with_cases,
)

NEEDS: Listed[AssistanceNeed] = Listed(
    "needs",
    "investigations.needs_exported",
    [
        (_("Need"), lambda row: row.ref),
        (_("Capability"), lambda row: row.get_capability_display()),
        (_("What is needed"), lambda row: row.description),
        (_("Urgency"), lambda row: row.get_urgency_display()),
        (_("Needed by"), lambda row: row.needed_by),
        (_("State"), lambda row: row.get_status_display()),
        (_("Case"), lambda row: row.case.ref),
    ],
)

OFFERS: Listed[AssistanceOffer] = Listed(
    "offers",
    "investigations.offers_exported",
    [
        (_("Offer"), lambda row: row.ref),
        (_("Agency"), lambda row: row.agency),
        (_("Capability"), lambda row: row.get_capability_display()),
        (_("What is offered"), lambda row: row.description),
        (_("Offered"), lambda row: row.offered_on),
        (_("Decision"), lambda row: row.get_decision_display()),
        (_("Signed"), lambda row: row.signed_on),
        (_("Document"), lambda row: row.document_ref),
        (_("Conditions"), lambda row: row.conditions),
        (_("Case"), lambda row: row.case.ref),
    ],
)


TASKS: Listed[Task] = Listed(
    "tasks",
    "investigations.tasks_exported",
    [
        (_("What is to be done"), lambda row: row.title),
        (_("Who"), lambda row: row.owner),
        (_("Due"), lambda row: row.due),
        (_("Done"), lambda row: row.done_at),
        (_("Incident"), lambda row: row.incident.ref if row.incident else ""),
        (_("Case"), lambda row: row.case.ref),
    ],
)

SITES: Listed[Site] = Listed(
    "sites",
    "investigations.sites_exported",
    [
        (_("Site"), lambda row: row.name),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Place"), lambda row: row.place_name),
        (_("Latitude"), lambda row: row.latitude),
        (_("Longitude"), lambda row: row.longitude),
        (_("Metres around the point"), lambda row: row.uncertainty_m),
        (_("Safety"), lambda row: row.get_safe_status_display()),
        (_("Secured"), lambda row: row.secured_at),
        (_("Incident"), lambda row: row.incident.ref),
        (_("Case"), lambda row: row.case.ref),
    ],
    told=lambda rows, _reader: [row.as_shared() for row in rows],
)
"""Sensitive places leave only roughly, whoever takes them."""

CONTRIBUTIONS: Listed[ContributionRequest] = Listed(
    "contributions",
    "investigations.contributions_exported",
    [
        (_("Request"), lambda row: row.ref),
        (_("Agency"), lambda row: row.agency),
        (_("Capability"), lambda row: row.get_capability_display()),
        (_("What is asked"), lambda row: row.words),
        (_("Answer due"), lambda row: row.due),
        (_("Answer"), lambda row: row.get_answer_display()),
        (_("Answered"), lambda row: row.answered_at),
        (_("Case"), lambda row: row.case.ref),
    ],
)


@open_to(SIGNED_IN)
@require_POST
def case_export(request: SignedInRequest) -> HttpResponseBase:
    seen = Case.objects.visible_to(request.user).select_related("lead")
    rows = CaseFilterForm(request.GET).narrow(seen.titled_for(request.user))
    return taken_away(request, rows.order_by("-id"), CASES)


@open_to(SIGNED_IN)
@require_POST
def incident_export(request: SignedInRequest) -> HttpResponseBase:
    form = IncidentFilterForm(request.GET, user=request.user)
    rows = form.narrow(Incident.objects.visible_to(request.user)).select_related("case", "theatre")
    return taken_away(request, rows.order_by("-id"), INCIDENTS)


@open_to(SIGNED_IN)
@require_POST
def source_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = visible_case(request, case_id)
    rows = Source.objects.visible_to(request.user).filter(case=case).select_related("case")
    return taken_away(request, rows.order_by("pseudonym"), SOURCES)


@open_to(SIGNED_IN)
@require_POST
def request_export(request: SignedInRequest) -> HttpResponseBase:
    return taken_away(request, requests_seen(request).order_by("-id"), REQUESTS)


@open_to(SIGNED_IN)
@require_POST
def need_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = visible_case(request, case_id)
    rows = AssistanceNeed.objects.visible_to(request.user).filter(case=case).with_lists()
    return taken_away(request, rows.order_by("-id"), NEEDS)


@open_to(SIGNED_IN)
@require_POST
def offer_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = visible_case(request, case_id)
    rows = AssistanceOffer.objects.visible_to(request.user).filter(case=case).with_lists()
    return taken_away(request, rows.order_by("-id"), OFFERS)


@open_to(SIGNED_IN)
@require_POST
def contribution_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = visible_case(request, case_id)
    rows = ContributionRequest.objects.visible_to(request.user).filter(case=case).with_lists()
    return taken_away(request, rows.order_by("-id"), CONTRIBUTIONS)


@open_to(SIGNED_IN)
@require_POST
def task_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = visible_case(request, case_id)
    rows = Task.objects.visible_to(request.user).filter(case=case)
    return taken_away(request, rows.select_related("case", "owner", "incident"), TASKS)


@open_to(SIGNED_IN)
@require_POST
def site_export(request: SignedInRequest, incident_id: UUID) -> HttpResponseBase:
    seen = Incident.objects.visible_to(request.user)
    incident = get_object_or_404(seen, pk=incident_id)
    rows = Site.objects.visible_to(request.user).filter(incident=incident)
    return taken_away(request, rows.select_related("case", "incident").order_by("id"), SITES)


def visible_case(request: SignedInRequest, key: UUID) -> Case:
    """The case, if this person sees it."""
    return get_object_or_404(Case.objects.visible_to(request.user), pk=key)
