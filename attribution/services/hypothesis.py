"""Proposing hypotheses and giving them up; never do fewer than two proposed ones compete."""

from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Actor, Finding, Hypothesis
from attribution.services.competition import FEWEST
from attribution.services.finding import lock_case
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, Duty
from investigations.services import next_numbers
from investigations.services.label import take_on
from ledger.services import record


class HypothesisFacts(TypedDict, total=False):
    """What a hypothesis says."""

    statement: str
    refuted_by: str
    level: int
    subject: Actor | None


@transaction.atomic
def propose_hypothesis(case: Case, *, by: User, **facts: Unpack[HypothesisFacts]) -> Hypothesis:
    """Add an answer to the competition.

    The first of a case brings its two standing rivals: none of the others, and deception.
    """
    case = lock_case(case, by)
    case.require(by, Duty.ANALYSE)
    hypothesis = number(Hypothesis(case=case, proposer=by, **facts))
    require_sound(hypothesis)
    hypothesis.full_clean(exclude=["ref"])
    hypothesis.save(force_insert=True)
    seed_rivals(hypothesis, by)
    record(
        by,
        "attribution.hypothesis_proposed",
        hypothesis,
        ref=hypothesis.ref,
        level=hypothesis.level,
        about=str(hypothesis.subject_id or ""),
    )
    return hypothesis


@transaction.atomic
def amend_hypothesis(
    hypothesis: Hypothesis, *, by: User, version: int, **facts: Unpack[HypothesisFacts]
) -> Hypothesis:
    """Reword a hypothesis, as long as no finding rests on its words."""
    hypothesis = lock(hypothesis, by)
    hypothesis.case.require(by, Duty.ANALYSE)
    require_fresh(hypothesis, version)
    require_no_finding(hypothesis)
    changes = apply_changes(hypothesis, facts)
    require_sound(hypothesis)
    if changes:
        hypothesis.full_clean()
        hypothesis.save()
        for above in hypothesis.handlings_above():
            take_on(hypothesis, above)
        record(by, "attribution.hypothesis_amended", hypothesis, fields=sorted(changes))
    return hypothesis


@transaction.atomic
def reject_hypothesis(hypothesis: Hypothesis, *, by: User, reason: str) -> Hypothesis:
    """Take a proposed hypothesis out of the competition, unless fewer than two would be left."""
    hypothesis = lock(hypothesis, by)
    hypothesis.case.require(by, Duty.ANALYSE)
    if not hypothesis.is_active:
        return hypothesis
    require_no_finding(hypothesis)
    require_alternatives(hypothesis)
    end(hypothesis, Hypothesis.Status.REJECTED, reason)
    record(by, "attribution.hypothesis_rejected", hypothesis, ref=hypothesis.ref)
    return hypothesis


@transaction.atomic
def reinstate_hypothesis(hypothesis: Hypothesis, *, by: User) -> Hypothesis:
    """Let a rejected hypothesis compete again."""
    hypothesis = lock(hypothesis, by)
    hypothesis.case.require(by, Duty.ANALYSE)
    if hypothesis.status == Hypothesis.Status.SUPERSEDED:
        raise Refused(_("A newer hypothesis stands in its place."))
    if not hypothesis.is_active:
        hypothesis.status, hypothesis.status_reason = Hypothesis.Status.ACTIVE, ""
        hypothesis.version += 1
        hypothesis.save()
        record(by, "attribution.hypothesis_reinstated", hypothesis, ref=hypothesis.ref)
    return hypothesis


@transaction.atomic
def supersede_hypothesis(
    hypothesis: Hypothesis, *, by: User, **facts: Unpack[HypothesisFacts]
) -> Hypothesis:
    """Put a better worded hypothesis in its place; the old one stays readable. Returns the new."""
    hypothesis = lock(hypothesis, by)
    hypothesis.case.require(by, Duty.ANALYSE)
    if not hypothesis.is_active or hypothesis.is_standing:
        raise Refused(_("Only an active hypothesis that somebody proposed can be superseded."))
    successor = number(Hypothesis(case=hypothesis.case, proposer=by, supersedes=hypothesis))
    for name, value in {"level": hypothesis.level, **facts}.items():
        setattr(successor, name, value)
    require_sound(successor)
    successor.full_clean(exclude=["ref"])
    successor.save(force_insert=True)
    end(hypothesis, Hypothesis.Status.SUPERSEDED, successor.ref)
    record(
        by,
        "attribution.hypothesis_superseded",
        hypothesis,
        ref=hypothesis.ref,
        successor=str(successor.pk),
    )
    return successor


