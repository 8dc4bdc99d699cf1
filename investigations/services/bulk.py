"""Entering many attacks at once, as a list imported from elsewhere does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.scope import system_scope
from investigations.models import Case, CasualtyCount, Duty, Incident, SourceReport
from investigations.services.incident import IncidentFacts, incident_ref
from investigations.services.numbering import next_numbers
from ledger.services import record_many


@dataclass(frozen=True)
class Listed:
    """One attack of a list: what it says, who is cited, and the row it came from."""

    facts: IncidentFacts
    citation: str
    reliability: str
    credibility: str
    party_to_conflict: bool
    row_key: str
    as_reported: dict[str, Any]
    casualties: Sequence[tuple[str, int | None, int | None]] = ()


@transaction.atomic
def enter_listed_incidents(
    case: Case, rows: Sequence[Listed], *, by: User, imported_from: str
) -> list[Incident]:
    """Enter each row that is not there yet as an incident with its graded source.

    All or none of `rows` are written; a row read before, here or in an earlier run, is passed
    over. Returns the incidents that are new, in the order of the rows.
    """
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.LOG_EVIDENCE)
    known = keys_known(case, [row.row_key for row in rows], imported_from=imported_from)
    fresh = list({row.row_key: row for row in rows if row.row_key not in known}.values())
    if not fresh:
        return []
    numbers = next_numbers(case, "incident", count=len(fresh))
    incidents = [
        Incident(case=case, ref=incident_ref(number), updated_at=timezone.now(), **row.facts)
        for number, row in zip(numbers, fresh, strict=True)
    ]
    Incident.objects.bulk_create(incidents)
    write_sources(case, incidents, fresh, imported_from=imported_from)
    record_many(
        by,
        "investigations.incident_entered",
        [
            (incident, {"ref": incident.ref, "title": incident.title, "citation": row.citation})
            for incident, row in zip(incidents, fresh, strict=True)
        ],
        log=case.ledger_log,
    )
    return incidents


def keys_known(case: Case, keys: Sequence[str], *, imported_from: str) -> set[str]:
    """Those of `keys` under which a row of this list was entered before."""
    with system_scope("a row is entered once, whoever may see what it became"):
        before = SourceReport.objects.filter(
            case=case, imported_from=imported_from, row_key__in=keys
        )
        return set(before.values_list("row_key", flat=True))


def write_sources(
    case: Case, incidents: Sequence[Incident], rows: Sequence[Listed], *, imported_from: str
) -> None:
    """Write the graded reports and the casualty counts of freshly entered incidents."""
    pairs = list(zip(incidents, rows, strict=True))
    SourceReport.objects.bulk_create(
        SourceReport(
            case=case,
            incident=incident,
            citation=row.citation,
            reliability=row.reliability,
            credibility=row.credibility,
            party_to_conflict=row.party_to_conflict,
            imported_from=imported_from,
            row_key=row.row_key,
            as_reported=row.as_reported,
        )
        for incident, row in pairs
    )
    CasualtyCount.objects.bulk_create(
        CasualtyCount(case=case, incident=incident, harm=harm, at_least=least, at_most=most)
        for incident, row in pairs
        for harm, least, most in row.casualties
    )
