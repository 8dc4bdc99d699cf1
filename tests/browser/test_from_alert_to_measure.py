"""From the alert to the measure and back to new evidence, on the pages, told by eight people."""

import re
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from attribution.models import Actor, Finding
from investigations.models import Case
from tests.attribution.conftest import WRITTEN, brigade, farid, mira
from tests.attribution.test_measures import paula
from tests.browser import deeds
from tests.browser.deeds import title_of

__all__ = ["brigade", "farid", "mira", "paula"]
pytestmark = pytest.mark.browser

ATTACK = "Drone strike on the residence"
GAP = "Custody of EV-0001: Handed over, and not received in time."
MINORITY = "The launcher may have been lent: I hold both groups for equally probable."
REMARK = "Say which drone: two were heard."
TASK = "Look again at the freeze if the recorder names another launcher"
LATER = {
    "likelihood": "almost-certain",
    "limits": "The recorder is damaged. Half of its memory was read.",
}


class Desks(NamedTuple):
    """A browser for each of those who work on the case."""

    lead: Page
    analyst: Page
    colleague: Page
    examiner: Page
    reviewer: Page
    authority: Page
    second: Page
    prosecutor: Page


@pytest.fixture
def desks(open_as, soraya, amal, farid, lena, rami, dana, mira, paula) -> Desks:
    people = (soraya, amal, farid, lena, rami, dana, mira, paula)
    return Desks(*(open_as(person, "/") for person in people))


def test_from_the_alert_to_the_measure_and_back(
    desks: Desks, night_raid: Case, brigade: Actor, amal: User, lena: User
) -> None:
    collect(desks, night_raid, amal, lena)
    accuse(desks, night_raid, brigade)
    review(desks, night_raid)
    release_against_a_gap(desks, night_raid)
    follow(desks, night_raid, amal)
    supersede(desks, night_raid)
    look_back(desks, night_raid)


def collect(at: Desks, case: Case, amal: User, lena: User) -> None:
    """The attack, and an exhibit that for two days nobody answered for."""
    deeds.enter_incident(at.lead, case, ATTACK)
    deeds.move_case(at.lead, case, "scene", told="Scene")
    now = timezone.now()
    deeds.log_exhibit(
        at.analyst,
        case,
        attack=ATTACK,
        kind="gyroscope-imu",
        what="Vertical gyroscope in a cast housing",
        found=now - timedelta(days=3),
    )
    deeds.hand_over_late(at.analyst, lena, now - timedelta(days=2))
    deeds.receive(at.examiner, "EV-0001", lena)
    gap = at.examiner.locator("#custody-rail li.gap")
    expect(gap).to_contain_text("Handed over, and not received in time.")
    deeds.move_case(at.lead, case, "examination", told="Examination")
    deeds.move_case(at.lead, case, "analysis", told="Analysis")


def accuse(at: Desks, case: Case, brigade: Actor) -> None:
    """A hypothesis with its rivals, a finding on who used the weapon, and who disagrees."""
    deeds.propose_hypothesis(
        at.analyst, case, "The Cormorant Brigade launched the drone.", brigade.pk
    )
    deeds.draft_finding(at.analyst, WRITTEN)
    deeds.cite(at.analyst, "EV-0001")
    deeds.hand_in(at.analyst)
    deeds.move_case(at.lead, case, "attribution-review", told="Attribution review")
    deeds.open_finding(at.colleague, case, "F-01")
    deeds.dissent(at.colleague, MINORITY)


def review(at: Desks, case: Case) -> None:
    """A comment stays between the finding and its approval until it is answered and resolved."""
    deeds.take_up(at.reviewer, "Findings to review")
    at.reviewer.get_by_role("link", name="F-01", exact=True).click()
    deeds.comment_on_statement(at.reviewer, REMARK)
    at.reviewer.get_by_role("link", name="The finding", exact=True).click()
    deeds.approve(at.reviewer)
    expect(at.reviewer.locator("#review-form .error-summary")).to_contain_text(
        "Not approved while comments on paragraphs are unresolved: 1"
    )

    deeds.open_finding(at.analyst, case, "F-01")
    at.analyst.get_by_role("link", name="Paragraphs and comments (1)").click()
    expect(deeds.the_comment(at.analyst)).to_contain_text(REMARK)
    deeds.reply(at.analyst, "answers", "One drone was found; the second sound was its echo.")
    deeds.open_finding(at.reviewer, case, "F-01")
    at.reviewer.get_by_role("link", name="Paragraphs and comments (1)").click()
    deeds.reply(at.reviewer, "resolves", "The echo is in the recording.")
    expect(deeds.the_comment(at.reviewer)).to_contain_text("resolved it")
    at.reviewer.get_by_role("link", name="The finding", exact=True).click()
    deeds.approve(at.reviewer)
    expect(title_of(at.reviewer)).to_contain_text("Approved")


