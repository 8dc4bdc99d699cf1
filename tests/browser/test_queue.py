"""The queue in groups by key, a note beside a feature, and a third component beside a pair."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from comparison import services as comparison
from comparison.models import Judgement, Link
from evidence import services as evidence
from tests.browser.test_judging import TURNED, judge_by_key, pictured
from tests.comparison.conftest import GYROSCOPE, component_of, gyros, link, reference
from tests.evidence.photographs import photograph

__all__ = ["component_of", "gyros", "link", "pictured", "reference"]
pytestmark = pytest.mark.browser


@pytest.fixture
def grouped(link, component_of, strike) -> Link:
    """Beside the pair of near serials two pairs of one part, and so two groups."""
    facts = GYROSCOPE | {"serial_number": "SN-009000"}
    comparison.propose_links(component_of(strike, "gyroscope-imu", **facts))
    assert {one.found_by for one in Link.objects.all()} == {"near-serial", "part"}
    return link


HERE = "document.activeElement.dataset.href ?? document.activeElement.className"


def test_keys_step_from_pair_to_pair_across_the_groups(open_as, grouped, lena):
    page = open_as(lena, "/comparisons/")
    expect(page.locator("tr.group")).to_have_count(2)
    pairs = [f"/comparisons/{one.pk}/" for one in Link.objects.order_by("-place", "-id")]
    for there in pairs:
        page.keyboard.press("j")
        assert page.evaluate(HERE) == there
    page.keyboard.press("k")
    assert page.evaluate(HERE) == pairs[-2]
    page.locator("tr.group").nth(1).get_by_role("link").focus()
    page.keyboard.press("j")
    assert page.evaluate(HERE) == pairs[1]
    page.keyboard.press("n")
    page.wait_for_url(f"**{pairs[1]}?verdict=n*")
    expect(page.locator("#verdict [value=excluded]")).to_be_checked()


def test_a_group_alone_is_judged_pair_by_pair_to_its_end(open_as, grouped, lena):
    page = open_as(lena, "/comparisons/")
    page.locator("#filters a", has_text="Serial numbers of one series").click()
    expect(page.locator("tbody [data-href]")).to_have_count(1)
    page.locator("tbody th a[href*=found_by]").last.click()
    page.wait_for_url(re.compile(r"/comparisons/[0-9a-f-]+/\?found_by="))  # with all its keys
    judge_by_key(page, "u", "Too blurred")
    expect(page.locator("main [rel=next]")).to_have_count(0)
    page.goto(page.url.split("/comparisons/")[0] + "/comparisons/?found_by=near-serial")
    expect(page.get_by_text("No comparison fits")).to_be_visible()
    expect(page.locator("#filters [aria-current]")).to_contain_text("Serial numbers of one series")


def test_a_note_beside_a_feature_goes_with_the_judgement(open_as, link, lena):
    page = open_as(lena, f"/comparisons/{link.pk}/")
    page.locator("summary", has_text="Note: Finish or casting").click()
    page.get_by_label("Note: Finish or casting").fill("A second gate mark on both")
    page.reload()
    note = page.get_by_label("Note: Finish or casting")
    expect(note).to_have_value("A second gate mark on both")
    expect(note).to_be_visible()
    judge_by_key(page, "y", "One casting")
    expect(page.locator("#judgements")).to_contain_text("A second gate mark on both")
    assert Judgement.objects.get().explained == {"finish": "A second gate mark on both"}


def test_a_third_component_is_laid_beside_and_its_picture_moves_along(
    open_as, pictured, grouped, lena, amal
):
    third = Link.objects.of(pictured.left).exclude(pk=pictured.pk)
    other = third.first() or Link.objects.of(pictured.right).exclude(pk=pictured.pk).get()
    ends = {pictured.left_id, pictured.right_id}
    end = other.left if other.right_id in ends else other.right
    file = evidence.receive_file(
        end.case, by=amal, chunks=[photograph(700)], name="third.jpg", item=end.item
    )
    evidence.examine_file(file)
    page = open_as(lena, f"/comparisons/{pictured.pk}/")
    page.locator("#beside a").first.click()
    expect(page.locator("figure.viewer-live")).to_have_count(3)
    page.wait_for_timeout(300)
    page.locator("#viewer-left [data-do=in]").click()
    page.wait_for_timeout(800)
    assert len({str(one) for one in page.evaluate(TURNED)}) == 1
    expect(page.locator("#layers")).to_be_hidden()
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], [n["html"] for n in one["nodes"]][:3]) for one in found]
    page.locator("#beside [aria-current]").click()
    expect(page.locator("figure.viewer-live")).to_have_count(2)
