"""Entering claims, grading them, and refusing citations that run in a circle."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.methods.origins import closes_a_circle
from attribution.models import Actor, Claim, Statement
from attribution.models.claim import ORIGINS, SUBJECTS
from attribution.models.claim_words import Stance
from attribution.services.finding import lock_case
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.kept import note_list
from core.scope import system_scope
from evidence.models import Component, Item
from investigations.models import Case, Duty, Incident, SourceReport
from investigations.services import next_numbers
from investigations.services.label import rest_on
from ledger.services import record

GRADE = {"reliability", "credibility", "rationale"}


class ClaimFacts(TypedDict, total=False):
    """What is said of a claim, apart from what it was taken over from."""

    text: str
    stance: str
    statement: Statement | None
    source_report: SourceReport | None
    document: Item | None
    citation: str
    made_by: str
    channel: str
    authenticity: str
    made_at: datetime | None
    made_precision: str
    incident: Incident | None
    item: Item | None
    component: Component | None
    actor: Actor | None
    fact: str
    value: str
    answers: Claim | None
    reliability: str
    credibility: str
    rationale: str
    interested_party: bool
    suspected_deception: bool
    independence_group: str


@transaction.atomic
def enter_claim(
    case: Case, *, by: User, rests_on: Collection[Claim] = (), **facts: Unpack[ClaimFacts]
) -> Claim:
    """Enter one proposition that somebody made; its text never reaches the ledger."""
    case = lock_case(case, by)
    case.require(by, Duty.ANALYSE)
    claim = Claim(case=case, graded_by=by, **facts)
    above = named(claim, rests_on, by)
    require_sound(claim, above)
    claim.ref = f"CL-{next_numbers(case, 'claim')[0]:04d}"
    claim.full_clean(exclude=["ref"])
    claim.save(force_insert=True)
    take_over(claim, above)
    record(
        by,
        "attribution.claim_entered",
        claim,
        ref=claim.ref,
        stance=claim.stance,
        grade=claim.grade,
        rests_on=sorted(one.ref for one in above),
    )
    return claim


@transaction.atomic
def amend_claim(
    claim: Claim,
    *,
    by: User,
    version: int,
    rests_on: Collection[Claim] | None = None,
    **facts: Unpack[ClaimFacts],
) -> Claim:
    """Change what is said of a claim; a new grade is by whoever gives it, and is on record."""
    claim = lock(claim, by)
    require_fresh(claim, version)
    grade = claim.grade
    changes = set(apply_changes(claim, facts))
    above = origins_kept(claim) if rests_on is None else named(claim, rests_on, by)
    require_sound(claim, above)
    if take_over(claim, above):
        changes.add("rests_on")
        claim.version += 1
    if changes:
        claim.graded_by = by if changes & GRADE else claim.graded_by
        claim.full_clean(exclude=["ref"])
        claim.save()
        rest_on(claim, claim.rows_above())
        record(
            by,
            "attribution.claim_amended",
            claim,
            ref=claim.ref,
            fields=sorted(changes),
            grade=[grade, claim.grade],
        )
    return claim


@transaction.atomic
def set_aside_claim(claim: Claim, *, by: User, reason: str) -> Claim:
    """Take out of the account a claim that was entered by mistake; it stays readable."""
    claim = lock(claim, by)
    if claim.is_set_aside:
        return claim
    claim.set_aside_reason = reason.strip()
    if not claim.is_set_aside:
        raise Refused(_("Say why."))
    claim.version += 1
    claim.save()
    record(by, "attribution.claim_set_aside", claim, ref=claim.ref)
    return claim


def lock(claim: Claim, by: User) -> Claim:
    """Lock the case first: what rests on what is one drawing for all of its claims."""
    case = lock_case(claim.case, by)
    case.require(by, Duty.ANALYSE)
    return Claim.objects.locked_for(by, claim)


def take_over(claim: Claim, above: Collection[Claim]) -> bool:
    """Write down what it was taken over from; true when that is something else than before."""
    before = origins_kept(claim)
    if {one.pk for one in before} == {one.pk for one in above}:
        return False
    with system_scope("what a claim rests on is one list, whoever may read all of it"):
        claim.rests_on.set(above)
    note_list(claim, "rests_on", before, above)
    rest_on(claim, above)
    return True


def origins_kept(claim: Claim) -> list[Claim]:
    """What it was taken over from as it is."""
    with system_scope("what a claim rests on is one list, whoever may read all of it"):
        return list(claim.rests_on.all())


def named(claim: Claim, asked: Collection[Claim], by: User) -> list[Claim]:
    """The claims asked for as they are now, and those kept that `by` could not have named."""
    seen = Claim.objects.visible_to(by)
    unseen = {one.pk: one for one in origins_kept(claim)}
    for key in seen.filter(pk__in=unseen).values_list("pk", flat=True):
        del unseen[key]
    found = list(seen.filter(pk__in=[one.pk for one in asked]))
    if len(found) != len({one.pk for one in asked}):
        raise Refused(_("A claim that it was taken over from is not, or no longer, yours to see."))
    return [*found, *unseen.values()]


def require_sound(claim: Claim, above: Collection[Claim]) -> None:
    """All that it names is of its case, it repeats nothing that repeats it, and fits its origin."""
    told = [getattr(claim, name) for name in (*ORIGINS, *SUBJECTS, "answers")]
    if any(row.case_id != claim.case_id for row in [*told, *above] if row):
        raise Refused(_("What a claim names is of its own case."))
    if claim.component and claim.item and claim.component.item_id != claim.item_id:
        raise Refused(_("The component is of another exhibit."))
    require_pseudonym(claim)
    require_no_circle(claim, above)
    require_own_retraction(claim)


def require_pseudonym(claim: Claim) -> None:
    """Whoever is a source of the case is told by the pseudonym, and by no name beside it."""
    if claim.made_by and claim.source_report and claim.source_report.source_id:
        raise Refused(_("Who spoke in this report is told by the pseudonym alone."))


def require_no_circle(claim: Claim, above: Collection[Claim]) -> None:
    """A claim cannot be taken over from what was taken over from it: that would prove itself."""
    rests: dict[UUID, set[UUID]] = {}
    with system_scope("citations run in a circle or not, whoever may read the claims between"):
        edges = Claim.rests_on.through.objects.filter(from_claim__case=claim.case_id)
        for lower, upper in edges.values_list("from_claim", "to_claim"):
            rests.setdefault(lower, set()).add(upper)
    for one in above:
        if closes_a_circle(claim.pk, [one.pk], rests):
            raise Refused(
                _("A circular citation: %(ref)s rests on this claim already.") % {"ref": one.ref}
            )


def require_own_retraction(claim: Claim) -> None:
    """Only whoever made a claim can take it back; what anybody else says is a denial."""
    taken_back = claim.answers
    if taken_back and taken_back.pk == claim.pk:
        raise Refused(_("A claim is not directed at itself."))
    if claim.stance == Stance.RETRACTS and taken_back and taken_back.voice != claim.voice:
        raise Refused(
            _("%(ref)s was made by somebody else: only its maker retracts it, others deny it.")
            % {"ref": taken_back.ref}
        )
