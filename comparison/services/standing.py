"""Where a link stands: what its examiners' words, each given blind, come to together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F

from comparison.methods.words import NEGATIVE, POSITIVE, least_of
from comparison.models import Judgement, Link, LinkState
from comparison.models.link import TWO
from core.scope import system_scope

FOR, AGAINST, OPEN = "for", "against", "open"


def judgements_that_count(links: Iterable[Link]) -> dict[UUID, list[Judgement]]:
    """By link, in order: of the facts as they stand and not withdrawn, whoever may read them."""
    counted: dict[UUID, list[Judgement]] = defaultdict(list)
    with system_scope("a link stands where all its examiners put it, whoever may know how"):
        rows = Judgement.objects.standing().filter(
            link__in=[link.pk for link in links], fingerprint=F("link__fingerprint")
        )
        for judgement in rows.order_by("id"):
            counted[judgement.link_id].append(judgement)
    return counted


def settle(link: Link, judgements: Sequence[Judgement]) -> None:
    """Put the link where its examiners' words put it; saving is the caller's."""
    votes = votes_in(judgements)
    link.examiners, link.state = len(votes), state_after(votes)


def votes_in(judgements: Sequence[Judgement]) -> list[str]:
    """One for each examiner: what they said blind, or `open` once a second thought turned away.

    A second thought is given knowing the others'. It can take an examiner's support away; it never
    adds any, or the second to judge could be talked round.
    """
    words: dict[UUID, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        words[judgement.examiner_id].append(judgement)
    return [vote_of(said) for said in words.values()]


def vote_of(said: Sequence[Judgement]) -> str:
    """One examiner's vote, from all that they said of these facts, in order."""
    blind = [side_of(one.conclusion) for one in said if not one.is_informed]
    last = side_of(said[-1].conclusion)
    return last if blind and blind[-1] == last else OPEN


def side_of(conclusion: str) -> str:
    """Whether a conclusion links the two, parts them, or leaves it open."""
    if conclusion in POSITIVE:
        return FOR
    return AGAINST if conclusion in NEGATIVE else OPEN


def state_after(votes: Sequence[str]) -> str:
    """Where these votes put a link: two that agree decide, two that do not need a third."""
    ways = {side: votes.count(side) for side in (FOR, AGAINST, OPEN)}
    if len(votes) < TWO or ways[OPEN] > len(votes) / 2:
        return LinkState.PROPOSED
    if ways[FOR] >= TWO:
        return LinkState.CONFIRMED
    return LinkState.REJECTED if ways[AGAINST] >= TWO else LinkState.DISPUTED


def common_ground(judgements: Sequence[Judgement]) -> str:
    """The most that all examiners who link the two agree on: the least of their conclusions."""
    last = {one.examiner_id: one.conclusion for one in judgements}
    return least_of([word for word in last.values() if word in POSITIVE])
