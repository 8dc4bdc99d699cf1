"""What examiners concluded about a comparison, in print, once two of them have."""

from comparison.models import FEATURES, Conclusion, Judgement, Link
from reports.content.phrases import _, clock, label, stacked
from reports.content.reading import Reading
from reports.typesetting.blocks import Block, Value, code, muted, subheading, table

TWO = 2
"""So many examiners, each blind to the other, before a conclusion leaves the queue."""


def judgement_blocks(reading: Reading, link: Link) -> list[Block]:
    """Every judgement of the facts printed; nothing while one examiner must judge blind."""
    if link.examiners < TWO:
        return []
    found = [one for one in link.judgements.all() if one.fingerprint == link.fingerprint]
    reading.show(*found)
    heads = [
        (_("Examiner"), 2),
        (_("Time (UTC)"), 2.2),
        (_("Conclusion"), 2.8),
        (_("Confidence"), 1.6),
    ]
    body = [judgement_line(reading, one, found[:at]) for at, one in enumerate(found)]
    return [subheading(_("Judgements")), table([*heads, (_("Reason"), 4.4)], body)]


def was_blind(judgement: Judgement, before: list[Judgement]) -> bool:
    """False for a second thought: whoever has judged may read how the others did."""
    them = judgement.examiner_id
    judged = any(one.examiner_id == them for one in before)
    return not (judged and any(one.examiner_id != them for one in before))


def judgement_line(reading: Reading, judgement: Judgement, before: list[Judgement]) -> list[Value]:
    """One examiner's conclusion, its reason, and how differences were explained."""
    knowing = [] if was_blind(judgement, before) else [muted(_("given knowing the others’"))]
    explained = [
        f"{label(FEATURES.get(feature, feature))}: {reading.neutral(str(words))}"
        for feature, words in judgement.explained.items()
    ]
    return [
        str(judgement.examiner),
        code(clock(judgement.created_at)),
        stacked([*conclusion(judgement), *knowing]),
        label(judgement.get_confidence_display()),
        stacked([reading.neutral(judgement.reason), *[muted(line) for line in explained]]),
    ]


def conclusion(judgement: Judgement) -> list[Value]:
    """The conclusion; “consistent with” never stands without what it leaves open."""
    words = label(judgement.get_conclusion_display())
    if judgement.conclusion == Conclusion.CONSISTENT:
        return [words, muted(_("says nothing about rarity; other sources are possible"))]
    return [words]
