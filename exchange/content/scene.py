"""Attacks, the places they are put at, and the sites that were searched."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalogue.models import WeaponModel
from core.precision import PlacePrecision
from evidence.models import WeaponInstance
from exchange.content.gathering import Gathering, Leaf
from exchange.formats.stix import objects
from exchange.formats.stix.words import Stix, moment, said
from investigations.models import CasualtyCount, Incident, Place, Site, SourceReport

COUNTS = [
    f"{name}_{end}" for name in ("launched", "intercepted", "arrived") for end in ("min", "max")
]


def gather_scene(gathering: Gathering) -> Iterator[Leaf]:
    """Every attack with its place, and every site."""
    yield from weapon_models(gathering)
    casualties = gathering.grouped(
        CasualtyCount.objects.visible_to(gathering.reader).filter(case=gathering.case),
        "incident_id",
        harm_told,
    )
    gradings = gathering.grouped(
        SourceReport.objects.visible_to(gathering.reader).filter(case=gathering.case),
        "incident_id",
        lambda report: {"reliability": report.reliability, "credibility": report.credibility},
    )
    rows = Incident.objects.visible_to(gathering.reader).filter(case=gathering.case)
    for row in gathering.free(rows.select_related("country", "theatre", "case"), apart=True):
        facts = facts_of(gathering, row)
        parts = {"casualties": casualties.get(row.pk), "gradings": graded(gradings.get(row.pk))}
        yield from attack(gathering, row, said({**facts, **parts}))
    yield from sites(gathering)


def weapon_models(gathering: Gathering) -> Iterator[Leaf]:
    """The types of weapon that attacks and weapons of the case name; they are no evidence.

    The whole team is told of them: a type that is named nowhere but where less may leave stays.
    """
    reader, case = gathering.reader, gathering.case
    attacks = Incident.objects.visible_to(reader).filter(case=case).only("label", "weapon_model")
    found = WeaponInstance.objects.visible_to(reader).filter(case=case).only("label", "model")
    named = {row.weapon_model_id for row in attacks if gathering.lets_go(row)}
    named |= {row.model_id for row in found if gathering.lets_go(row)}
    models = WeaponModel.objects.filter(pk__in=filter(None, named)).select_related("design_country")
    for row in models.order_by("id"):
        facts = {
            "system_kind": "model",
            "name": row.name,
            "weapon_type": row.type,
            "aliases": list(row.aliases),
            "design_country": row.design_country.code if row.design_country else "",
            "roles": list(row.roles),
            "propulsion": row.propulsion,
            "guidance": list(row.guidance),
        }
        yield from gathering.leaf(
            objects.new_object("x-weapon-system", gathering.about(row), facts)
        )


def attack(gathering: Gathering, row: Incident, facts: Stix) -> Iterator[Leaf]:
    """One attack, the place it is put at, and that it happened there."""
    thing = objects.incident(
        gathering.about(row, reference=row.ref),
        name=gathering.neutral(row.title),
        description=gathering.neutral(row.narrative),
        facts=facts,
    )
    yield from gathering.leaf(thing, row)
    theatre = row.theatre.name if row.theatre else ""
    place = location_of(gathering, row, row.place_name, {"theatre": theatre})
    yield from gathering.leaf(place, row)
    if place is not None:
        yield from tie(gathering, row, "located-at", thing["id"], place["id"])


def tie(gathering: Gathering, row: Any, name: str, start: str, end: str) -> Iterator[Leaf]:
    """That one object stands in this relation to another, as a record says."""
    about = gathering.about(row, f"{name}/{row.pk}/{end}")
    exhibits = [row.pk] if row._meta.label_lower == "evidence.item" else []
    relation = objects.relationship(about, name=name, source=start, target=end)
    yield from gathering.leaf(relation, row, exhibits)


def facts_of(gathering: Gathering, row: Incident) -> dict[str, Any]:
    """What our extension says of an attack."""
    return {
        "reference": row.ref,
        "status": row.status,
        "attack_mode": row.attack_mode,
        "outcome": row.outcome,
        "target_type": row.target_type,
        "occurred_from": at(row.occurred_from),
        "occurred_to": at(row.occurred_to),
        "occurred_precision": row.occurred_precision,
        "occurred_as_stated": gathering.neutral(row.occurred_as_stated),
        "occurred_zone": row.occurred_zone,
        "weapon_as_stated": gathering.neutral(row.weapon_as_stated),
        "weapon_model_ref": gathering.ref("x-weapon-system", row.weapon_model_id),
        "place_as_stated": gathering.neutral(row.place_name),
        **{name: getattr(row, name) for name in COUNTS},
    }


def harm_told(count: CasualtyCount) -> Stix:
    """One count of people; neither end known is told as well."""
    figures = {"at_least": count.at_least, "at_most": count.at_most, "as_of": at(count.as_of)}
    return said({"harm": count.harm, "group": count.group, **figures})


def graded(gradings: list[Stix] | None) -> list[Stix]:
    """How the sources are graded, the most reliable first; who they are is not told."""
    return sorted(gradings or [], key=lambda told: (told["reliability"], told["credibility"]))


def sites(gathering: Gathering) -> Iterator[Leaf]:
    """The sites of the attacks that leave; a sensitive one only roughly."""
    rows = Site.objects.visible_to(gathering.reader).filter(case=gathering.case)
    for row in gathering.free(rows.select_related("country", "case"), apart=True):
        shared = row.as_shared()
        kinds = {"site_kind": row.kind, "safe_status": row.safe_status}
        if row.sensitive:
            kinds["place_precision"] = PlacePrecision.REGION.value
        name = "" if row.sensitive else (shared.place_name or shared.name)
        place = location_of(gathering, shared, name, kinds)
        yield from gathering.leaf(place, row)
        start = gathering.ref("incident", row.incident_id)
        if place is not None and start:
            yield from tie(gathering, row, "has-site", start, place["id"])


def location_of(
    gathering: Gathering, row: Incident | Site, name: str, facts: dict[str, Any]
) -> Stix | None:
    """Where a record puts something, if that is a point or in a country."""
    native = gathering.neutral(row.place_native)
    return objects.location(
        gathering.about(row, f"place/{row.pk}"),
        name=gathering.neutral(name),
        country=row.country.code if row.country else "",
        point=point_of(row),
        precision=row.uncertainty_m,
        facts={"place_precision": row.place_precision, "native_name": native, **facts},
    )


def point_of(row: Place) -> tuple[float, float] | None:
    """Latitude and longitude in degrees of WGS 84."""
    if row.latitude is None or row.longitude is None:
        return None
    return float(row.latitude), float(row.longitude)


def at(known: datetime | None) -> str:
    """A moment as STIX writes it; nothing for one that is not known."""
    return moment(known) if known else ""


def figure(known: Decimal | None) -> float | None:
    """A measure as a number."""
    return None if known is None else float(known)
