"""Asserting something of an actor: in words, dated, graded, and never without cited evidence."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Actor, Assertion
from attribution.services.assertion_evidence import Evidence, cite_anew, require_evidence
from attribution.services.finding import lock_case
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from investigations.models import Case, Duty
from investigations.services import next_numbers
from investigations.services.label import rest_on
from ledger.services import record


class AssertionFacts(TypedDict, total=False):
    """What is said in an assertion, apart from what it rests on."""

    actor: Actor
    dimension: str
    counters: str
    statement: str
    value: str
    valid_from: date | None
    valid_to: date | None
    reliability: str
    credibility: str
    rationale: str


@transaction.atomic
def assert_of_actor(
    case: Case, *, by: User, evidence: Sequence[Evidence], **facts: Unpack[AssertionFacts]
) -> Assertion:
    """Hold something of an actor on one dimension, and cite what it rests on."""
    case = lock_case(case, by)
    case.require(by, Duty.ANALYSE)
    assertion = Assertion(case=case, author=by, **facts)
    require_own_actor(assertion)
    require_evidence(assertion, evidence, by)
    assertion.ref = f"AA-{next_numbers(case, 'assertion')[0]:04d}"
    assertion.full_clean(exclude=["ref"])
    assertion.save(force_insert=True)
    cited = cite_anew(assertion, evidence, by)
    record(
        by,
        "attribution.assertion_entered",
        assertion,
        ref=assertion.ref,
        value=assertion.value,
        grade=assertion.grade,
        evidence=cited,
    )
    return assertion


@transaction.atomic
def amend_assertion(
    assertion: Assertion,
    *,
    by: User,
    version: int,
    evidence: Sequence[Evidence] | None = None,
    **facts: Unpack[AssertionFacts],
) -> Assertion:
    """Say it otherwise; the evidence named is cited as it stands now. The ledger keeps values."""
    assertion = lock(assertion, by)
    require_fresh(assertion, version)
    before = {"value": assertion.value, "grade": assertion.grade}
    changes = set(apply_changes(assertion, facts))
    require_own_actor(assertion)
    cited = None
    if evidence is not None:
        require_evidence(assertion, evidence, by)
        cited = cite_anew(assertion, evidence, by)
    if not changes and cited is None:
        return assertion
    if not changes:
        assertion.version += 1
    assertion.full_clean(exclude=["ref"])
    assertion.save()
    rest_on(assertion, [assertion.actor])
    record(
        by,
        "attribution.assertion_amended",
        assertion,
        ref=assertion.ref,
        fields=sorted(changes),
        value=[before["value"], assertion.value],
        grade=[before["grade"], assertion.grade],
        evidence=cited or [],
    )
    return assertion


@transaction.atomic
def withdraw_assertion(assertion: Assertion, *, by: User, reason: str) -> Assertion:
    """Take it out of the matrix, with a reason; what was once held stays readable."""
    assertion = lock(assertion, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    assertion.withdrawn_reason = reason.strip()
    assertion.version += 1
    assertion.save()
    record(by, "attribution.assertion_withdrawn", assertion, ref=assertion.ref)
    return assertion


def lock(assertion: Assertion, by: User) -> Assertion:
    """The assertion, nobody else's until the deed is done, if it still stands."""
    case = lock_case(assertion.case, by)
    case.require(by, Duty.ANALYSE)
    assertion = Assertion.objects.locked_for(by, assertion)
    if assertion.is_withdrawn:
        raise Refused(_("This assertion was withdrawn: enter another one."))
    return assertion


def require_own_actor(assertion: Assertion) -> None:
    """The actor is one of the case."""
    if assertion.actor.case_id != assertion.case_id:
        raise Refused(_("The actor belongs to another case."))
