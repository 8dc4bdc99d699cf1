"""The certificate of facts of one exhibit: what was recorded and measured, for a person to sign.

It concludes nothing. A qualified person reads it, checks it and signs it under their own name.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidence.models import CustodyEvent, Item
from reports.content.custody import custody_blocks
from reports.content.document import marking_of, told
from reports.content.exhibits import facts_of, published
from reports.content.leaving import Sent
from reports.content.phrases import _, stamp
from reports.content.reading import Reading
from reports.typesetting.blocks import (
    Block,
    Content,
    Row,
    Section,
    code,
    heading,
    muted,
    notice,
    paragraph,
    rows,
    subheading,
)

FORMAT = "vestige-certificate-of-facts/1"


@dataclass(frozen=True)
class Sealed:
    """The checkpoint that the certificate's proofs are made against, if there is one."""

    size: int = 0
    root: str = ""
    origin: str = ""
    stamped_at: datetime | None = None


@dataclass(frozen=True)
class Certificate:
    """What is certified: an exhibit, its files as they are now, its custody, and the seal."""

    reading: Reading
    item: Item
    files: list[Sent]
    digests: dict[str, str]
    custody: list[CustodyEvent]
    sealed: Sealed
    at: datetime

    def whole(self, sent: Sent) -> bool:
        """Whether a file has the digest now that it had when it was received."""
        return self.digests.get(sent.path) == sent.file.sha256


def as_data(certificate: Certificate, facts: dict[str, Any]) -> dict[str, Any]:
    """The certificate for programs; the words to be signed are the same as on paper."""
    sealed = certificate.sealed
    return {
        "format": FORMAT,
        "made_at": certificate.at.isoformat(),
        "exhibit": facts,
        "files": [file_facts(certificate, sent) for sent in certificate.files],
        "custody_lines": [line.position for line in certificate.custody],
        "ledger": {
            "checkpoint": sealed.origin,
            "entries": sealed.size,
            "root": sealed.root,
            "time_stamped_at": sealed.stamped_at.isoformat() if sealed.stamped_at else "",
        },
        "statements": statements(certificate),
        "limits": limits(),
        "to_be_signed": dict.fromkeys(
            ("name", "office", "qualification", "place", "date", "signature"), ""
        ),
    }


def file_facts(certificate: Certificate, sent: Sent) -> dict[str, Any]:
    """One file: what was recorded of it, and its digest now."""
    file = sent.file
    return {
        "path": sent.path,
        "name": certificate.reading.neutral(file.name),
        "size": file.size,
        "sha256_at_intake": file.sha256,
        "sha256_now": certificate.digests.get(sent.path, ""),
        "received_at": file.created_at.isoformat(),
        "received_by": str(file.received_by),
        "acquired_by": file.acquisition_method,
        "copy": file.copy_type,
        "platform_url": file.platform_url,
        "archived_url": file.archived_url,
        "graphic_content": file.graphic_content,
        "ledger_entry": sent.position,
        "pipeline_version": file.pipeline_version,
    }


def as_content(certificate: Certificate) -> Content:
    """The same for people, to be printed and signed."""
    reading, item = certificate.reading, certificate.item
    handling = reading.case.handling.joined(item.own_handling)
    language = reading.report.language
    return {
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "generated_at": certificate.at.isoformat(),
        "maker": "Vestige",
        "title": _("Certificate of facts"),
        "reference": item.exhibit_no,
        "subtitle": reading.neutral(item.description),
        "marking": marking_of(handling),
        "handling": told(handling),
        "cover": cover(certificate),
        "notice": notice(
            _("To be signed by a qualified person"),
            _("This states facts that the program recorded and measured. It draws no conclusion."),
        ),
        "cover_note": _("Times are UTC unless a zone is named."),
        "contents_word": _("Contents"),
        "page_words": _("Page {page} of {pages}"),
        "footer": [(_("Bundle"), str(reading.report.pk))],
        "content_words": _("SHA-256 of the content"),
        "file_words": _("The SHA-256 of this file stands in the bundle's manifest."),
        "attachment_words": _("The data printed in this certificate"),
        "sections": sections(certificate),
    }


