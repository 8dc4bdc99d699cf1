"""Exhibits with their files, their parts and weapons in the words of MISP."""

from collections.abc import Iterator

from exchange.formats.misp.objects import Head, Known, Value, misp_object, remarks, told_as
from exchange.formats.misp.words import Misp
from exchange.formats.stix.words import Stix

STATUS = {
    "collected": "collected",
    "in-examination": "in-analysis",
    "stored": "stored",
    "in-transit": "transferred",
    "loaned": "transferred",
    "transferred-abroad": "transferred",
    "court": "transferred",
    "returned-to-owner": "returned",
    "destroyed": "destroyed",
}
"""What the template calls the states of an exhibit; ours stands in the comment as well."""

FLYING = ("uav", "one-way-attack-uav", "loitering-munition")
POWER = {"electric": "electric", "hybrid": "hybrid"}
FUELLED = ("piston", "rotary", "turboprop", "jet", "rocket")
UNKNOWN = "unknown"

ITEM_REMARKS = (
    *("item_kind", "acquisition", "item_status", "condition", "hazards", "quantity", "unit"),
    *("mass_g", "length_mm", "width_mm", "height_mm", "recovered_precision"),
    "recovered_as_stated",
)
PART_REMARKS = (
    *("category", "maker_status", "serial_state", "firmware_version", "commodity_grade"),
    *("country_of_manufacture", "manufacture_basis", "country_of_design"),
)
WEAPON_REMARKS = (
    *("system_kind", "weapon_type", "reference", "design_country", "aliases"),
    *("model_confidence", "model_basis", "propulsion", "powerplant", "roles", "guidance"),
    *("wingspan_m", "length_m", "takeoff_mass_kg", "tolerance_pct"),
)


def exhibit(thing: Stix, _known: Known) -> Iterator[Misp]:
    """An exhibit as an item that somebody keeps."""
    yield misp_object(
        "physical-item",
        Head.of(thing),
        [
            Value("case-number", case_of(thing)),
            Value("item-number", thing.get("exhibit_no")),
            Value("description", thing.get("short_description")),
            Value("item-status", STATUS.get(str(thing.get("item_status")), UNKNOWN)),
            Value("packaging", thing.get("packaging")),
            Value("seal-number", thing.get("seal_no")),
            Value("collection-date", thing.get("recovered_at")),
        ],
        comment=remarks(thing, ITEM_REMARKS),
    )


def case_of(thing: Stix) -> str:
    """The reference of the case that an object is drawn from, as people know it."""
    for told in thing.get("external_references", []):
        return str(told.get("external_id", "")).rpartition("/")[0]
    return ""


def component(thing: Stix, _known: Known) -> Iterator[Misp]:
    """A part of an exhibit, with its markings as they were seen."""
    seen = [
        f"{mark.get('kind', '')} ({mark.get('state', '')}): {mark.get('as_seen', '')}"
        for mark in thing.get("markings", [])
    ]
    described = [str(thing.get("identification", "")), *seen]
    yield misp_object(
        "physical-object",
        Head.of(thing),
        [
            Value("name", thing.get("category")),
            Value("description", "\n".join(filter(None, described))),
            Value("brand", thing.get("maker") or thing.get("maker_as_marked")),
            Value("model", thing.get("model")),
            Value("serial-number", thing.get("serial_number")),
            *told_as(
                thing, "identifier", ("part_number", "lot_code", "date_code", "firmware_sha256")
            ),
        ],
        comment=remarks(thing, PART_REMARKS),
    )


def weapon(thing: Stix, known: Known) -> Iterator[Misp]:
    """A weapon that was found, or a type of weapon: an aircraft without a crew, or some other."""
    if thing.get("system_kind") == "model":
        known.names[thing["id"]] = str(thing.get("name", ""))
    model = known.names.get(str(thing.get("model_ref")), "")
    model = model or str(thing.get("name", "") if thing.get("system_kind") == "model" else "")
    flies = thing.get("weapon_type") in FLYING
    if flies and (model or thing.get("production_number")):
        yield aircraft(thing, model)
    else:
        yield other_weapon(thing, model)


def aircraft(thing: Stix, model: str) -> Misp:
    """An unmanned aircraft; who flew it is not said."""
    propulsion = str(thing.get("propulsion", ""))
    power = "fuel-based" if propulsion in FUELLED else POWER.get(propulsion, "")
    marked = thing.get("name") if thing.get("system_kind") == "instance" else ""
    return misp_object(
        "uav",
        Head.of(thing),
        [
            Value("model", model),
            Value("serial-number", thing.get("production_number")),
            Value("registration-id", thing.get("tail_number")),
            Value("craftname", marked),
            Value("power-plant", power),
            Value("variant", thing.get("variant_features")),
            Value("notes", thing.get("weapon_type"), comment="weapon_type"),
        ],
        comment=remarks(thing, WEAPON_REMARKS),
    )


def other_weapon(thing: Stix, model: str) -> Misp:
    """A weapon of which MISP has no template of its own."""
    name = thing.get("name") or thing.get("weapon_type") or "weapon"
    return misp_object(
        "physical-object",
        Head.of(thing),
        [
            Value("name", name),
            Value("object-type", "weapon"),
            Value("model", model),
            Value("description", thing.get("variant_features")),
            Value("serial-number", thing.get("production_number"), comment="production_number"),
            *told_as(thing, "identifier", ("reference", "tail_number")),
        ],
        comment=remarks(thing, WEAPON_REMARKS),
    )


def file(thing: Stix, _known: Known) -> Iterator[Misp]:
    """A file of an exhibit by what proves it; nothing in it is to be searched for in networks."""
    yield misp_object(
        "file",
        Head.of(thing),
        [Value("sha256", thing.get("sha256")), Value("size-in-bytes", thing.get("size"))],
        comment=remarks(thing, ("mime", "copy_type")),
    )
