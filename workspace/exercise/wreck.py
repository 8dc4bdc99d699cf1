"""Logs the exhibits of the exercise with their parts, markings and photographs."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from catalogue.models import ComponentCategory, Maker
from evidence import services
from evidence.models import Component, Item
from investigations.models import Case, Incident
from workspace.exercise.plates import Shot, photograph
from workspace.exercise.story import exhibits

LOCAL = timezone(timedelta(hours=3))
MEASURES = ("mass_g", "length_mm")
MADE = ("finish", "technique", "colour", "wiring", "connector")


def log_exhibit(case: Case, incident: Incident, key: str, number: str, *, by: User) -> Item:
    """One exhibit, whole: item, component, markings, photograph; left alone if it is there."""
    row = exhibits()[key][number]
    known = Item.objects.filter(case=case, exhibit_no=number).first()
    item = known or describe(case, incident, number, row, by=by)
    if not item.files.exists():
        shot = shot_of(incident, number, row)
        picture = photograph(shot, seed=number)
        name = f"DSC_{abs(hash_of(number)) % 9000 + 1000}.jpg"
        file = services.receive_file(case, by=by, chunks=[picture], name=name, item=item)
        services.caption_file(file, by=by, caption=f"{row['text']}, with scale", in_situ=False)
    return item


@transaction.atomic
def describe(case: Case, incident: Incident, number: str, row: dict[str, Any], *, by: User) -> Item:
    """The exhibit and, where something is known of it, its component with markings."""
    category = ComponentCategory.objects.get(code=row["kind"])
    item = services.log_item(
        case,
        by=by,
        exhibit_no=number,
        incident=incident,
        site=incident.sites.first(),
        kind=category,
        description=row["text"],
        recovered_at=begin_of(incident) + timedelta(hours=9),
        recovered_precision="hour",
        recovered_by="Field team 2",
        acquisition=row.get("acquisition", acquisition_at(incident)),
        condition=row.get("condition", "unknown"),
        parent=Item.objects.filter(case=case, exhibit_no=row.get("parent", "")).first(),
        quantity=row.get("quantity", 1),
        hazards=[row["hazards"]] if "hazards" in row else [],
        no_in_situ_reason="Recovered before the photographer reached the site.",
        **{name: Decimal(row[name]) for name in MEASURES if name in row},  # type: ignore[arg-type]
    )
    if any(name in row for name in ("maker", "part", "removal", *MADE)):
        component = services.describe_component(item, by=by, **component_of(category, row))
        record_markings(component, row, by=by)
    return item


def begin_of(incident: Incident) -> datetime:
    """When it happened; every incident of the story says so."""
    return incident.occurred_from or incident.created_at


def acquisition_at(incident: Incident) -> str:
    """Seized at sea, or recovered where it fell."""
    return "seizure" if incident.attack_mode == "seizure" else "scene-recovery"


def component_of(category: ComponentCategory, row: dict[str, Any]) -> Any:
    """What the story says of the part, in the types of the evidence room."""
    maker = Maker.objects.called(row["maker"]).first() if "maker" in row else None
    return {
        "category": category,
        "identification": "confirmed" if "part" in row else "unidentified",
        "maker": maker,
        "maker_as_marked": row.get("maker", "").upper(),
        "maker_status": "marked" if maker else "unknown",
        "part_number": row.get("part", ""),
        "serial_number": row.get("serial", ""),
        "serial_state": row.get("state", "present-legible" if "serial" in row else "not-examined"),
        "lot_code": row.get("lot", ""),
        "date_code": row.get("date", ""),
        "board_revision": row.get("board", ""),
        "transcription": row.get("transcription", "single-read"),
        "materials": [row["materials"]] if "materials" in row else [],
        **{name: row.get(name, "") for name in MADE},
    }


def record_markings(component: Component, row: dict[str, Any], *, by: User) -> None:
    """The markings as read, and those that somebody took off."""
    for name, kind in (("part", "part-no"), ("serial", "serial"), ("lot", "lot")):
        if name in row:
            state = "present-partial" if "?" in row[name] else "present-legible"
            services.record_marking(component, by=by, kind=kind, state=state, as_seen=row[name])
    if "removal" in row:
        services.record_marking(
            component, by=by, kind="serial", state=row["state"], removal_pattern=row["removal"]
        )


def shot_of(incident: Incident, number: str, row: dict[str, Any]) -> Shot:
    """The photograph of one exhibit, a few hours after the event and a few metres around it."""
    lines = [row[name] for name in ("maker", "part") if name in row]
    if "serial" in row:
        lines.append(f"S/N {row['serial'].replace('?', ' ')}")
    if "lot" in row:
        lines.append(f"LOT {row['lot']}")
    begun = begin_of(incident) + timedelta(hours=10)
    taken = begun.astimezone(LOCAL) + timedelta(minutes=abs(hash_of(number)) % 240)
    return Shot(
        shape=row["shape"],
        lines=tuple(lines),
        removed="removal" in row,
        label=number,
        taken=taken,
        latitude=float(incident.latitude or 0) + (hash_of(number) % 100) / 100_000,
        longitude=float(incident.longitude or 0) + (hash_of(number[::-1]) % 100) / 100_000,
    )


def hash_of(text: str) -> int:
    """A small number that is the same in every process."""
    return int.from_bytes(text.encode(), "big") * 2_654_435_761 % 1_000_003
