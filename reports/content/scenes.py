"""What a bundle for a peer also says: the attacks that its exhibits come from, and their keys."""

from typing import Any

from evidence.models import Item
from investigations.models import Incident
from reports.content.leaving import Leaving, lets_go
from reports.content.reading import Reading
from reports.models import Bundle

WORDS = ("occurred_zone", "occurred_precision", "place_precision", "attack_mode", "outcome")
CODES = (*WORDS, "target_type", "status")


def keys_of_item(item: Item) -> dict[str, Any]:
    """By what the peer's program finds the kind and the attack of an exhibit."""
    return {"kind_code": item.kind_id, "incident_id": str(item.incident_id)}


def incidents_of(bundle: Bundle, found: Leaving) -> list[dict[str, Any]]:
    """The attacks of the exhibits that leave, as far as they may leave themselves."""
    reading = Reading(bundle)
    keys = {item.incident_id for item in found.items}
    rows = Incident.objects.visible_to(bundle.requested_by).filter(pk__in=keys)
    rows = rows.select_related("case", "country").order_by("ref")
    return [
        facts_of_incident(row, reading)
        for row in rows
        if lets_go(found, bundle, row, f"incident {row.ref}")
    ]


def facts_of_incident(row: Incident, reading: Reading) -> dict[str, Any]:
    """What is recorded of an attack, all of it as text; nothing says who did it."""
    neutral = reading.neutral
    return {
        "id": str(row.pk),
        "ref": row.ref,
        "title": neutral(row.title),
        "narrative": neutral(row.narrative),
        "occurred_from": row.occurred_from.isoformat() if row.occurred_from else "",
        "occurred_to": row.occurred_to.isoformat() if row.occurred_to else "",
        "occurred_as_stated": neutral(row.occurred_as_stated),
        "place_name": neutral(row.place_name),
        "country": row.country.code if row.country else "",
        "latitude": "" if row.latitude is None else f"{row.latitude:f}",
        "longitude": "" if row.longitude is None else f"{row.longitude:f}",
        "uncertainty_m": "" if row.uncertainty_m is None else str(row.uncertainty_m),
        "weapon_as_stated": neutral(row.weapon_as_stated),
        **{name: str(getattr(row, name)) for name in CODES},
    }
