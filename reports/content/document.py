"""Puts a whole report together: cover, notice, sections, and what stands on every page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.templatetags.handling import caveats
from core.markings import Handling, Pap, Tlp
from investigations.models.label import agencies_named
from ledger.models import Head
from reports.content.comparisons import comparison_section
from reports.content.examinations import examination_section
from reports.content.exhibits import exhibit_sections
from reports.content.findings import (
    face_of,
    finding_section,
    no_attribution,
    release_notice,
)
from reports.content.incidents import incident_section
from reports.content.ledger_extract import ledger_section
from reports.content.phrases import _, label, stamp
from reports.content.reading import Reading
from reports.models import Report
from reports.typesetting.blocks import Content, Marking, Row, Section, Tone, code, strong

TONES: dict[str, Tone] = {
    Tlp.CLEAR: "clear",
    Tlp.GREEN: "green",
    Tlp.AMBER: "amber",
    Tlp.AMBER_STRICT: "amber",
    Tlp.RED: "red",
}


@dataclass(frozen=True)
class Drawn:
    """A report as data, and what was read to draw it.

    `pictures` maps the name of each photograph to the preview it is fetched from.
    """

    content: Content
    pictures: dict[str, str]
    other_cases: set[UUID]
    beyond_the_case: Handling
    holds_finding: bool
    position: int
    seal: str


def gather(report: Report, at: datetime) -> Drawn:
    """Read the case as `report.requested_by` may read it, in the language that is active now."""
    head = Head.objects.get(log=report.case_id)
    reading = Reading(report)
    sections: list[Section] = [
        incident_section(reading),
        *exhibit_sections(reading),
        examination_section(reading),
        comparison_section(reading),
        finding_section(reading),
        ledger_section(reading, head.position),
    ]
    handling = report.case.handling.joined(reading.beyond_the_case)
    return Drawn(
        content=content_of(reading, head, sections, handling, at),
        pictures=reading.pictures,
        other_cases=reading.other_cases,
        beyond_the_case=reading.beyond_the_case,
        holds_finding=bool(reading.findings),
        position=head.position,
        seal=head.seal,
    )


def content_of(
    reading: Reading, head: Head, sections: list[Section], handling: Handling, at: datetime
) -> Content:
    """The sections between their cover and what is repeated on every page."""
    found = len(reading.findings)
    drawn_at = _("Ledger line %(position)s, seal") % {"position": head.position}
    return {
        "language": reading.report.language,
        "direction": "rtl" if reading.report.language == Report.Language.ARABIC else "ltr",
        "generated_at": at.isoformat(),
        "maker": "Vestige",
        "title": label(Report.Template.CASE.label).capitalize(),
        "reference": reading.case.ref,
        "subtitle": reading.neutral(reading.case.public_title),
        "marking": embargoed(reading, marking_of(handling)),
        "handling": told(handling),
        "cover": cover(reading, handling, at),
        "notice": release_notice(found) if found else no_attribution(),
        "cover_note": _(
            "Times are UTC unless a zone is named. Boundaries and names of places imply no "
            "recognition. Times and places read from photographs are claims of the camera."
        ),
        "contents_word": _("Contents"),
        "page_words": _("Page {page} of {pages}"),
        "footer": [(_("Report"), str(reading.report.pk)), (drawn_at, head.seal)],
        "content_words": _("SHA-256 of the content"),
        "file_words": _("The SHA-256 of this file is recorded in the ledger."),
        "attachment_words": _("The data printed in this report"),
        "sections": sections,
    }


def marking_of(handling: Handling) -> Marking:
    """What stands at the head and the foot of every page."""
    said = " · ".join(label(word) for word in caveats(handling))
    return {"label": str(handling), "tone": TONES[handling.tlp], "caveats": said}


def embargoed(reading: Reading, marking: Marking) -> Marking:
    """The same, on every page with the day of an embargo."""
    until = face_of(reading)
    return {**marking, "caveats": " · ".join(filter(None, [until, marking["caveats"]]))}


def told(handling: Handling) -> dict[str, str | int | list[str]]:
    """The same for programs, in the data attached to the file; agencies by their short names."""
    return {
        "tlp": handling.tlp,
        "pap": handling.pap,
        "clearance": handling.clearance,
        "compartments": sorted(handling.compartments),
        "releasable_to": agencies_named(handling.releasable_to),
        "originators": agencies_named(handling.originators),
    }


def cover(reading: Reading, handling: Handling, at: datetime) -> list[Row]:
    """What the report is, for whom and of which state of the case."""
    report, case = reading.report, reading.case
    person = report.requested_by
    agency = person.agency.name if person.agency else ""
    until = case.embargoed_until
    return [
        *([(_("Under embargo until"), strong(stamp(until)))] if until else []),
        (_("State of the case"), label(case.get_status_display())),
        (_("Standard of proof"), label(case.get_standard_of_proof_display())),
        (_("Drawn at"), code(stamp(at, "second"))),
        (_("Asked for by"), ", ".join(part for part in (str(person), agency) if part)),
        (_("Permissible actions"), code(Pap(handling.pap).label)),
    ]
