"""Drafting a finding, rewriting it, withdrawing it and writing its successor."""

from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Actor, Citation, Finding, Hypothesis
from attribution.models.vocabulary import Level
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Case, Duty, RequestKind
from investigations.services import next_numbers
from investigations.services.case import set_case_status
from investigations.services.label import take_on
from investigations.services.request import lapse
from ledger.services import record


class FindingFacts(TypedDict, total=False):
    """What a finding says."""

    level: int
    level_reason: str
    subject: Actor | None
    statement: str
    state_link: str
    likelihood: str
    confidence: str
    confidence_basis: str
    key_assumptions: str
    alternatives_considered: str
    indicators_of_change: str
    limits: str
    no_contrary_reason: str


TOLD = tuple(FindingFacts.__annotations__)
"""The fields that a version is made of, in the order in which they are read."""


@transaction.atomic
def draft_finding(hypothesis: Hypothesis, *, by: User, **facts: Unpack[FindingFacts]) -> Finding:
    """Begin a finding about a hypothesis; it stays with its authors until it is handed in."""
    hypothesis = Hypothesis.objects.locked_for(by, hypothesis)
    hypothesis.case.require(by, Duty.ANALYSE)
    if not hypothesis.is_active:
        raise Refused(_("This hypothesis no longer competes."))
    finding = Finding(hypothesis=hypothesis, case=hypothesis.case)
    finding.level, finding.subject = hypothesis.level, hypothesis.subject
    apply_changes(finding, facts)
    finding.version = 1
    enter(finding, authors=[by])
    record(
        by,
        "attribution.finding_drafted",
        finding,
        ref=finding.ref,
        hypothesis=str(hypothesis.pk),
        level=finding.level,
    )
    return finding


@transaction.atomic
def amend_finding(
    finding: Finding, *, by: User, version: int, **facts: Unpack[FindingFacts]
) -> Finding:
    """Rewrite a draft or a returned finding; whoever does so becomes one of its authors."""
    finding = lock_for_writing(finding, by)
    require_fresh(finding, version)
    changes = apply_changes(finding, facts)
    if changes:
        check(finding)
        finding.save()
        for above in finding.handlings_above():
            take_on(finding, above)
        finding.authors.add(by)
        record(by, "attribution.finding_amended", finding, fields=sorted(changes))
    return finding


@transaction.atomic
def admit_author(finding: Finding, author: User, *, by: User) -> Finding:
    """Let a colleague read and write a finding that has not been handed in."""
    finding = lock_for_writing(finding, by)
    if Duty.ANALYSE not in finding.case.duties(author):
        raise Refused(_("Choose an analyst of this case."))
    finding.authors.add(author)
    record(by, "attribution.author_admitted", finding, author=str(author.pk))
    return finding


@transaction.atomic
def withdraw_finding(finding: Finding, *, by: User, reason: str) -> Finding:
    """Give a finding up, with a reason; a released one only by a releasing authority."""
    finding = lock_with_case(finding, by)
    was_released = finding.released_at is not None
    finding.case.require(by, Duty.RELEASE if was_released else Duty.ANALYSE)
    if finding.status in (Finding.Status.SUPERSEDED, Finding.Status.WITHDRAWN):
        raise Refused(_("This finding no longer stands."))
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn."))
    finding.status, finding.withdrawal_reason = Finding.Status.WITHDRAWN, reason.strip()
    finding.version += 1
    finding.save()
    lapse_proposal(finding, by)
    record(by, "attribution.finding_withdrawn", finding, ref=finding.ref)
    if was_released and not is_concluded(finding.case):
        why = f"{finding.ref} withdrawn"
        set_case_status(finding.case, Case.Status.REOPENED, by=by, reason=why)
    return finding


