"""Two agencies: a hit without disclosure, the question, the answer, and what is then read."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from comparison import services
from comparison.models import Hit
from evidence import services as evidence
from tests.comparison.across import boarding, coast_guard, dhow, hit, nadia, ours, theirs
from tests.comparison.conftest import reference
from tests.evidence.photographs import photograph

__all__ = ["boarding", "coast_guard", "dhow", "hit", "nadia", "ours", "reference", "theirs"]
pytestmark = pytest.mark.browser


@pytest.fixture
def pictured(theirs, nadia):
    """A photograph of the other agency's part."""
    file = evidence.receive_file(
        theirs.case, by=nadia, chunks=[photograph(1700)], name="a.jpg", item=theirs.item
    )
    evidence.examine_file(file)
    return file


def ask(page: Page) -> None:
    """From the exhibit to the hit, and the question to the other lead."""
    page.get_by_role("link", name="With other agencies").click()
    page.get_by_role("link", name="Aerotek V10-A").click()
    expect(page.locator("#hit")).to_contain_text("Strong support")
    expect(page.locator("#hit")).to_contain_text("CG")
    assert "SN-004128" not in page.content()
    page.locator("#ask-form [name=reason]").fill("Both castings look alike.")
    page.locator("#ask-form button[type=submit]").click()
    expect(page.get_by_text("It waits for the lead of the other case.")).to_be_visible()


def looks_whole(page: Page, width: int) -> None:
    """Nothing runs over the side, and a screen reader finds its way."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def picture_of(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=str(folder / f"{name}.png"), full_page=True)


def test_a_hit_is_asked_about_shared_and_read(
    open_as, ours, hit, pictured, lena, nadia, complaints, tmp_path
):
    page = open_as(lena, f"/items/{ours.item_id}/")
    ask(page)
    looks_whole(page, 1440)

    lead = open_as(nadia, "/requests/", width=390)
    lead.get_by_role("link", name="Decide").first.click()
    expect(lead.locator("#request")).to_contain_text("Lena Vogt")
    expect(lead.locator("#request")).to_contain_text("Both castings look alike.")
    expect(lead.locator("#offer")).to_contain_text("SN-004128")
    expect(lead.locator("[name=pictures]")).to_be_checked()
    looks_whole(lead, 390)
    picture_of(lead, tmp_path, "lead")
    lead.locator("#share-form button[type=submit]").click()
    expect(lead.locator("#page-title")).to_contain_text("Agreed to")

    page.goto("/comparisons/hits/")
    expect(page.locator("#disclosures")).to_contain_text("Shared")
    page.locator("#disclosures a").first.click()
    expect(page.locator("#answer")).to_contain_text("Strong support")
    expect(page.locator("#features")).to_contain_text("SN-004128")
    expect(page.locator("#compare canvas").first).to_be_visible()
    looks_whole(page, 1440)
    picture_of(page, tmp_path, "shared")
    narrow = open_as(lena, page.url, width=390, language="ar", theme="dark")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
    picture_of(narrow, tmp_path, "narrow")


def test_a_refusal_comes_with_its_reason(open_as, ours, hit, pictured, lena, nadia, complaints):
    page = open_as(lena, f"/items/{ours.item_id}/", width=390, scripts=False)
    ask(page)
    request = services.standing_of(Hit.objects.get(component=ours)).request_id
    lead = open_as(nadia, f"/disclosures/{request}/", scripts=False)
    lead.locator("#refuse summary").click()
    lead.locator("#refuse-form [name=reason]").fill("The trial is next week.")
    lead.locator("#refuse-form button[type=submit]").click()
    expect(lead.locator("#request")).to_contain_text("The trial is next week.")

    page.reload()
    expect(page.locator("#refused")).to_contain_text("The trial is next week.")
    assert "SN-004128" not in page.content()
