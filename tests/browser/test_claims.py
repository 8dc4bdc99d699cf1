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
    enter(page, strike, "The drone came at 02:40.", "02:40")

    page.goto(reverse("investigations:incident_detail", args=[strike.pk]))
    page.get_by_role("link", name="Claims", exact=True).click()
    page.get_by_role("link", name="Enter a claim").click()
    page.locator("#id_citation").fill("Press release 41")
    page.locator("#id_made_by").fill("The ministry")
    page.locator("#id_interested_party").check()
    enter(page, strike, "The drone came at 03:10.", "03:10")

    page.goto(reverse("investigations:incident_detail", args=[strike.pk]))
    page.get_by_role("link", name="2 claims that differ").click()
    expect(page.get_by_text("they conflict")).to_be_visible()
    expect(page.get_by_text("interested party")).to_be_visible()
    one, other = (page.locator(".side").nth(at).bounding_box() for at in (0, 1))
    assert one and other
    assert one["y"] == other["y"], "side by side"
    assert one["x"] != other["x"]


def enter(page: Page, incident, text: str, value: str) -> None:
    """Fill in what both claims share, and save."""
    page.locator("#id_text").fill(text)
    page.locator("#id_incident").select_option(str(incident.pk))
    page.locator("#id_fact").select_option("time")
    page.locator("#id_value").fill(value)
    save(page)
    expect(page.get_by_text(text).first).to_be_visible()


def save(page: Page) -> None:
    page.locator("main form").get_by_role("button", name="Save").click()
