"""Exhibits, the parts they are, the weapons they were, and their custody."""

from collections.abc import Iterator
from uuid import UUID

from evidence.models import Component, CustodyEvent, Item, Marking, WeaponInstance
from exchange.content.gathering import Gathering, Leaf
from exchange.content.scene import at, figure, tie
from exchange.formats.stix import objects
from exchange.formats.stix.words import said


def gather_things(gathering: Gathering) -> Iterator[Leaf]:
    """Everything that was found."""
    yield from exhibits(gathering)
    yield from components(gathering)
    yield from weapons(gathering)
    yield from custody(gathering)


def exhibits(gathering: Gathering) -> Iterator[Leaf]:
    """The exhibits that may leave, each with where it was found; a part after its whole."""
    rows = Item.objects.visible_to(gathering.reader).filter(case=gathering.case)
    rows = rows.select_related("case", "kind")
    level = rows.filter(parent__isnull=True)
    while keys := list(level.values_list("pk", flat=True)):
        for row in gathering.free(level, lambda row: [row.pk], apart=True):
            yield from exhibit(gathering, row)
        level = rows.filter(parent__in=keys)


def exhibit(gathering: Gathering, row: Item) -> Iterator[Leaf]:
    """One exhibit, the attack it was recovered from and the site it lay at."""
    neutral, measures = gathering.neutral, ("mass_g", "length_mm", "width_mm", "height_mm")
    facts = {
        "exhibit_no": row.exhibit_no,
        "item_kind": row.kind_id,
        "short_description": neutral(row.description),
        "incident_ref": gathering.ref("incident", row.incident_id),
        "parent_ref": gathering.ref("x-evidence-item", row.parent_id),
        "acquisition": row.acquisition,
        "item_status": row.status,
        "condition": row.condition,
        "packaging": row.packaging,
        "hazards": sorted(row.hazards),
        "quantity": row.quantity,
        "unit": neutral(row.unit),
        **{name: figure(getattr(row, name)) for name in measures},
        "seal_no": row.seal_no,
        "recovered_at": at(row.recovered_at),
        "recovered_precision": row.recovered_precision,
        "recovered_as_stated": neutral(row.recovered_as_stated),
    }
    about = gathering.about(row, reference=row.exhibit_no)
    thing = objects.new_object("x-evidence-item", about, facts)
    yield from gathering.leaf(thing, row, [row.pk])
    if attack := gathering.ref("incident", row.incident_id):
        yield from tie(gathering, row, "recovered-from", thing["id"], attack)
    if site := gathering.ref("location", f"place/{row.site_id}"):
        yield from tie(gathering, row, "located-at", thing["id"], site)


def components(gathering: Gathering) -> Iterator[Leaf]:
    """What the parts are, with their markings as somebody read them."""
    neutral = gathering.neutral
    markings = gathering.grouped(
        Marking.objects.visible_to(gathering.reader).filter(case=gathering.case),
        "component_id",
        lambda row: said({"kind": row.kind, "state": row.state, "as_seen": neutral(row.as_seen)}),
    )
    rows = Component.objects.visible_to(gathering.reader).filter(case=gathering.case)
    names = ("case", "maker", "country_of_manufacture", "country_of_design")
    rows = rows.select_related(*names)
    for row in gathering.free(rows, lambda row: [row.item_id], apart=True):
        item = gathering.ref("x-evidence-item", row.item_id)
        if not item:
            continue
        thing = objects.new_object(
            "x-weapon-component",
            gathering.about(row),
            {"item_ref": item, **marked(gathering, row), "markings": markings.get(row.pk)},
        )
        yield from gathering.leaf(thing, row, [row.item_id])


def marked(gathering: Gathering, row: Component) -> dict[str, object]:
    """The technical facts of a part, as seen."""
    neutral, made, drawn = gathering.neutral, row.country_of_manufacture, row.country_of_design
    return {
        "category": row.category_id,
        "identification": row.identification,
        "maker": row.maker.name if row.maker else "",
        "maker_as_marked": neutral(row.maker_as_marked),
        "maker_status": row.maker_status,
        "model": neutral(row.model_name),
        "part_number": row.part_number,
        "serial_number": row.serial_number,
        "serial_state": row.serial_state,
        "lot_code": row.lot_code,
        "date_code": row.date_code,
        "firmware_version": row.firmware_version,
        "firmware_sha256": row.firmware_sha256,
        "country_of_manufacture": made.code if made else "",
        "manufacture_basis": row.manufacture_basis,
        "country_of_design": drawn.code if drawn else "",
        "commodity_grade": row.commodity_grade,
    }


def weapons(gathering: Gathering) -> Iterator[Leaf]:
    """The weapons that were found. One that a bound exhibit belongs to stays: it tells of it."""
    rows = WeaponInstance.objects.visible_to(gathering.reader).filter(case=gathering.case)
    rows = rows.select_related("case")
    keys: dict[UUID, list[UUID]] = {}
    through = WeaponInstance.exhibits.through.objects.filter(weaponinstance__in=rows)
    for weapon, item in through.values_list("weaponinstance", "item"):
        keys.setdefault(weapon, []).append(item)
    for row in gathering.free(rows, lambda row: keys.get(row.pk, []), apart=True):
        own = keys.get(row.pk, [])
        about = gathering.about(row, reference=row.ref)
        facts = {
            "item_refs": gathering.refs("x-evidence-item", own),
            **weapon_facts(gathering, row),
        }
        yield from gathering.leaf(objects.new_object("x-weapon-system", about, facts), row, own)


def weapon_facts(gathering: Gathering, row: WeaponInstance) -> dict[str, object]:
    """What was observed of a weapon, and what it is held to be with how sure that is."""
    neutral = gathering.neutral
    model = gathering.ref("x-weapon-system", row.model_id)
    return {
        "system_kind": "instance",
        "name": neutral(row.name_as_marked),
        "reference": row.ref,
        "weapon_type": row.type,
        "incident_ref": gathering.ref("incident", row.incident_id),
        "model_ref": model,
        "model_confidence": row.model_confidence if model else "",
        "model_basis": neutral(row.model_basis),
        "tail_number": row.tail_number,
        "production_number": row.production_number,
        "propulsion": row.propulsion,
        "powerplant": neutral(row.powerplant),
        "roles": sorted(row.roles),
        "guidance": sorted(row.guidance),
        "wingspan_m": figure(row.wingspan_m),
        "length_m": figure(row.length_m),
        "takeoff_mass_kg": figure(row.takeoff_mass_kg),
        "tolerance_pct": row.tolerance_pct,
        "variant_features": neutral(row.variant_features),
    }


def custody(gathering: Gathering) -> Iterator[Leaf]:
    """What happened to the exhibits; who gave and who took stands in the ledger alone."""
    rows = CustodyEvent.objects.visible_to(gathering.reader).filter(case=gathering.case)
    rows = rows.select_related("case")
    for row in gathering.free(rows, lambda row: [row.item_id], apart=True):
        item = gathering.ref("x-evidence-item", row.item_id)
        if not item:
            continue
        facts = {
            "item_ref": item,
            "sequence": row.seq,
            "event_kind": row.kind,
            "happened_at": at(row.at),
            "precision": row.precision,
            "seal_before": row.seal_before,
            "seal_after": row.seal_after,
            "mass_g": figure(row.mass_g),
            "corrects_ref": gathering.ref("x-custody-event", row.corrects_id),
            "ledger_position": row.position,
            "ledger_digest": row.digest,
        }
        thing = objects.new_object("x-custody-event", gathering.about(row), facts)
        yield from gathering.leaf(thing, row, [row.item_id])