@transaction.atomic
def supersede_finding(finding: Finding, *, by: User) -> Finding:
    """Begin the successor of a released finding with its text and evidence.

    The released one stands until the successor is released in its turn. Returns the successor.
    """
    finding = lock(finding, by)
    finding.case.require(by, Duty.ANALYSE)
    if not finding.is_released:
        raise Refused(_("Only a released finding is superseded; rewrite this one instead."))
    with system_scope("one successor at a time, though others may not read it yet"):
        has_successor = finding.successors.exclude(status=Finding.Status.WITHDRAWN).exists()
    if has_successor:
        raise Refused(_("A successor is being written already."))
    hypothesis = in_its_newest_words(finding.hypothesis)
    successor = Finding(case=finding.case, hypothesis=hypothesis, supersedes=finding)
    for name in TOLD:
        setattr(successor, name, getattr(finding, name))
    enter(successor, authors=[*finding.authors.all(), by])
    copy_citations(finding, successor, by)
    record(
        by,
        "attribution.successor_drafted",
        successor,
        ref=successor.ref,
        supersedes=str(finding.pk),
    )
    return successor


def in_its_newest_words(hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis that competes now in place of this one, as far as it stands on its level."""
    with system_scope("what superseded a hypothesis stands for it, whoever may read it"):
        newer = Hypothesis.objects.filter(supersedes=hypothesis, level=hypothesis.level).first()
    return in_its_newest_words(newer) if newer else hypothesis


def copy_citations(finding: Finding, successor: Finding, by: User) -> None:
    """Let the successor rest on what its predecessor rests on."""
    citations = [
        Citation(
            case=finding.case,
            finding=successor,
            stance=citation.stance,
            item=citation.item,
            source_report=citation.source_report,
            link=citation.link,
            remark=citation.remark,
        )
        for citation in finding.citations.visible_to(by).with_sources()
    ]
    for citation in citations:
        citation.inherit_label()
    Citation.objects.bulk_create(citations)


def enter(finding: Finding, *, authors: list[User]) -> None:
    """Number a new finding F-01 and so on, check it and store it with its authors."""
    finding.ref = f"F-{next_numbers(finding.case, 'finding')[0]:02d}"
    check(finding)
    finding.save(force_insert=True)
    finding.authors.set(authors)


def lock_for_writing(finding: Finding, by: User) -> Finding:
    """The locked row, if `by` may write in it and it may still be written in."""
    finding = lock(finding, by)
    finding.case.require(by, Duty.ANALYSE)
    if not finding.is_rewritable:
        raise Refused(_("A finding that was handed in stands as it is."))
    return finding


def lock(finding: Finding, by: User) -> Finding:
    """The row as it is now, if `by` may read it yet."""
    require_reader(finding, by)
    return Finding.objects.locked_for(by, finding)


def lock_with_case(finding: Finding, by: User) -> Finding:
    """Lock the case, then the finding: every deed on a release takes them in this order."""
    lock_case(finding.case, by)
    return lock(finding, by)


def lock_case(case: Case, by: User) -> Case:
    """The case as it is now, for somebody who has a place in it."""
    case.require_member(by)
    return Case.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=case.pk)


def is_concluded(case: Case) -> bool:
    """True when a finding of the case stands released, whoever may read it."""
    with system_scope("whether anything was released holds for the whole case"):
        return Finding.objects.filter(case=case).released().exists()


def require_reader(finding: Finding, by: User) -> None:
    """Raise PermissionDenied for colleagues from whom this draft is still kept."""
    if not Finding.objects.visible_to(by).filter(pk=finding.pk).exists():
        raise PermissionDenied(_("This draft is still with its authors. Ask one of them."))


def check(finding: Finding) -> None:
    """One rung only, never above the hypothesis; then everything the fields themselves demand."""
    if finding.subject and finding.subject.case_id != finding.case_id:
        raise Refused(_("The subject belongs to another case."))
    rung = finding.hypothesis.level
    if finding.level > rung:
        raise Refused(
            _("%(ref)s stands at “%(low)s”; nothing on that rung establishes “%(high)s”.")
            % {
                "ref": finding.hypothesis.ref,
                "low": Level(rung).label,
                "high": Level(finding.level).label,
            }
        )
    if finding.level < rung and not finding.level_reason.strip():
        raise Refused(_("Say why the finding stays below the level of its hypothesis."))
    finding.full_clean(exclude=["ref"])


def lapse_proposal(finding: Finding, by: User) -> None:
    """A release that was asked for falls when the finding goes back or is given up."""
    lapse(RequestKind.RELEASE, finding, by=by)
