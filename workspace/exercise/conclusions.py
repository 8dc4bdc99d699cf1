"""Compares, supposes and drafts: where the exercise hands over to the person who tries it."""

from django.db import transaction

from accounts.models import User
from attribution import services as attribution
from attribution.models import Actor, Finding, Hypothesis
from comparison import services as comparison
from comparison.models import Conclusion, Confidence, Link
from comparison.models.link import LinkQuerySet
from evidence.models import Item
from investigations.models import Case, Stage
from workspace.exercise.story import story

MOVES = {
    Stage.SCENE: "Three attacks are reported and entered.",
    Stage.EXAMINATION: "The wreckage of all three is recovered and logged.",
    Stage.ANALYSIS: "The parts are described; what the laboratory owes can follow.",
    Stage.REVIEW: "The finding is handed in.",
}
"""How the case came where it stands, and why."""


def compare(case: Case) -> None:
    """Propose the links of every component that the worker has not come to yet."""
    for component in comparison.awaiting_comparison().filter(case=case).order_by("id"):
        comparison.propose_links(component)


def the_gyroscopes(case: Case) -> LinkQuerySet:
    """The comparison of A-07 with B-07."""
    ends = {"left__item__exhibit_no": "A-07", "right__item__exhibit_no": "B-07"}
    return Link.objects.of_case(case).filter(**ends)


@transaction.atomic
def judge(case: Case, *, examiner: User) -> None:
    """The first examiner's comparison of the two gyroscopes; a second is still to come."""
    link = the_gyroscopes(case).first()
    if link is None or link.judgements.filter(examiner=examiner).exists():
        return
    comparison.judge_link(
        link,
        by=examiner,
        conclusion=Conclusion.SAME_RUN,
        confidence=Confidence.HIGH,
        reason="Same casting with five ribs, same part number and lot, serials eight apart; "
        "no significant difference in screws, sealing or connector.",
        version=link.version,
    )


@transaction.atomic
def suppose(case: Case, *, analyst: User) -> None:
    """Actors and rival hypotheses; “other” and “deception” come by themselves."""
    actors = {}
    for key, facts in story()["actor"].items():
        known = Actor.objects.filter(case=case, name=facts["name"]).first()
        actors[key] = known or attribution.enter_actor(case, by=analyst, **facts)
    for facts in story()["hypothesis"]:
        if not Hypothesis.objects.filter(case=case, statement=facts["statement"]).exists():
            attribution.propose_hypothesis(
                case,
                by=analyst,
                statement=facts["statement"],
                refuted_by=facts["refuted_by"],
                level=facts["level"],
                subject=actors.get(facts.get("subject", "")),
            )


@transaction.atomic
def draft(case: Case, *, analyst: User) -> None:
    """One finding, cited and handed in: the reviewer's turn."""
    facts = dict(story()["finding"])
    key, cites = facts.pop("hypothesis"), facts.pop("cites")
    if Finding.objects.filter(case=case).exists():
        return
    statement = next(row["statement"] for row in story()["hypothesis"] if row["key"] == key)
    hypothesis = Hypothesis.objects.get(case=case, statement=statement)
    finding = attribution.draft_finding(hypothesis, by=analyst, **facts)
    for number in cites:
        item = Item.objects.get(case=case, exhibit_no=number)
        attribution.cite(finding, item, by=analyst, stance="supports")
    for link in the_gyroscopes(case).established():
        attribution.cite(finding, link, by=analyst, stance="supports")
    attribution.submit_finding(finding, by=analyst)


@transaction.atomic
def bring_to_review(case: Case, *, lead: User) -> None:
    """Through the gates, as far as the finding has come."""
    if Case.objects.get(pk=case.pk).stage == Stage.REPORTED:
        for stage, why in MOVES.items():
            attribution.move_case(case, stage, by=lead, reason=why)