def cover(certificate: Certificate) -> list[Row]:
    """Of which case, drawn when, and how firmly it is tied to the world outside."""
    sealed = certificate.sealed
    anchored = code(stamp(sealed.stamped_at, "second"))
    return [
        (_("Case"), code(certificate.reading.case.ref)),
        (_("Drawn at"), code(stamp(certificate.at, "second"))),
        (_("Ledger lines sealed"), code(sealed.size) if sealed.size else muted(_("none"))),
        (_("Time-stamped"), anchored if sealed.stamped_at else muted(_("not yet anchored"))),
    ]


def sections(certificate: Certificate) -> list[Section]:
    """The statements, the exhibit, its files, its custody, and where to sign."""
    reading, item = certificate.reading, certificate.item
    _title, *custody = custody_blocks(reading, item, certificate.custody)
    blocks = [
        heading(_("Statements")),
        *map(paragraph, statements(certificate)),
        heading(_("Exhibit")),
        rows(facts_of(reading, item)),
        heading(_("Files")),
        *file_blocks(certificate),
        heading(_("Custody")),
        *custody,
        heading(_("What this does not say")),
        *map(paragraph, limits()),
        heading(_("Signature"), room=70),
        rows(to_sign()),
    ]
    return [{"title": _("Certificate of facts"), "blocks": blocks}]


def file_blocks(certificate: Certificate) -> list[Block]:
    """Each file with both digests, one under the other."""
    if not certificate.files:
        return [paragraph(_("No file of this exhibit is in the bundle."))]
    blocks: list[Block] = []
    for sent in certificate.files:
        file, now = sent.file, certificate.digests.get(sent.path, "")
        facts: list[Row] = [
            (_("Size (bytes)"), code(file.size)),
            (_("Received"), code(stamp(file.created_at, "second"))),
            (_("Received by"), str(file.received_by)),
            (_("SHA-256 at intake"), code(file.sha256)),
            (_("SHA-256 now"), code(now) if now else muted(_("The store no longer holds it."))),
            (_("Ledger"), code(sent.position)),
            *published(file),
        ]
        blocks += [subheading(certificate.reading.neutral(file.name)), rows(facts)]
    return blocks


def statements(certificate: Certificate) -> list[str]:
    """What the person who signs would state of their own knowledge, once they have checked it."""
    whole = sum(certificate.whole(sent) for sent in certificate.files)
    counts = {"whole": whole, "all": len(certificate.files), "lines": len(certificate.custody)}
    return [
        _(
            "1. The record of this exhibit was kept by Vestige, an electronic system that writes a "
            "line in an append-only ledger, at the time, for each thing done with it."
        ),
        _(
            "2. The SHA-256 of each file was computed by the system from the bytes it received, "
            "and again when this certificate was drawn: %(whole)s of %(all)s are the same."
        )
        % counts,
        _(
            "3. The custody table repeats %(lines)s lines of that ledger. Each is in this bundle "
            "word for word, with the proof that it was sealed."
        )
        % counts,
        _(
            "4. The bundle can be checked without the system, as VERIFY.md in it says; I have, or "
            "have not, done so, as noted beside my signature."
        ),
    ]


def limits() -> list[str]:
    """What integrity does not mean."""
    return [
        _("It shows integrity since intake. It does not show where a thing was before."),
        _("It does not show that what somebody entered is true."),
        _("Times and places read from photographs are claims of the camera."),
    ]


def to_sign() -> list[Row]:
    """Empty lines for whoever signs."""
    line = muted("_" * 48)
    return [
        (_("Name"), line),
        (_("Office"), line),
        (_("Qualification"), line),
        (_("Checked with VERIFY.md"), line),
        (_("Place and date"), line),
        (_("Signature"), line),
    ]
