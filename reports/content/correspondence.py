"""Letters that ask: of a maker or a state where components went, of a laboratory what they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone, translation

from accounts.models import User
from core.markings import Handling
from evidence.models import Component, File, Item, LabExam, TraceRequest
from evidence.models.trace_words import RecipientKind
from evidence.services import goes_along
from reports.content.document import marking_of, told
from reports.content.openings import OPENINGS, TO_A_LABORATORY, Opening
from reports.content.phrases import _, absent, label, seen
from reports.content.reading import Reading
from reports.models import Report
from reports.typesetting.blocks import Block, Letter, Row, code, paragraph, photos, table

MOST_PHOTOS = 12


@dataclass(frozen=True)
class Written:
    """A letter as data; where each of its pictures is fetched from, and their digests."""

    letter: Letter
    pictures: dict[str, str]
    digests: list[str]


def trace_letter(trace: TraceRequest, by: User, at: datetime) -> Written:
    """The letter of a trace request, as `by` may read it, in the language that is active now."""
    reading = Reading(Report(case=trace.case, requested_by=by), for_others=True)
    parts = trace.components.visible_to(by).select_related("category", "maker", "item", "case")
    components = reading.read(parts.order_by("id"))
    shown = [one for one in seen_by(trace, by) if may_be_printed(one, trace.photos_tlp)]
    handling = trace.handling.joined(Handling(tlp=trace.photos_tlp) if shown else Handling())
    opening = OPENINGS[RecipientKind(trace.recipient_kind)]
    address = [line for line in trace.recipient_address.splitlines() if line.strip()]
    letter = letter_of(
        reading, opening, handling, at, sender=trace.owner, reference=trace.ref, due=trace.due
    )
    letter["title"] = _("Trace request")
    letter["subtitle"] = _("Request for information on the origin of components")
    letter["recipient"] = [trace.recipient, *address]
    letter["references"] = [
        *dated(trace.sent_at or at, trace.ref, trace.their_reference),
        (_("By way of"), label(trace.get_channel_display())),
        *answered_by(trace.due),
    ]
    letter["blocks"] = [
        paragraph(reading.neutral(trace.question)),
        component_table(components),
        *photo_blocks(reading, shown, label(trace.get_photos_tlp_display())),
    ]
    return Written(letter, reading.pictures, [one.sha256 for one in shown])


def exam_letter(exam: LabExam, by: User, at: datetime) -> Written:
    """The letter that asks a laboratory to examine exhibits, as `by` may read it."""
    reading = Reading(Report(case=exam.case, requested_by=by), for_others=True)
    items = reading.read(exam.exhibits.visible_to(by).select_related("kind").order_by("exhibit_no"))
    pictured = File.objects.visible_to(by).pictures().filter(item__in=items).select_related("case")
    firsts = list(pictured.order_by("item_id", "id").distinct("item_id"))
    shown = [one for one in firsts if may_be_printed(one, exam.handling.tlp)]
    letter = letter_of(
        reading,
        TO_A_LABORATORY,
        exam.handling.joined(reading.beyond_the_case),
        at,
        sender=exam.requested_by,
        reference=exam.ref,
        due=exam.due,
    )
    letter["title"] = _("Examination request")
    letter["subtitle"] = _("Request for an examination")
    letter["recipient"] = [exam.laboratory.name, *exam.laboratory.contact.splitlines()]
    letter["references"] = [
        *dated(exam.requested_at, exam.ref, ""),
        (_("Discipline"), label(exam.get_discipline_display())),
        (_("Permission to destroy or alter"), permission(exam)),
        *answered_by(exam.due),
    ]
    letter["blocks"] = [
        paragraph(reading.neutral(exam.question)),
        exhibit_table(reading, items),
        *photo_blocks(reading, shown, str(exam.handling)),
    ]
    return Written(letter, reading.pictures, [one.sha256 for one in shown])


def letter_of(
    reading: Reading,
    opening: Opening,
    handling: Handling,
    at: datetime,
    *,
    sender: User,
    reference: str,
    due: date | None,
) -> Letter:
    """What every letter has; the rest is filled in by its kind."""
    language = translation.get_language() or Report.Language.ENGLISH
    agency = sender.agency.name if sender.agency else ""
    return {
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "generated_at": at.isoformat(),
        "maker": "Vestige",
        "title": "",
        "reference": reference,
        "subtitle": "",
        "marking": marking_of(handling),
        "handling": told(handling),
        "sender": agency,
        "recipient": [],
        "references": [],
        "opening": [_(opening.greeting), _(opening.text)],
        "questions": [_(question) for question in opening.questions],
        "blocks": [],
        "ending": [*ending(due), _("Yours faithfully,")],
        "signature": [str(sender), agency],
        "page_words": _("Page {page} of {pages}"),
        "footer": [(_("Our reference"), f"{reading.case.ref} · {reference}")],
        "content_words": _("SHA-256 of the content"),
        "file_words": _("The SHA-256 of this file is recorded in the ledger."),
        "attachment_words": _("The data printed in this letter"),
    }


def ending(due: date | None) -> list[str]:
    """Until when an answer is hoped for, and what it should say of itself."""
    by_day = _("We should be grateful for an answer by this day:")
    asked = f"{by_day} {due.isoformat()}." if due else ""
    return [
        asked or _("We should be grateful for an answer within thirty days."),
        _(
            "Please say which parts of it are confidential, and to whom they may be shown. "
            "Please name our reference in your answer."
        ),
    ]


def dated(day: datetime, ours: str, theirs: str) -> list[Row]:
    """The date of the letter and both sides' references."""
    return [
        (_("Date"), code(timezone.localdate(day).isoformat())),
        (_("Our reference"), code(ours)),
        *([(_("Your reference"), code(theirs))] if theirs else []),
    ]


