"""The dossier of one measure: against whom, what happened, and the released finding it rests on."""

from datetime import datetime

from django.utils import translation

from accounts.models import User
from attribution.models import Actor, ActorName, Measure, MeasureStep
from ledger.models import Head
from reports.content.document import content_of, cover
from reports.content.findings import finding_blocks
from reports.content.phrases import _, absent, label, said, seen, stacked, stamp
from reports.content.reading import Reading
from reports.models import Report
from reports.typesetting.blocks import (
    Block,
    Content,
    Row,
    Section,
    Value,
    code,
    muted,
    notice,
    paragraph,
    rows,
    strong,
    table,
)


def dossier_of(measure: Measure, by: User, at: datetime) -> Content:
    """Everything that a body which acts on the measure needs, as `by` may read it."""
    language = translation.get_language() or Report.Language.ENGLISH
    reading = Reading(Report(case=measure.case, requested_by=by, language=language))
    reading.show(measure, measure.release, measure.finding)
    head = Head.objects.get(log=measure.case_id)
    sections = [
        target_section(reading, measure.target),
        measure_section(reading, measure),
        relied_on_section(reading, measure),
    ]
    handling = measure.case.handling.joined(reading.beyond_the_case)
    content = content_of(reading, head, sections, handling, at)
    content["title"] = _("Dossier of a measure")
    content["reference"] = f"{measure.case.ref} · {measure.ref}"
    content["cover"] = [*facts_of(reading, measure), *cover(reading, handling, at)]
    content["notice"] = what_it_rests_on(measure)
    content["cover_note"] = _(
        "The finding is printed as it was released, with every dissent. Times are UTC; days are "
        "those of the authority. Names stand in each script in which they are recorded."
    )
    content["footer"][0] = (_("Dossier"), content["reference"])
    content["attachment_words"] = _("The data printed in this dossier")
    return content


def facts_of(reading: Reading, measure: Measure) -> list[Row]:
    """What the measure is, and where it stands."""
    state = measure.state
    return [
        (_("The measure"), strong(label(measure.get_kind_display()))),
        (_("Against whom"), said(str(measure.target or ""))),
        (_("Authority"), reading.neutral(measure.authority)),
        (_("Programme"), said(reading.neutral(measure.programme))),
        (_("Where it stands"), said(label(state.label) if state else "")),
    ]


def what_it_rests_on(measure: Measure) -> Block:
    """The notice on the cover: which version of which finding, and whether it still stands."""
    told = {"ref": measure.finding.ref, "number": measure.release.submission.number}
    if not measure.finding.is_released:
        return notice(
            _("It rests on a finding that was superseded"),
            _("Version %(number)s of %(ref)s was released, and a later finding has replaced it.")
            % told,
            tone="caution",
        )
    return notice(
        _("It rests on a released finding"),
        _("It relies on version %(number)s of %(ref)s, which stands released.") % told,
    )


def target_section(reading: Reading, target: Actor | None) -> Section:
    """Against whom it is, with every recorded name in its script."""
    title = _("Against whom")
    if target is None:
        nobody = paragraph(_("The measure is against nobody in particular."))
        return {"title": title, "blocks": [nobody]}
    reading.show(target)
    spans = [target.active_from, target.active_to]
    active = " – ".join(day.isoformat() if day else "…" for day in spans) if any(spans) else ""
    blocks: list[Block] = [
        rows(
            [
                (_("Name"), strong(target.name)),
                (_("Name in its own script"), said(target.native_name)),
                (_("Kind of actor"), label(target.get_kind_display())),
                (_("Country"), said(str(target.country or ""))),
                (_("Active"), seen(active)),
            ]
        )
    ]
    names = ActorName.objects.visible_to(reading.reader).filter(actor=target).order_by("id")
    body = [name_cells(name) for name in reading.read(names)]
    if body:
        heads = [(_("Name as it is written"), 3), (_("In Latin letters"), 2.6)]
        more = [(_("Kind of name"), 2), (_("Script"), 1.6), (_("Where it stands written"), 2.6)]
        blocks.append(table([*heads, *more], body))
    return {"title": title, "blocks": blocks}


def name_cells(name: ActorName) -> list[Value]:
    """One further name."""
    return [
        name.text,
        said(name.transliteration),
        label(name.get_kind_display()),
        label(name.get_script_display()),
        said(name.citation),
    ]


def measure_section(reading: Reading, measure: Measure) -> Section:
    """What was done under which law, and every step as it was entered."""
    steps = list(measure.steps.all())
    reading.show(*steps)
    replaced = {step.corrects_id: step.seq for step in steps if step.corrects_id}
    heads = [(_("Step"), 0.8), (_("Day"), 1.5), (_("What happened"), 2)]
    return {
        "title": _("The measure and its steps"),
        "blocks": [
            rows([*facts_of(reading, measure), (_("Remarks"), remarks(reading, measure))]),
            table(
                [*heads, (_("Legal reference and web address"), 4), (_("Words"), 3)],
                [step_cells(reading, step, replaced.get(step.pk)) for step in steps],
            ),
        ],
    }


def remarks(reading: Reading, measure: Measure) -> Value:
    """What was remarked on the measure."""
    return said(reading.neutral(measure.remarks))


def step_cells(reading: Reading, step: MeasureStep, corrected_by: int | None) -> list[Value]:
    """One step; a wrong one stays, and says which later one corrects it."""
    told: list[Value] = [label(step.get_kind_display())]
    if corrected_by:
        told.append(muted(_("corrected by step %(number)s") % {"number": corrected_by}))
    if step.corrects:
        told.append(muted(_("corrects step %(number)s") % {"number": step.corrects.seq}))
    where: list[Value] = [reading.neutral(step.legal_ref), code(step.url) if step.url else ""]
    return [
        code(step.seq),
        code(step.day.isoformat()),
        stacked(told),
        stacked(where),
        said(reading.neutral(step.words)) if step.words else absent(),
    ]


def relied_on_section(reading: Reading, measure: Measure) -> Section:
    """The finding exactly as it was released, what it cites, and who disagrees."""
    version = measure.release.submission
    return {
        "title": _("The finding it rests on"),
        "blocks": [
            rows(
                [
                    (_("Version relied on"), code(f"{measure.finding.ref} v{version.number}")),
                    (_("SHA-256 of that version"), code(version.sha256)),
                    (_("Handed in"), code(stamp(version.created_at))),
                    (_("State of the finding"), label(measure.finding.get_status_display())),
                ]
            ),
            *finding_blocks(reading, measure.finding),
        ],
    }
