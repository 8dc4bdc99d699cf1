"""Puts a whole report together: cover, notice, sections, and what stands on every page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.markings import Tlp, most_restrictive
from ledger.models import Head
from reports.content.comparisons import comparison_section
from reports.content.exhibits import exhibit_sections
from reports.content.findings import finding_section, no_attribution, release_notice
from reports.content.incidents import incident_section
from reports.content.ledger_extract import ledger_section
from reports.content.phrases import _, label, stamp
from reports.content.reading import Reading
from reports.models import Report
from reports.typesetting.blocks import Content, Marking, Row, Section, code

TONES: dict[str, Marking] = {
    Tlp.CLEAR: {"label": Tlp.CLEAR.label, "tone": "clear"},
    Tlp.GREEN: {"label": Tlp.GREEN.label, "tone": "green"},
    Tlp.AMBER: {"label": Tlp.AMBER.label, "tone": "amber"},
    Tlp.AMBER_STRICT: {"label": Tlp.AMBER_STRICT.label, "tone": "amber"},
    Tlp.RED: {"label": Tlp.RED.label, "tone": "red"},
}


@dataclass(frozen=True)
class Drawn:
    """A report as data, and what was read to draw it.

    `pictures` maps the name of each photograph to the preview it is fetched from.
    """

    content: Content
    pictures: dict[str, str]
    other_cases: set[UUID]
    marking: str
    holds_finding: bool
    position: int
    seal: str


def gather(report: Report, at: datetime) -> Drawn:
    """Read the case as `report.requested_by` may read it, in the language that is active now."""
    head = Head.objects.get(log=report.case_id)
    reading = Reading(report, markings=[report.case.tlp])
    sections: list[Section] = [
        incident_section(reading),
        *exhibit_sections(reading),
        comparison_section(reading),
        finding_section(reading),
        ledger_section(reading, head.position),
    ]
    marking = most_restrictive(reading.markings)
    return Drawn(
        content=content_of(reading, head, sections, marking, at),
        pictures=reading.pictures,
        other_cases=reading.other_cases,
        marking=marking,
        holds_finding=bool(reading.findings),
        position=head.position,
        seal=head.seal,
    )


def content_of(
    reading: Reading, head: Head, sections: list[Section], marking: str, at: datetime
) -> Content:
    """The sections between their cover and what is repeated on every page."""
    found = len(reading.findings)
    drawn_at = _("Ledger line %(position)s, seal") % {"position": head.position}
    return {
        "language": reading.report.language,
        "direction": "rtl" if reading.report.language == Report.Language.ARABIC else "ltr",
        "generated_at": at.isoformat(),
        "maker": "Vestige",
        "title": label(reading.report.get_template_display()).capitalize(),
        "reference": reading.case.ref,
        "subtitle": reading.neutral(reading.case.public_title),
        "marking": TONES[marking],
        "cover": cover(reading, at),
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


def cover(reading: Reading, at: datetime) -> list[Row]:
    """What the report is, for whom and of which state of the case."""
    report, case = reading.report, reading.case
    person = report.requested_by
    agency = person.agency.name if person.agency else ""
    return [
        (_("State of the case"), label(case.get_status_display())),
        (_("Standard of proof"), label(case.get_standard_of_proof_display())),
        (_("Drawn at"), code(stamp(at, "second"))),
        (_("Asked for by"), ", ".join(part for part in (str(person), agency) if part)),
        (_("Permissible actions"), code(case.get_pap_display())),
    ]