def answered_by(due: date | None) -> list[Row]:
    """The day by which an answer is due, once it is set."""
    return [(_("Answer due"), code(due.isoformat()))] if due else []


def permission(exam: LabExam) -> str:
    """Whether the laboratory may destroy or alter what it is sent."""
    if exam.is_destructive and exam.approved_by_id:
        return _("given: what is used up is to be recorded, and the rest returned")
    return _("not given: ask before anything is destroyed or altered")


def may_be_printed(photo: File, sent_as: str) -> bool:
    """Its label lets it go along, and no clerk meets it unwarned."""
    return goes_along(photo, sent_as) and not photo.graphic_content


def seen_by(trace: TraceRequest, by: User) -> list[File]:
    """The photographs chosen for a trace request."""
    return list(trace.photos.visible_to(by).select_related("case", "item").order_by("id"))


def component_table(components: Sequence[Component]) -> Block:
    """The components that are asked about, exactly as they are marked."""
    heads = [(_("Component"), 2.4), (_("Maker as marked"), 2.2), (_("Part number"), 2)]
    return table(
        [*heads, (_("Serial number"), 2), (_("Lot, date code"), 1.8)],
        [
            [
                str(one.category),
                one.maker_as_marked or one.maker_text or absent(),
                seen(one.part_number),
                seen(one.serial_number),
                seen(f"{one.lot_code} {one.date_code}".strip()),
            ]
            for one in components
        ],
    )


def exhibit_table(reading: Reading, items: Sequence[Item]) -> Block:
    """The exhibits that are sent, under which seal, and what is dangerous about them."""
    heads = [(_("Exhibit"), 1.6), (_("Description"), 3.6), (_("Quantity"), 1.2), (_("Seal"), 1.6)]
    return table(
        [*heads, (_("Hazards"), 2.4)],
        [
            [
                code(item.exhibit_no),
                reading.neutral(item.description),
                f"{item.quantity} {item.unit}".strip(),
                seen(item.seal_no),
                ", ".join(label(word) for word in item.hazard_names) or absent(),
            ]
            for item in items
        ],
    )


def photo_blocks(reading: Reading, shown: Sequence[File], marking: str) -> list[Block]:
    """The photographs that go along, under the marking they must keep."""
    if not shown:
        return []
    said = _(
        "These photographs go with this letter. They are marked %(marking)s and may not be passed "
        "on beyond that."
    )
    pictures = [reading.photo(file) for file in shown[:MOST_PHOTOS]]
    return [paragraph(said % {"marking": marking}), photos(pictures)]
