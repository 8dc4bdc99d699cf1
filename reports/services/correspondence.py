"""Setting letters as PDF files; that one was made, with its digest, stands in the ledger."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from evidence.models import Door, LabExam, TraceRequest
from evidence.services import require_free
from evidence.services.trace_request import told_of
from investigations.models import AssistanceOffer, ContributionRequest, Duty
from ledger.services import record
from reports.content.assistance import acceptance_letter, contribution_letter
from reports.content.correspondence import Written, exam_letter, trace_letter
from reports.services.report import FONTS, fetch
from reports.typesetting.printing import typeset

FORM = "correspondence.typ"


@transaction.atomic
def print_trace_letter(trace: TraceRequest, *, by: User, language: str) -> bytes:
    """The letter of a trace request as a PDF file; the program sends it to nobody."""
    trace.case.require(by, Duty.LOG_EVIDENCE)
    require_free(Door.LETTER, told_of(trace, by))
    with translation.override(language):
        written = trace_letter(trace, by, timezone.now())
    pdf = set_in_pages(written)
    record(by, "reports.letter_made", trace, ref=trace.ref, **line_of(written, pdf))
    return pdf


@transaction.atomic
def print_exam_letter(exam: LabExam, *, by: User, language: str) -> bytes:
    """The letter that asks a laboratory for an examination, as a PDF file."""
    exam.case.require(by, Duty.LOG_EVIDENCE)
    require_free(Door.LABORATORY, exam.exhibits.visible_to(by))
    with translation.override(language):
        written = exam_letter(exam, by, timezone.now())
    pdf = set_in_pages(written)
    record(by, "reports.letter_made", exam, ref=exam.ref, **line_of(written, pdf))
    return pdf


@transaction.atomic
def print_assistance_letter(asked: ContributionRequest, *, by: User, language: str) -> bytes:
    """The letter that asks an agency to contribute, as a PDF file."""
    asked.case.require(by, Duty.ANALYSE)
    with translation.override(language):
        written = contribution_letter(asked, by, timezone.now())
    pdf = set_in_pages(written)
    record(by, "reports.letter_made", asked, ref=asked.ref, **line_of(written, pdf))
    return pdf


@transaction.atomic
def print_acceptance_letter(offer: AssistanceOffer, *, by: User, language: str) -> bytes:
    """The letter by which the lead accepts an offer, as a PDF file; of an agreement alone."""
    offer.case.require(by, Duty.MANAGE)
    if not offer.is_agreed:
        raise Refused(_("Only an offer that was accepted has such a letter: decide on it first."))
    with translation.override(language):
        written = acceptance_letter(offer, by, timezone.now())
    pdf = set_in_pages(written)
    record(by, "reports.letter_made", offer, ref=offer.ref, **line_of(written, pdf))
    return pdf


def set_in_pages(written: Written) -> bytes:
    """The pages, with the pictures that go along."""
    with tempfile.TemporaryDirectory(prefix="vestige-letter-") as folder:
        pictures, out = Path(folder, "pictures"), Path(folder, "letter.pdf")
        pictures.mkdir()
        for name, preview in written.pictures.items():
            fetch(preview, pictures / name)
        typeset(written.letter, pictures, [FONTS], out, form=FORM)
        return out.read_bytes()


def line_of(written: Written, pdf: bytes) -> dict[str, Any]:
    """What the ledger says of a letter: its digest, language, marking, and what went along."""
    return {
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "language": written.letter["language"],
        "marking": written.letter["marking"]["label"],
        "photos": written.digests,
    }
