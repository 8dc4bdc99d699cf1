"""What examiners concluded about a comparison, in print, once two of them have."""

from django.utils.text import capfirst

from comparison.models import FEATURES, Conclusion, Judgement, Link, LinkState
from comparison.services import common_ground
from reports.content.phrases import _, clock, label, stacked
from reports.content.reading import Reading
from reports.typesetting.blocks import Block, Value, code, muted, paragraph, subheading, table

TWO = 2
"""So many examiners, each blind to the other, before a conclusion leaves the queue."""


def judgement_blocks(reading: Reading, link: Link) -> list[Block]:
    """Every judgement of the facts printed; nothing while one examiner must judge blind."""
    if link.awaits_another:
        return []
    found = [one for one in link.judgements.all() if one.fingerprint == link.fingerprint]
    counted = [one for one in found if not is_withdrawn(one)]
    reading.show(*found)
    heads = [
        (_("Examiner"), 2),
        (_("Time (UTC)"), 2.2),
        (_("Conclusion"), 2.8),
        (_("Confidence"), 1.6),
    ]
    body = [judgement_line(reading, one) for one in found]
    return [
        subheading(_("Judgements")),
        table([*heads, (_("Reason"), 4.4)], body),
        *standing_words(link, counted),
    ]


def is_withdrawn(judgement: Judgement) -> bool:
    """Whether its examiner took it back at once, before anybody else had judged."""
    return hasattr(judgement, "withdrawal")


def standing_words(link: Link, counted: list[Judgement]) -> list[Block]:
    """What stands where examiners did not all say the same; the dissent is printed above."""
    if link.state == LinkState.DISPUTED:
        return [paragraph(_("The examiners disagree, and no two of them agree: nothing stands."))]
    if link.state != LinkState.CONFIRMED:
        return []
    word = capfirst(str(label(Conclusion(common_ground(counted)).label)))
    if link.examiners > TWO:
        said = _("Two of three examiners agree on: %(word)s. The dissent stands above.")
    else:
        said = _("Both examiners agree on: %(word)s.")
    return [paragraph(said % {"word": word})]


def judgement_line(reading: Reading, judgement: Judgement) -> list[Value]:
    """One examiner's conclusion, its reason, and how differences were explained."""
    knowing = [muted(_("given knowing the others’"))] if judgement.is_informed else []
    if is_withdrawn(judgement):
        knowing.append(muted(_("taken back at once; does not count")))
    explained = [
        f"{label(FEATURES.get(feature, feature))}: {reading.neutral(str(words))}"
        for feature, words in judgement.explained.items()
    ]
    return [
        str(judgement.examiner),
        code(clock(judgement.created_at)),
        stacked([*conclusion(reading, judgement), *knowing]),
        label(judgement.get_confidence_display()),
        stacked([reading.neutral(judgement.reason), *[muted(line) for line in explained]]),
    ]


def conclusion(reading: Reading, judgement: Judgement) -> list[Value]:
    """The conclusion; “consistent with” never stands without what it leaves open."""
    words = label(judgement.get_conclusion_display())
    if judgement.conclusion == Conclusion.CONSISTENT:
        sources = _("says nothing about rarity; other possible sources: %(sources)s") % {
            "sources": reading.neutral(judgement.alternatives)
        }
        return [words, muted(sources)]
    return [words]
