"""Entering and amending the sites of an incident."""

from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from catalogue.models import Country
from core.changes import apply_changes, require_fresh
from investigations.models import Duty, Incident, Site
from investigations.models.area import digest_of
from ledger.services import record


class SiteFacts(TypedDict, total=False):
    """What may be said of a site."""

    name: str
    kind: str
    secured_at: datetime | None
    released_at: datetime | None
    safe_status: str
    remarks: str
    place_name: str
    place_native: str
    country: Country | None
    latitude: Decimal | None
    longitude: Decimal | None
    place_precision: str
    uncertainty_m: int | None
    searched_area: list[list[float]] | None
    sensitive: bool


GUARDED = ("latitude", "longitude", "place_name", "place_native")
"""What the ledger keeps to itself of a sensitive place: lines are read by more people."""


@transaction.atomic
def enter_site(incident: Incident, *, by: User, **facts: Unpack[SiteFacts]) -> Site:
    """Enter a place of the incident."""
    incident.case.require(by, Duty.LOG_EVIDENCE)
    site = Site(case=incident.case, incident=incident, **facts)
    site.full_clean()
    site.save(force_insert=True)
    told: dict[str, Any] = {"area": digest_of(site.searched_area)} if site.searched_area else {}
    record(by, "investigations.site_entered", site, name=site.name, site_kind=site.kind, **told)
    return site


@transaction.atomic
def amend_site(site: Site, *, by: User, version: int, **facts: Unpack[SiteFacts]) -> Site:
    """Change what is said of a site."""
    site = Site.objects.visible_to(by).select_for_update(no_key=True).get(pk=site.pk)
    site.case.require(by, Duty.LOG_EVIDENCE)
    require_fresh(site, version)
    area, guarded = site.searched_area, site.sensitive
    changes = apply_changes(site, facts)
    if changes:
        site.full_clean()
        site.save()
        if "searched_area" in changes:
            changes["searched_area"] = [digest_of(area), digest_of(site.searched_area)]
        if guarded or site.sensitive:
            changes |= {name: ["…", "…"] for name in GUARDED if name in changes}
        record(by, "investigations.site_amended", site, changes=changes)
    return site