def lock(hypothesis: Hypothesis, by: User) -> Hypothesis:
    """Lock the case first, so that two rejections cannot both count the other as a rival."""
    lock_case(hypothesis.case, by)
    return Hypothesis.objects.locked_for(by, hypothesis)


def require_alternatives(hypothesis: Hypothesis) -> None:
    """Keep the two that every case has, and two proposed ones beside them."""
    if hypothesis.is_standing:
        raise Refused(
            _("“%(kind)s” competes in every case: say in the matrix what contradicts it.")
            % {"kind": hypothesis.get_kind_display()}
        )
    if count_rivals(hypothesis) < FEWEST:
        raise Refused(
            _(
                "At least two proposed hypotheses must compete, beside “none of the others” and"
                " “deception”. Propose another one first, or supersede this one."
            )
        )


def count_rivals(hypothesis: Hypothesis) -> int:
    """How many others that somebody proposed compete with it."""
    with system_scope("rivals compete, whoever may read them"):
        others = Hypothesis.objects.filter(case=hypothesis.case).exclude(pk=hypothesis.pk)
        return others.active().proposed().count()


def number(hypothesis: Hypothesis) -> Hypothesis:
    """H-01 and so on within the case."""
    hypothesis.ref = f"H-{next_numbers(hypothesis.case, 'hypothesis')[0]:02d}"
    return hypothesis


def seed_rivals(hypothesis: Hypothesis, by: User) -> None:
    """Let the two compete that every case has, where they do not yet."""
    for rival in standing_rivals(hypothesis):
        number(rival).save(force_insert=True)
        record(by, "attribution.hypothesis_seeded", rival, ref=rival.ref, kind=rival.kind)


def standing_rivals(hypothesis: Hypothesis) -> list[Hypothesis]:
    """The unsaved two that every case has, if this case does not have them yet."""
    sentences = {
        Hypothesis.Kind.OTHER: _("None of the other hypotheses is true."),
        Hypothesis.Kind.DECEPTION: _(
            "The traces were laid to mislead: a deception, or an attack under a false flag."
        ),
    }
    with system_scope("each standing rival is there once, whoever may read it"):
        standing = Hypothesis.objects.filter(case=hypothesis.case, kind__in=sentences)
        there = set(standing.values_list("kind", flat=True))
    return [
        Hypothesis(
            case=hypothesis.case, proposer=hypothesis.proposer, kind=kind, statement=sentence
        )
        for kind, sentence in sentences.items()
        if kind not in there
    ]


def end(hypothesis: Hypothesis, status: str, reason: str) -> None:
    """Write down that it no longer competes, and why."""
    hypothesis.status, hypothesis.status_reason = Hypothesis.Status(status), reason.strip()
    hypothesis.version += 1
    if not hypothesis.status_reason:
        raise Refused(_("Say why."))
    hypothesis.save()


def require_sound(hypothesis: Hypothesis) -> None:
    """Evidence could show it to be wrong, and its subject, if any, is an actor of the same case."""
    if hypothesis.lacks_refutation:
        raise ValidationError(
            {"refuted_by": _("Name the evidence that, if found, would make you give it up.")}
        )
    if hypothesis.subject and hypothesis.subject.case_id != hypothesis.case_id:
        raise Refused(_("The subject belongs to another case."))


def require_no_finding(hypothesis: Hypothesis) -> None:
    """What a finding rests on stands still."""
    with system_scope("a finding binds its hypothesis, whoever may read it"):
        bears_a_finding = Finding.objects.filter(hypothesis=hypothesis).not_given_up().exists()
    if bears_a_finding:
        raise Refused(
            _("A finding rests on this hypothesis. Withdraw the finding, or supersede this one.")
        )
