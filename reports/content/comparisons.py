"""The comparisons of a case in print: every feature with its weight, and what it does not say."""

from django.db.models import Prefetch, Q

from comparison.models import CAPS, Alert, AlertCause, Judgement, Link, LinkState, Outcome
from comparison.models.vocabulary import OLDEST_CAP
from comparison.services import Line, lines_of, sentence_of
from comparison.services.explanation import exact_figure
from core.grading import Band
from evidence.models import Component, File
from evidence.models.vocabulary import FileState
from reports.content.judgements import judgement_blocks
from reports.content.phrases import _, absent, label, said, seen, stacked
from reports.content.reading import Reading
from reports.typesetting.blocks import (
    Block,
    Half,
    Row,
    Section,
    Value,
    bar,
    code,
    heading,
    muted,
    pair,
    paragraph,
    rows,
    sentence,
    strong,
    table,
)
from reports.typesetting.letters import unvowelled

MOST_UNDECIDED = 20
"""So many comparisons that are still open are printed."""


def comparison_section(reading: Reading) -> Section:
    """What two examiners judged, then what is still open, the strongest first."""
    reader = reading.reader
    files = File.objects.visible_to(reader)
    judgements = Judgement.objects.visible_to(reader).select_related("examiner", "withdrawal")
    found = (
        Link.objects.visible_to(reader)
        .filter(Q(case=reading.case) | Q(other_case=reading.case))
        .current()
        .exclude(Q(left__item__in=reading.kept_in) | Q(right__item__in=reading.kept_in))
        .with_lists()
        .prefetch_related(
            Prefetch("left__item__files", files),
            Prefetch("right__item__files", files),
        )
        .order_by("-rank", "-id")
    )
    waiting = Link.objects.visible_to(reader).awaiting_another().values("pk")
    decided = list(
        found.exclude(pk__in=waiting).prefetch_related(Prefetch("judgements", judgements))
    )
    undecided = list(found.filter(pk__in=waiting)[:MOST_UNDECIDED])
    blocks: list[Block] = [paragraph(scope_words())]
    if not decided and not undecided:
        blocks.append(paragraph(_("No comparison has been made in this case.")))
    for link in [*decided, *undecided]:
        blocks += link_blocks(reading, link)
    return {"title": _("Comparisons"), "blocks": blocks}


def scope_words() -> str:
    """What a comparison is, said once before the first."""
    return _(
        "A comparison says how alike two components are. Rarity is counted in recoveries, not in "
        "items: f of n means that f other recoveries of n in the reference data show the same."
    )


def link_blocks(reading: Reading, link: Link) -> list[Block]:
    """One comparison: both sides, every feature, the total, its words and its limit."""
    reading.other_cases |= {link.case_id, link.other_case_id} - {reading.case.pk}
    reading.show(link, link.left, link.right, link.left.item, link.right.item)
    reading.show(link.case, link.other_case)
    left, right = link.left.item.exhibit_no, link.right.item.exhibit_no
    return [
        heading(f"{left} · {right}", room=120),
        pair(half(reading, link.left), half(reading, link.right)),
        feature_table(link, left, right),
        rows(totals(reading, link)),
        *judgement_blocks(reading, link),
        conclusion(link),
    ]


def half(reading: Reading, component: Component) -> Half:
    """One of the two components, with a photograph and the recovery it comes from."""
    item = component.item
    files = [file for file in item.files.all() if file.state == FileState.READY and file.preview]
    facts: list[Row] = [
        (_("Component"), str(component)),
        (_("Incident"), f"{item.incident.ref} {reading.neutral(item.incident.title)}"),
        (_("Theatre"), said(str(item.incident.theatre or ""))),
    ]
    if item.case_id != reading.case.pk:
        facts.insert(0, (_("Case"), code(item.case.ref)))
    photo = reading.photo(files[0]) if files else reading.no_photo()
    return {"title": code(item.exhibit_no), "photo": photo, "lines": facts}


def feature_table(link: Link, left: str, right: str) -> Block:
    """Each feature: both values as seen, how common it is, and what it adds."""
    heads = [(_("Feature"), 2.2), (left, 2.4), (right, 2.4), (_("Seen in"), 1.6), ("log10", 1.6)]
    body = [
        feature_line(line, row["log10"])
        for line, row in zip(lines_of(link), link.rows, strict=True)
    ]
    return table([*heads, (_("Group"), 1.7), (_("How it counts"), 3.2)], body)


def feature_line(line: Line, log10: float) -> list[Value]:
    """One compared feature, as it was frozen with the comparison."""
    dash = absent("–")
    why = unvowelled(line.why)
    return [
        label(line.label),
        line.left if line.is_prose and line.left else seen(line.left),
        line.right if line.is_prose and line.right else seen(line.right),
        unvowelled(line.counted) or dash,
        bar(line.log10, log10) if line.speaks else dash,
        label(line.group) or dash,
        stacked([label(line.agreement_label), *([muted(why)] if why else [])]),
    ]


def totals(reading: Reading, link: Link) -> list[Row]:
    """The figure, the words, the state and what the figure rests on."""
    statistics = link.explanation.get("statistics") or {}
    facts: list[Row] = [
        (_("State"), state_words(link)),
        (_("Taken together"), figure(link)),
        (_("In words"), strong(label(Band(link.band).label))),
        (_("Verbal scale"), code(link.explanation.get("scale_version", ""))),
        (_("Parameters"), code(link.parameters_version)),
        (_("Statistics as of"), seen(statistics.get("as_of") or "")),
    ]
    if link.cross_theatre:
        facts.insert(1, (_("Theatres"), _("across two theatres")))
    if link.alert:
        facts.insert(1, (_("Alarm"), alert_words(reading, link)))
    return facts


def state_words(link: Link) -> Value:
    """What the program proposes is not decided, and one examiner's word waits for the second's."""
    if not link.awaits_another:
        return label(LinkState(link.state).label)
    if link.state == LinkState.DISPUTED:
        waiting = _("two examiners disagree; printed when a third has judged without knowing how")
    elif link.examiners:
        waiting = _("judged by one examiner; printed when a second has judged without knowing it")
    else:
        waiting = _("by the program; no examiner has decided yet")
    return stacked([label(LinkState.PROPOSED.label), muted(waiting)])


def figure(link: Link) -> Value:
    """The likelihood ratio and its logarithm, or why there is none."""
    if link.ratio is None or link.log10_ratio is None:
        return muted(_("no figure: %(why)s") % {"why": label(Outcome(link.outcome).label)})
    because = link.explanation.get("capped_because", OLDEST_CAP)
    return stacked(
        [
            code(exact_figure(link.ratio)),
            code(f"log10 = {link.log10_ratio:+.2f}"),
            *([muted(str(CAPS[because]))] if link.explanation.get("is_capped") else []),
        ]
    )


def alert_words(reading: Reading, link: Link) -> Value:
    """The alarm, and what it turned out to be."""
    cause = label(AlertCause(link.alert_cause).label) if link.alert_cause else _("not resolved")
    reason = reading.neutral(link.alert_reason)
    return stacked(
        [label(Alert(link.alert).label), muted(cause), *([muted(reason)] if reason else [])]
    )


def conclusion(link: Link) -> Block:
    """The one sentence in which a comparison may be quoted, never without its limit."""
    limit = _("It does not address who used either weapon.")
    return sentence(unvowelled(sentence_of(link)), "" if link.ratio is not None else limit)