def release_against_a_gap(at: Desks, case: Case) -> None:
    """Refused with the gap as a link, which is explained by one and waived by another."""
    deeds.take_up(at.authority, "Findings to release")
    at.authority.get_by_role("link", name="F-01", exact=True).click()
    expect(at.authority.locator("#gates")).to_contain_text(GAP)
    deeds.propose_release(at.authority)
    refusal = at.authority.locator("#release-form .error-summary")
    expect(refusal).to_contain_text("F-01 is not released while this is open.")
    refusal.get_by_role("link", name=GAP).click()
    expect(at.authority).to_have_url(re.compile("/items/.+#custody$"))
    expect(at.authority.locator("#custody")).to_be_in_viewport()
    expect(at.authority.locator("#custody-rail li.gap")).to_contain_text(
        "First somebody who holds evidence in this case explains it"
    )

    deeds.say_of_gap(at.examiner, "Explain", "It lay in our strong-room; the book was at fault.")
    deeds.open_finding(at.reviewer, case, "F-01")
    at.reviewer.locator("#gates").get_by_role("link", name=GAP).click()
    deeds.say_of_gap(at.reviewer, "Waive", "The book of the strong-room was looked at.")
    expect(at.reviewer.locator("#custody-rail li.gap.waived")).to_have_count(1)

    deeds.open_finding(at.authority, case, "F-01")
    expect(at.authority.locator("#gates")).to_contain_text("Nothing stands against its release")
    release(at)


def release(at: Desks) -> None:
    """One authority, whose page shows the finding, proposes; another agrees."""
    deeds.propose_release(at.authority)
    expect(at.authority.locator("#release")).to_contain_text("You proposed it")
    deeds.agree_to_release(at.second)


def follow(at: Desks, case: Case, amal: User) -> None:
    """The case is concluded; what an authority does on the strength of the finding is entered."""
    deeds.conclude(at.lead, case, "Nobody waits for anybody.")
    deeds.move_case(at.lead, case, "follow-up", told="Follow-up")
    deeds.open_finding(at.prosecutor, case, "F-01")
    deeds.enter_measure(at.prosecutor, "Central bank")
    expect(at.prosecutor.locator("#measure")).to_contain_text("Cormorant Brigade")
    deeds.take_step(at.prosecutor, "in-force", told="In force")
    deeds.set_follow_up(at.prosecutor, TASK, amal)


def supersede(at: Desks, case: Case) -> None:
    """New evidence opens the case again, and a successor goes the whole way once more."""
    deeds.log_exhibit(
        at.examiner,
        case,
        attack=ATTACK,
        kind="pcb",
        what="Flight recorder from the field",
        found=timezone.now() - timedelta(hours=1),
    )
    deeds.reopen(at.lead, case, "A farmer handed the recorder in.")
    deeds.open_finding(at.analyst, case, "F-01")
    at.analyst.get_by_role("button", name="Write a successor").click()
    expect(title_of(at.analyst)).to_contain_text("F-02")
    at.analyst.get_by_role("link", name="Rewrite").click()
    deeds.fill_finding(at.analyst, LATER)
    deeds.cite(at.analyst, "EV-0002")
    deeds.hand_in(at.analyst)
    deeds.move_case(at.lead, case, "attribution-review", told="Attribution review")
    deeds.open_finding(at.reviewer, case, "F-02")
    deeds.approve(at.reviewer)
    expect(title_of(at.reviewer)).to_contain_text("Approved")
    deeds.open_finding(at.authority, case, "F-02")
    release(at)


def look_back(at: Desks, case: Case) -> None:
    """What was superseded, who dissented from it and what rests on it is all still told."""
    deeds.open_case(at.lead, case)
    expect(title_of(at.lead)).to_contain_text("Finding released")
    expect(at.lead.locator("#stages [aria-current=step]")).to_contain_text("Concluded")

    old = at.colleague
    deeds.open_finding(old, case, "F-01")
    expect(title_of(old)).to_contain_text("Superseded")
    expect(old.locator("#superseded").get_by_role("link", name="F-02")).to_be_visible()
    expect(old.locator("#dissents")).to_contain_text(MINORITY)
    expect(old.locator("#dissents")).to_contain_text("45–55 %")

    deeds.go_on_to(at.prosecutor, case, "Accountability")
    outcomes = at.prosecutor.locator("main section.panel")
    expect(outcomes.filter(has_text="F-02")).to_contain_text("Nothing followed")
    expect(outcomes.filter(has_text="F-01")).to_contain_text("1 measure carried out")
    at.prosecutor.get_by_role("link", name="ME-0001", exact=True).click()
    expect(at.prosecutor.locator("main")).to_contain_text(
        "It rests on F-01, which a later finding has superseded since."
    )
    expect(at.prosecutor.locator("#rests-on").get_by_role("link", name="F-02")).to_be_visible()
    standing = Finding.objects.filter(case=case).order_by("ref").values_list("ref", "status")
    assert list(standing) == [("F-01", "superseded"), ("F-02", "released")]
