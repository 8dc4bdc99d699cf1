"""Lists of what is said, supposed and concluded as tables to take away, as far as they are seen.

Each is a deed, not a reading: that the rows went out stands in the ledger, hence no GET.
"""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from attribution.forms import ClaimFilterForm
from attribution.http import whole_case
from attribution.models import (
    Actor,
    Assertion,
    Claim,
    Finding,
    FollowUp,
    Hypothesis,
    Measure,
    Statement,
)
from attribution.views.claim_page import claims_of
from attribution.views.finding import findings_asked
from investigations.http import asked_case
from investigations.models import Case, Source
from investigations.tables import Listed, taken_away

ACTORS: Listed[Actor] = Listed(
    "actors",
    "attribution.actors_exported",
    [
        (_("Name"), lambda row: row.name),
        (_("Name in its own script"), lambda row: row.native_name),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Country"), lambda row: row.country),
        (_("Active from"), lambda row: row.active_from),
        (_("Active to"), lambda row: row.active_to),
        (_("Remarks"), lambda row: row.remarks),
        (_("Case"), lambda row: row.case.ref),
    ],
)

CLAIMS: Listed[Claim] = Listed(
    "claims",
    "attribution.claims_exported",
    [
        (_("Claim"), lambda row: row.ref),
        (_("What is claimed"), lambda row: row.text),
        (_("Told by"), lambda row: row.heard_from),
        (_("Stance"), lambda row: row.get_stance_display()),
        (_("Which fact"), lambda row: row.get_fact_display()),
        (_("Value"), lambda row: row.value),
        (_("Grade"), lambda row: row.grade),
        (_("Why it is graded so"), lambda row: row.rationale),
        (_("Claimed"), lambda row: row.made_at),
        (_("About"), lambda row: row.subject),
        (_("Why it was set aside"), lambda row: row.set_aside_reason),
        (_("Case"), lambda row: row.case.ref),
    ],
)

HYPOTHESES: Listed[Hypothesis] = Listed(
    "hypotheses",
    "attribution.hypotheses_exported",
    [
        (_("Hypothesis"), lambda row: row.ref),
        (_("Statement"), lambda row: row.statement),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Level"), lambda row: row.get_level_display()),
        (_("State"), lambda row: row.get_status_display()),
        (_("Why it no longer competes"), lambda row: row.status_reason),
        (_("Proposed by"), lambda row: row.proposer),
        (_("Case"), lambda row: row.case.ref),
    ],
)

FINDINGS: Listed[Finding] = Listed(
    "findings",
    "attribution.findings_exported",
    [
        (_("Finding"), lambda row: row.ref),
        (_("Statement"), lambda row: row.statement),
        (_("Hypothesis"), lambda row: row.hypothesis.ref),
        (_("Level"), lambda row: row.get_level_display()),
        (_("Likelihood"), lambda row: row.get_likelihood_display()),
        (_("Confidence"), lambda row: row.get_confidence_display()),
        (_("State"), lambda row: row.get_status_display()),
        (_("Handed in"), lambda row: row.submitted_at),
        (_("Released"), lambda row: row.released_at),
        (_("Case"), lambda row: row.case.ref),
    ],
)

ASSERTIONS: Listed[Assertion] = Listed(
    "assertions",
    "attribution.assertions_exported",
    [
        (_("Assertion"), lambda row: row.ref),
        (_("Actor"), lambda row: row.actor.name),
        (_("Dimension"), lambda row: row.get_dimension_display()),
        (_("Statement"), lambda row: row.statement),
        (_("Value"), lambda row: row.value),
        (_("Holds from"), lambda row: row.valid_from),
        (_("Holds until"), lambda row: row.valid_to),
        (_("Grade"), lambda row: f"{row.reliability}{row.credibility}"),
        (_("Why it is graded so"), lambda row: row.rationale),
        (_("Entered by"), lambda row: row.author),
        (_("Case"), lambda row: row.case.ref),
    ],
)

