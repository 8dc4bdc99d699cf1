"""Entering attacks and amending them."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from catalogue.models import Country, Theatre, WeaponModel
from core.changes import apply_changes, require_fresh
from investigations.models import Case, Duty, Incident
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
