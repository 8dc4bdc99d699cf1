"""The cast of attribution: more analysts, a second authority, and one who wears every hat."""

from typing import Any

import pytest

from accounts.models import User
from attribution import services
from attribution.models import Actor, Citation, Claim, Finding, Hypothesis, Statement
from attribution.models.vocabulary import Standard
from evidence.models import Item
from investigations import services as investigations
from investigations.models import Case, Incident, Role, Source, SourceReport
from tests.conftest import person

WRITTEN = {
    "statement": "The Cormorant Brigade launched the drone that struck the residence.",
    "likelihood": "very-likely",
    "confidence": "moderate",
    "confidence_basis": "Two independent sources agree. One of them had direct access.",
    "key_assumptions": "The launcher was not moved after the attack.",
    "alternatives_considered": "A rival cell had the means, but no access to the launch area.",
    "indicators_of_change": "A launcher of another group within range on that night.",
    "limits": "No radio intercepts were available.",
    "no_contrary_reason": "Looked for in all statements of the week; none was found.",
}
REFUTED = "A launcher of another group within range on that night."
SAID = {"record_kind": "audio", "language": "Arabic", "original": "A drone came at 02:40."}


@pytest.fixture
def farid(night_raid: Case, soraya: User) -> User:
    """A second analyst, who shares the case but not every draft."""
    user = person("farid", display_name="Farid Karim")
    investigations.admit_member(night_raid, user, roles=[Role.ANALYST], by=soraya)
    return user


@pytest.fixture
def mira(night_raid: Case, soraya: User) -> User:
    """A second releasing authority."""
    user = person("mira", display_name="Mira Okafor")
    investigations.admit_member(night_raid, user, roles=[Role.RELEASING_AUTHORITY], by=soraya)
    return user


@pytest.fixture
def hala(night_raid: Case, soraya: User) -> User:
    """Analyst, reviewer and releasing authority in one person."""
    user = person("hala", display_name="Hala Mansour")
    roles = [Role.ANALYST, Role.REVIEWER, Role.RELEASING_AUTHORITY]
    investigations.admit_member(night_raid, user, roles=roles, by=soraya)
    return user


@pytest.fixture
def brigade(night_raid: Case, amal: User) -> Actor:
    """A fictional armed group that a hypothesis is about."""
    entered = services.enter_actor(
        night_raid,
        by=amal,
        name="Cormorant Brigade",
        native_name="لواء الغاق",
        kind=Actor.Kind.ARMED_GROUP,
    )
    services.name_actor(entered, by=amal, text="The Cormorants")
    return entered


@pytest.fixture
def hypothesis(night_raid: Case, amal: User, brigade: Actor) -> Hypothesis:
    """That the brigade launched the drone."""
    return services.propose_hypothesis(
        night_raid,
        by=amal,
        statement="The Cormorant Brigade launched the drone.",
        refuted_by=REFUTED,
        level=5,
        subject=brigade,
    )


@pytest.fixture
def rival(night_raid: Case, amal: User, hypothesis: Hypothesis) -> Hypothesis:
    """That another cell launched it: the second answer without which nothing is weighed."""
    return supposed(night_raid, amal, "A rival cell launched the drone.", level=5)


@pytest.fixture
def making(night_raid: Case, amal: User) -> Hypothesis:
    """A technical question: where this unit was made."""
    return supposed(night_raid, amal, "The unit was made by Kestrel Instruments.", level=3)


@pytest.fixture
def report(strike: Incident, amal: User) -> SourceReport:
    """A graded report of the attack."""
    return investigations.cite_source(
        strike, by=amal, citation="Statement of the guard", reliability="B", credibility="2"
    )


@pytest.fixture
def finding(hypothesis: Hypothesis, amal: User, report: SourceReport, gyro: Item) -> Finding:
    """A complete draft of Amal's at L5, in a case that has an exhibit."""
    draft = services.draft_finding(hypothesis, by=amal, **WRITTEN)
    services.cite(draft, report, by=amal, stance=Citation.Stance.SUPPORTS, remark="He saw them.")
    return draft


@pytest.fixture
def technical(making: Hypothesis, amal: User, report: SourceReport, gyro: Item) -> Finding:
    """A complete draft at L3, which one authority may release, in a case that has an exhibit."""
    words = {**WRITTEN, "statement": "Kestrel Instruments made this unit."}
    draft = services.draft_finding(making, by=amal, **words)
    services.cite(draft, report, by=amal, stance=Citation.Stance.SUPPORTS)
    return draft


def approve(finding: Finding, *, by: User) -> None:
    """Sign all nine standards."""
    services.review_finding(finding, by=by, verdict="approve", standards_met=list(Standard.values))


def hand_in_and_approve(finding: Finding, *, author: User, reviewer: User) -> Finding:
    """The way from draft to approved."""
    services.submit_finding(finding, by=author)
    approve(finding, by=reviewer)
    finding.refresh_from_db()
    return finding


@pytest.fixture
def released(technical: Finding, amal: User, rami: User, dana: User) -> Finding:
    """A finding about the making of the unit, released to partners."""
    hand_in_and_approve(technical, author=amal, reviewer=rami)
    services.release_finding(technical, by=dana, audience="partners", tlp="amber")
    technical.refresh_from_db()
    return technical


@pytest.fixture
def blamed(finding: Finding, amal: User, rami: User, dana: User, mira: User) -> Finding:
    """The finding about the brigade, released as two authorities must."""
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    asked = services.release_finding(finding, by=dana, audience="partners", tlp="amber")
    services.confirm_release(asked, by=mira)
    finding.refresh_from_db()
    return finding


@pytest.fixture
def guard(night_raid: Case, amal: User) -> Source:
    """A witness of the attack, known by the pseudonym alone."""
    return investigations.enter_source(night_raid, by=amal, kind="witness")


@pytest.fixture
def statement(guard: Source, amal: User) -> Statement:
    """What the witness said on the morning after."""
    return services.take_statement(guard, by=amal, **SAID)


@pytest.fixture
def claim(night_raid: Case, statement: Statement, strike: Incident, amal: User) -> Claim:
    """That the drone came at 02:40."""
    return said(night_raid, amal, statement=statement, incident=strike, fact="time", value="02:40")


def supposed(case: Case, by: User, statement: str, **facts: Any) -> Hypothesis:
    """A hypothesis that some launcher would refute."""
    facts = {"refuted_by": REFUTED, **facts}
    return services.propose_hypothesis(case, by=by, statement=statement, **facts)


def said(case: Case, by: User, **facts: Any) -> Claim:
    """A claim graded B2, about whatever is named."""
    graded = {"reliability": "B", "credibility": "2", "rationale": "He was there."}
    return services.enter_claim(case, by=by, **{"text": "So it was.", **graded, **facts})
