"""The examinations of a case in print: question, method, result, conclusion and its limits."""

from django.db.models import Prefetch

from core.grading import Band
from evidence.models import Item, LabExam
from evidence.models.exam_words import Supported
from reports.content.phrases import _, absent, label, said, stacked, stamp
from reports.content.reading import Reading
from reports.typesetting.blocks import (
    Block,
    Row,
    Section,
    Value,
    code,
    heading,
    muted,
    paragraph,
    rows,
    strong,
)

ROOM = 60
"""Room in mm that an examination wants on its page."""


def examination_section(reading: Reading) -> Section:
    """Every examination with a result; those under way are named, and nothing is said of them."""
    seen = Item.objects.visible_to(reading.reader).order_by("exhibit_no")
    exams = reading.read(
        LabExam.objects.visible_to(reading.reader)
        .filter(case=reading.case)
        .exclude(exhibits__in=reading.kept_in)
        .with_lists()
        .prefetch_related(Prefetch("exhibits", seen))
        .order_by("ref")
    )
    blocks: list[Block] = []
    for exam in exams:
        if exam.result and exam.state in {"reported", "verified"}:
            blocks += exam_blocks(reading, exam)
    open_yet = [exam.ref for exam in exams if exam.state in {"requested", "accepted", "begun"}]
    if open_yet:
        told = _("Without a result when this report was drawn: %(refs)s.")
        blocks.append(paragraph(told % {"refs": ", ".join(open_yet)}))
    if not blocks:
        blocks = [paragraph(_("No laboratory has reported a result in this case."))]
    return {"title": _("Examinations"), "blocks": blocks}


def exam_blocks(reading: Reading, exam: LabExam) -> list[Block]:
    """One examination, from the question to what its result cannot say."""
    title = f"{exam.ref} · {label(exam.get_discipline_display())}"
    return [heading(title, room=ROOM), rows(facts_of(reading, exam))]


def facts_of(reading: Reading, exam: LabExam) -> list[Row]:
    """What was asked, of whom, how it was examined, and what came out."""
    facts: list[tuple[str, Value]] = [
        (_("Exhibits"), code(", ".join(item.exhibit_no for item in exam.exhibits.all()))),
        (_("Question"), reading.neutral(exam.question)),
        (_("Laboratory"), laboratory_of(exam)),
        (_("Method"), method_of(reading, exam)),
        (_("Examiner"), said(exam.examiner_text)),
        (_("Finished"), said(stamp(exam.finished_at))),
        (_("Verified by"), verifier_of(exam)),
        (_("Result"), reading.neutral(exam.result)),
        (_("Conclusion"), conclusion_of(reading, exam)),
        (_("Uncertainty"), reading.neutral(exam.uncertainty) or absent()),
        (_("Limitations"), reading.neutral(exam.limitations)),
    ]
    if exam.report_file:
        facts.append((_("SHA-256 of the report"), code(exam.report_file.sha256)))
    if exam.is_destructive:
        facts.append((_("Destruction agreed to by"), said(str(exam.approved_by or ""))))
    return facts


def laboratory_of(exam: LabExam) -> Value:
    """The laboratory, and its accreditation on the day on which it finished."""
    laboratory = exam.laboratory
    finished = exam.finished_at
    if finished and laboratory.is_accredited_on(finished.date()):
        number = _("accreditation (ISO/IEC 17025) %(number)s")
        return stacked([laboratory.name, muted(number % {"number": laboratory.accreditation_no})])
    return stacked([laboratory.name, muted(_("no valid accreditation is known"))])


def method_of(reading: Reading, exam: LabExam) -> Value:
    """The procedure, and whether the accreditation covers it."""
    covered = _("within the accreditation") if exam.is_method_accredited else _("not accredited")
    return stacked([reading.neutral(exam.method), muted(covered)])


def verifier_of(exam: LabExam) -> Value:
    """Who went through it, or that nobody has."""
    return str(exam.verifier) if exam.verifier else absent(_("not verified by another examiner"))


def conclusion_of(reading: Reading, exam: LabExam) -> Value:
    """How strongly the results support one proposition over the other, and on which scale."""
    if not exam.support:
        return absent(_("no propositions were weighed"))
    first, second = reading.neutral(exam.proposition), reading.neutral(exam.alternative)
    if exam.supported == Supported.ALTERNATIVE:
        first, second = second, first
    words = {"words": label(Band(exam.support).label), "first": first, "second": second}
    if exam.supported == Supported.NEITHER:
        told = _("The results speak neither for “%(first)s” nor for “%(second)s”.")
    else:
        told = _("The results give %(words)s for “%(first)s” over “%(second)s”.")
    scale = _("Verbal scale %(version)s") % {"version": exam.scale_version}
    return stacked([strong(told % words), muted(scale)])
