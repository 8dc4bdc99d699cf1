"""Attacks and places in the words of MISP, and how the sources of an attack are graded."""

from collections.abc import Iterator

from exchange.formats.misp.objects import Head, Known, Value, misp_object, remarks, told_as
from exchange.formats.misp.words import Misp, part_id, predicate, uuid_of
from exchange.formats.stix.extensions import extension_id
from exchange.formats.stix.words import Stix

FACTS = (
    *("reference", "status", "attack_mode", "outcome", "target_type", "occurred_precision"),
    *("occurred_as_stated", "occurred_zone", "weapon_as_stated", "place_as_stated"),
    *("launched_min", "launched_max", "intercepted_min", "intercepted_max"),
    *("arrived_min", "arrived_max"),
)
"""Facts of an attack that stand in a description each, under their own names."""

RELIABILITY = {
    "A": "A - Completely reliable",
    "B": "B - Usually reliable",
    "C": "C - Fairly reliable",
    "D": "D - Not usually reliable",
    "E": "E - Unreliable",
    "F": "F - Reliability cannot be judged",
}
CREDIBILITY = {
    "1": "1 - Confirmed by other sources",
    "2": "2 - Probably true",
    "3": "3 - Possibly true",
    "4": "4 - Doubtfully true",
    "5": "5 - Improbable",
    "6": "6 - Truth cannot be judged",
}
"""The values of the template, by the signs of the Admiralty scale."""

SPACE = "WGS84 EPSG:4326"


def attack(thing: Stix, _known: Known) -> Iterator[Misp]:
    """An attack as an event in time, and an assessment for each of its sources."""
    facts = thing.get("extensions", {}).get(extension_id("vestige-incident"), {})
    yield misp_object(
        "temporal-event",
        Head.of(thing),
        [
            Value("summary", thing.get("name")),
            Value("type", "Physical Event"),
            Value("description", thing.get("description"), comment="narrative"),
            *told_as(facts, "description", FACTS),
            *(
                Value("description", harm_told(count), comment="casualties")
                for count in facts.get("casualties", [])
            ),
        ],
        first_seen=facts.get("occurred_from"),
        last_seen=facts.get("occurred_to"),
    )
    for number, grading in enumerate(facts.get("gradings", []), start=1):
        yield assessment(thing, grading, number, str(facts.get("reference", "")))


def harm_told(count: Stix) -> str:
    """One count of people, with both its ends."""
    least, most = count.get("at_least", "?"), count.get("at_most", "?")
    said = f"{count.get('harm', '')} {count.get('group', '')}: {least} to {most}".strip()
    return f"{said}, as of {count['as_of']}" if count.get("as_of") else said


def assessment_id(thing: Stix, number: int) -> str:
    """What names the assessment of one of the sources of an attack."""
    return part_id(uuid_of(thing["id"]), f"assessment/{number}")


def assessment(thing: Stix, grading: Stix, number: int, report: str) -> Misp:
    """How one source is graded, reliability and credibility apart; who it is is not told."""
    reliable, credible = str(grading.get("reliability", "")), str(grading.get("credibility", ""))
    reliability = predicate("admiralty-scale", "source-reliability", reliable.lower())
    credibility = predicate("admiralty-scale", "information-credibility", credible)
    return misp_object(
        "intelligence-source-assessment",
        Head.of(thing, f"assessment/{number}"),
        [
            Value("source-reliability", RELIABILITY.get(reliable), tags=(reliability,)),
            Value("information-credibility", CREDIBILITY.get(credible), tags=(credibility,)),
            Value("related-report", report),
        ],
    )


def place(thing: Stix, _known: Known) -> Iterator[Misp]:
    """A place; a point stands with its uncertainty in metres."""
    facts = thing.get("extensions", {}).get(extension_id("vestige-place"), {})
    pointed = "latitude" in thing
    yield misp_object(
        "geolocation",
        Head.of(thing),
        [
            Value("latitude", thing.get("latitude")),
            Value("longitude", thing.get("longitude")),
            Value("accuracy-radius", thing.get("precision")),
            Value("spacial-reference", SPACE if pointed else ""),
            Value("countrycode", thing.get("country")),
            Value("address", thing.get("name")),
            Value("text", facts.get("native_name"), comment="native_name"),
        ],
        comment=remarks(facts, ("place_precision", "theatre", "site_kind", "safe_status")),
    )
