"""What a witness says and what a ministry says: entered by an analyst, and seen side by side."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from investigations.services import enter_source

pytestmark = pytest.mark.browser


def test_a_statement_and_two_conflicting_claims_are_entered_and_stand_side_by_side(
    open_as, night_raid, strike, amal
):
    witness = enter_source(night_raid, by=amal, kind="witness")
    page = open_as(amal, reverse("investigations:source_detail", args=[witness.pk]))
    page.get_by_role("link", name="Take a statement").click()
    page.locator("#id_language").fill("Arabic")
    page.locator("#id_original").fill("It came at twenty to three.")
    page.locator("#id_record_kind").select_option("audio")
    save(page)
    page.get_by_role("link", name="Take a claim from it").click()
    page.locator("#id_incident").select_option(str(strike.pk))
    enter(page, "The drone came at 02:40.", "02:40", fact="time")

    page.goto(reverse("investigations:incident_detail", args=[strike.pk]))
    page.get_by_role("link", name="Claims", exact=True).click()
    page.get_by_role("link", name="Enter a claim").click()
    page.locator("#id_citation").fill("Press release 41")
    page.locator("#id_made_by").fill("The ministry")
    page.locator("#id_interested_party").check()
    page.locator("#id_incident").select_option(str(strike.pk))
    enter(page, "The drone came at 03:10.", "03:10", fact="time")

    page.goto(reverse("investigations:incident_detail", args=[strike.pk]))
    page.get_by_role("link", name="2 claims that differ").click()
    expect(page.get_by_text("they conflict")).to_be_visible()
    expect(page.get_by_text("interested party")).to_be_visible()
    one, other = (page.locator(".side").nth(at).bounding_box() for at in (0, 1))
    assert one and other
    assert one["y"] == other["y"], "side by side"
    assert one["x"] != other["x"]


def test_a_claim_of_an_exhibit_is_entered_from_its_page_and_told_there(open_as, gyro, amal):
    there = reverse("evidence:item_detail", args=[gyro.pk])
    page = open_as(amal, there)
    page.get_by_role("link", name="Claims", exact=True).click()
    page.get_by_role("link", name="Enter a claim").click()
    page.locator("#id_citation").fill("Letter of the seller")
    enter(page, "It is sold to hobbyists.", "a toy", fact="identity")

    page.goto(there)
    page.locator("#identity").get_by_role("link", name="1 claim").click()
    expect(page.locator("#fact-identity")).to_contain_text("a toy")
    expect(page.locator("#fact-identity")).to_be_in_viewport()


def enter(page: Page, text: str, value: str, *, fact: str) -> None:
    """Fill in what all claims share, and save."""
    page.locator("#id_text").fill(text)
    page.locator("#id_fact").select_option(fact)
    page.locator("#id_value").fill(value)
    save(page)
    expect(page.get_by_text(text).first).to_be_visible()


def save(page: Page) -> None:
    page.locator("main form").get_by_role("button", name="Save").click()