MEASURES: Listed[Measure] = Listed(
    "measures",
    "attribution.measures_exported",
    [
        (pgettext_lazy("of authorities", "Measure"), lambda row: row.ref),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Authority"), lambda row: row.authority),
        (_("Programme"), lambda row: row.programme),
        (_("Finding"), lambda row: row.finding.ref),
        (_("Remarks"), lambda row: row.remarks),
        (_("Entered by"), lambda row: row.entered_by),
        (_("Entered"), lambda row: row.created_at),
        (_("Why it was withdrawn"), lambda row: row.withdrawn_reason),
        (_("Case"), lambda row: row.case.ref),
    ],
)

FOLLOW_UPS: Listed[FollowUp] = Listed(
    "follow-ups",
    "attribution.follow_ups_exported",
    [
        (_("Follow-up"), lambda row: row.ref),
        (pgettext_lazy("of authorities", "Measure"), lambda row: row.measure.ref),
        (_("What triggers it"), lambda row: row.get_trigger_display()),
        (_("What is to be done"), lambda row: row.task),
        (_("Who follows it up"), lambda row: row.owner),
        (_("Due"), lambda row: row.due),
        (_("Closed"), lambda row: row.closed_at),
        (_("What came of it"), lambda row: row.outcome),
        (_("Case"), lambda row: row.case.ref),
    ],
)


STATEMENTS: Listed[Statement] = Listed(
    "statements",
    "attribution.statements_exported",
    [
        (_("Statement"), lambda row: row.ref),
        (_("Pseudonym"), lambda row: row.source.pseudonym),
        (_("Speaks as"), lambda row: row.get_speaks_as_display()),
        (_("How it was recorded"), lambda row: row.get_record_kind_display()),
        (_("Taken"), lambda row: row.taken_at),
        (_("Time known to"), lambda row: row.get_taken_precision_display()),
        (_("Language"), lambda row: row.language),
        (_("Case"), lambda row: row.case.ref),
    ],
)
"""What stands on the page of the source: never its words, nor who took them down and where."""


@open_to(SIGNED_IN)
@require_POST
def actor_export(request: SignedInRequest) -> HttpResponseBase:
    rows = Actor.objects.visible_to(request.user).with_lists()
    return taken_away(request, rows.order_by("name", "id"), ACTORS)


@open_to(SIGNED_IN)
@require_POST
def claim_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    form = ClaimFilterForm(request.GET, case=case, user=request.user)
    rows = form.narrow(claims_of(case, request.user))
    return taken_away(request, rows.order_by("-id"), CLAIMS)


@open_to(SIGNED_IN)
@require_POST
def hypothesis_export(request: SignedInRequest) -> HttpResponseBase:
    rows, case = Hypothesis.objects.visible_to(request.user).with_lists(), asked_case(request)
    rows = rows.filter(case=case) if case else rows
    return taken_away(request, rows.order_by("-case_id", "id"), HYPOTHESES)


@open_to(SIGNED_IN)
@require_POST
def finding_export(request: SignedInRequest) -> HttpResponseBase:
    return taken_away(request, findings_asked(request).order_by("-id"), FINDINGS)


@open_to(SIGNED_IN)
@require_POST
def assertion_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    rows = Assertion.objects.visible_to(request.user).filter(case=case).standing().with_lists()
    return taken_away(request, rows.order_by("actor__name", "id"), ASSERTIONS)


@open_to(SIGNED_IN)
@require_POST
def measure_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = whole_case(request.user, case_id)
    rows = Measure.objects.visible_to(request.user).filter(case=case).with_lists()
    return taken_away(request, rows.order_by("-id"), MEASURES)


@open_to(SIGNED_IN)
@require_POST
def followup_export(request: SignedInRequest, case_id: UUID) -> HttpResponseBase:
    case = whole_case(request.user, case_id)
    rows = FollowUp.objects.visible_to(request.user).filter(case=case).with_lists()
    return taken_away(request, rows.order_by("due", "id"), FOLLOW_UPS)


@open_to(SIGNED_IN)
@require_POST
def statement_export(request: SignedInRequest, source_id: UUID) -> HttpResponseBase:
    source = get_object_or_404(Source.objects.visible_to(request.user), pk=source_id)
    rows = Statement.objects.visible_to(request.user).filter(source=source)
    return taken_away(request, rows.select_related("case", "source").order_by("-id"), STATEMENTS)
