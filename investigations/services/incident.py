"""Entering attacks, amending them, counting harm and grading what was reported."""

from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.models import Country, Theatre, WeaponModel
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from investigations.models import Case, CasualtyCount, Duty, Incident, Source, SourceReport
from investigations.services.numbering import next_numbers
from ledger.services import record


class IncidentFacts(TypedDict, total=False):
    """What may be said of an attack."""

    title: str
    occurred_from: datetime | None
    occurred_to: datetime | None
    occurred_precision: str
    occurred_as_stated: str
    occurred_zone: str
    place_name: str
    place_native: str
    country: Country | None
    latitude: Decimal | None
    longitude: Decimal | None
    place_precision: str
    uncertainty_m: int | None
    theatre: Theatre | None
    attack_mode: str
    status: str
    outcome: str
    target_type: str
    weapon_model: WeaponModel | None
    weapon_as_stated: str
    launched_min: int | None
    launched_max: int | None
    intercepted_min: int | None
    intercepted_max: int | None
    arrived_min: int | None
    arrived_max: int | None
    narrative: str


@transaction.atomic
def enter_incident(case: Case, *, by: User, **facts: Unpack[IncidentFacts]) -> Incident:
    """Enter an attack into the case under the next incident number."""
    case.require(by, Duty.LOG_EVIDENCE)
    incident = Incident(case=case, **facts)
    incident.full_clean(exclude=["ref"])
    incident.ref = incident_ref(next_numbers(case, "incident")[0])
    incident.save(force_insert=True)
    record(by, "investigations.incident_entered", incident, ref=incident.ref, title=incident.title)
    return incident


def incident_ref(number: int) -> str:
    """INC-0001 and so on within the case."""
    return f"INC-{number:04d}"


@transaction.atomic
def amend_incident(
    incident: Incident, *, by: User, version: int, **facts: Unpack[IncidentFacts]
) -> Incident:
    """Change what is said of an attack."""
    incident = Incident.objects.visible_to(by).select_for_update(no_key=True).get(pk=incident.pk)
    incident.case.require(by, Duty.LOG_EVIDENCE)
    require_fresh(incident, version)
    changes = apply_changes(incident, facts)
    if changes:
        incident.full_clean()
        incident.save()
        record(by, "investigations.incident_amended", incident, changes=changes)
    return incident


@transaction.atomic
def count_casualties(
    incident: Incident,
    *,
    by: User,
    harm: str,
    group: str,
    at_least: int | None,
    at_most: int | None,
    as_of: datetime | None = None,
) -> CasualtyCount:
    """State how many of `group` came to `harm`; both numbers empty means unknown."""
    incident = Incident.objects.visible_to(by).select_for_update(no_key=True).get(pk=incident.pk)
    incident.case.require(by, Duty.LOG_EVIDENCE)
    known = incident.casualties.visible_to(by).select_for_update(of=("self",), no_key=True)
    count = known.filter(harm=harm, group=group).first()
    count = count or CasualtyCount(case=incident.case, incident=incident, harm=harm, group=group)
    before = f"{count.at_least}–{count.at_most}"
    count.at_least, count.at_most, count.as_of = at_least, at_most, as_of
    count.full_clean()
    count.save()
    record(
        by,
        "investigations.casualties_counted",
        incident,
        beside=[count],
        harm=harm,
        group=group,
        before=before,
        after=f"{at_least}–{at_most}",
    )
    return count


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
