"""What would be shared of a component with another team: the least that a comparison needs."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from comparison.methods.assessment import Assessment
from comparison.models import Disclosure, Link
from comparison.services.judging import digest_of
from core.markings import Handling
from evidence.models import Component, File, Marking

_FACTS = (
    *("maker_as_marked", "maker_status", "model_name", "part_number", "serial_number"),
    *("serial_state", "lot_code", "date_code", "transcription", "firmware_version"),
    *("firmware_sha256", "board_revision", "colour", "finish", "fasteners", "wiring"),
    *("connector", "adhesive", "technique"),
)


def offer_of(disclosure: Disclosure, pictures: Iterable[str] | None = None) -> dict[str, Any]:
    """Everything that the other team would read, and nothing else: in words, codes and figures.

    Neither the case, the incident, the site, the holder nor any person of theirs is in it.
    `pictures` are the keys of those to be shared; all that may be shared without it.
    """
    link = Link.objects.select_related("case", "other_case").get(pk=disclosure.link_id)
    theirs = Component.objects.with_lists().get(pk=disclosure.theirs_id)
    shown = shareable_pictures(theirs)
    chosen = {str(file.pk) for file in shown} if pictures is None else set(pictures)
    return {
        "exhibit": theirs.item.exhibit_no,
        "description": theirs.item.description,
        "category": theirs.category_id,
        "maker": theirs.maker_text,
        "theatre": str(theirs.item.incident.theatre or ""),
        "facts": facts_shown(theirs),
        "markings": [marking_shown(one) for one in theirs.markings.order_by("id")],
        "pictures": [picture_shown(one) for one in shown if str(one.pk) in chosen],
        "comparison": comparison_shown(link, disclosure),
        "handling": handling_shown(link.handling),
    }


def facts_shown(theirs: Component) -> dict[str, str]:
    """What is recorded of the component, by field; what is empty is left out."""
    values = {name: str(getattr(theirs, name)) for name in _FACTS}
    values["materials"] = ", ".join(theirs.materials)
    return {name: value for name, value in values.items() if value}


def marking_shown(marking: Marking) -> dict[str, str]:
    """A marking as read, without who read it."""
    told = ("kind", "state", "as_seen", "removal_pattern")
    return {name: str(getattr(marking, name)) for name in told}


def shareable_pictures(theirs: Component) -> list[File]:
    """Its photographs that have a picture of our own making and no stricter label than it has."""
    files = theirs.item.files.pictures().exclude(preview="").order_by("id")
    mark = theirs.own_handling
    return [
        file
        for file in files
        if mark.covers(replace(file.own_handling, shared_with=mark.shared_with))
    ]


def picture_shown(file: File) -> dict[str, str]:
    """A photograph: which one, what it shows, and whether it is hard to look at."""
    told = {"id": str(file.pk), "sha256": file.sha256, "caption": file.caption}
    return {**told, "graphic": "yes"} if file.graphic_content else told


def comparison_shown(link: Link, disclosure: Disclosure) -> dict[str, Any]:
    """The assessment as it stands, the asking team's component on the left."""
    explanation = link.explanation
    if link.left_id != disclosure.component_id:
        explanation = Assessment.from_json(explanation).mirrored().to_json()
    told = ("outcome", "ratio", "log10_ratio", "band", "alert", "cross_theatre")
    return {
        **{name: getattr(link, name) for name in told},
        "explanation": json.loads(json.dumps(explanation)),
    }


def handling_shown(handling: Handling) -> dict[str, Any]:
    """How what is shared is to be handled by those who receive it."""
    return {
        "tlp": handling.tlp,
        "pap": handling.pap,
        "clearance": handling.clearance,
        "compartments": sorted(handling.compartments),
    }


def sha256_of(offer: dict[str, Any]) -> str:
    """The SHA-256 of what would be shared, in its canonical text: stands in both ledgers."""
    return digest_of(offer)
