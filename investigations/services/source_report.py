"""Citing who reported an attack, and grading the report, at first and anew."""

from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from investigations.models import Duty, Incident, Source, SourceReport
from ledger.services import record


class ReportFacts(TypedDict, total=False):
    """What may be said otherwise of a report: its words and its two grades."""

    citation: str
    reliability: str
    credibility: str
    party_to_conflict: bool


@transaction.atomic
def cite_source(
    incident: Incident,
    *,
    by: User,
    citation: str,
    reliability: str,
    credibility: str,
    party_to_conflict: bool = False,
    source: Source | None = None,
    imported_from: str = "",
    row_key: str = "",
    as_reported: dict[str, Any] | None = None,
) -> SourceReport:
    """Add one report of the attack with its two grades."""
    incident.case.require(by, Duty.LOG_EVIDENCE)
    if source and source.case_id != incident.case_id:
        raise Refused(_("The source belongs to another case."))
    report = SourceReport(
        case=incident.case,
        incident=incident,
        citation=citation,
        reliability=reliability,
        credibility=credibility,
        party_to_conflict=party_to_conflict,
        source=source,
        imported_from=imported_from,
        row_key=row_key,
        as_reported=as_reported or {},
    )
    report.full_clean()
    report.save(force_insert=True)
    record(by, "investigations.source_cited", incident, citation=citation, grade=report.grade)
    return report


@transaction.atomic
def amend_report(
    report: SourceReport, *, by: User, version: int, **facts: Unpack[ReportFacts]
) -> SourceReport:
    """Grade a report anew, or correct its words; findings that cite it show that it changed."""
    report = SourceReport.objects.locked_for(by, report)
    report.case.require(by, Duty.LOG_EVIDENCE)
    require_fresh(report, version)
    changes = apply_changes(report, facts)
    if changes:
        report.full_clean()
        report.save()
        told: dict[str, Any] = {"report": str(report.pk), "changes": changes}
        record(by, "investigations.report_amended", report.incident, beside=[report], **told)
    return report
