"""Two examiners disagree, a third resolves; keys, taking back, and pictures that move as one."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from comparison import services as comparison
from comparison.models import Judgement, Link, Withdrawal
from evidence import services as evidence
from tests.comparison.conftest import GYROSCOPE, component_of, gyros, link, mateo, noor, reference
from tests.evidence.photographs import photograph

__all__ = ["component_of", "gyros", "link", "mateo", "noor", "reference"]
pytestmark = pytest.mark.browser
LOOKS = [{}, {"theme": "dark"}, {"language": "ar"}, {"width": 390}]


@pytest.fixture
def pictured(link, gyros, amal) -> Link:
    """Two photographs of each gyroscope."""
    for component in gyros:
        for width in (800, 600):
            file = evidence.receive_file(
                component.case,
                by=amal,
                chunks=[photograph(width)],
                name=f"{component.item.exhibit_no} {width}.jpg",
                item=component.item,
            )
            evidence.examine_file(file)
    return link


def looked_at(page: Page) -> Page:
    expect(page.locator("figure.viewer-live")).to_have_count(2)
    page.wait_for_timeout(300)
    return page


def judge_by_key(page: Page, key: str, reason: str) -> None:
    """Choose the conclusion by its key, say why, and save."""
    page.locator("h1").focus()
    page.keyboard.press(key)
    expect(page.locator("#verdict [name=conclusion]:checked")).to_have_count(1)
    page.locator("#verdict [name=confidence]").first.check()
    page.locator("#verdict [name=reason]").fill(reason)
    with page.expect_event("framenavigated"):
        page.locator("#verdict button[type=submit]").first.click()
    expect(page.locator("#verdict .error-summary")).to_have_count(0)


def test_two_examiners_disagree_and_a_third_resolves(open_as, link, lena, mateo, noor, amal):
    there = f"/comparisons/{link.pk}/"
    first = open_as(lena, there)
    judge_by_key(first, "y", "One casting, serials eight apart")
    expect(first.locator("#standing")).to_contain_text("A second examiner has yet to judge")

    second = open_as(mateo, there)
    expect(second.locator("#judgements")).not_to_contain_text("One casting")
    judge_by_key(second, "n", "Another winding")
    expect(second.locator("#standing")).to_contain_text("A third has yet to judge")
    expect(second.locator("#judgements")).to_contain_text("One casting")

    third = open_as(noor, there)
    expect(third.locator("#judgements")).to_contain_text("2 colleagues have judged this pair")
    expect(third.locator("#judgements")).not_to_contain_text("Another winding")
    judge_by_key(third, "y", "The winding was repaired")
    expect(third.locator("#standing")).to_contain_text("Two of three examiners agree on")
    expect(third.locator("#judgements")).to_contain_text("Another winding")
    link.refresh_from_db()
    assert link.state == "confirmed"


def test_a_key_finds_its_verdict_whatever_stands_in_the_hidden_fields(open_as, link, lena):
    page = open_as(lena, f"/comparisons/{link.pk}/")
    for key in "yun":
        page.evaluate(
            "key => document.querySelector('#verdict [name=csrfmiddlewaretoken]').value = key", key
        )
        page.locator("h1").focus()
        page.keyboard.press(key)
        expect(page.locator(f"#verdict [data-key={key}]")).to_be_checked()


def test_from_the_queue_by_key_and_taken_back_by_key(open_as, link, lena):
    page = open_as(lena, "/comparisons/?sort=rank")
    page.keyboard.press("j")
    page.keyboard.press("u")
    page.wait_for_url("**/comparisons/*/?*verdict=u*")
    expect(page.locator("#verdict [value=inconclusive]")).to_be_checked()
    page.locator("#verdict [name=confidence]").first.check()
    page.locator("#verdict [name=reason]").fill("Too blurred")
    page.locator("#verdict [name=next]").click()
    page.wait_for_url("**/comparisons/?sort=rank")
    expect(page.locator("#undo")).to_contain_text("inconclusive")
    page.keyboard.press("z")
    page.wait_for_url(f"**/comparisons/{link.pk}/**")
    expect(page.locator("#judgements")).to_contain_text("taken back")
    assert Withdrawal.objects.get().judgement == Judgement.objects.get()


TURNED = """() => [...document.querySelectorAll('.viewer-canvas')].map((canvas) => {
    const viewer = OpenSeadragon.getViewer(canvas) ?? canvas.viewer;
    return [viewer.viewport.getZoom().toFixed(3), viewer.viewport.getRotation()];
})"""


def test_both_pictures_zoom_and_turn_as_one_until_they_are_set_free(open_as, pictured, lena):
    page = looked_at(open_as(lena, f"/comparisons/{pictured.pk}/"))
    page.locator("#viewer-left [data-do=in]").click()
    page.locator("#viewer-left [data-do=turn]").click()
    page.wait_for_timeout(800)
    left, right = page.evaluate(TURNED)
    assert left == right
    assert left[1] == 90

    page.locator("h1").focus()
    page.keyboard.press("l")
    expect(page.locator("[data-locks]")).to_have_attribute("aria-pressed", "false")
    page.locator("#viewer-left [data-do=turn]").click()
    page.wait_for_timeout(800)
    left, right = page.evaluate(TURNED)
    assert (left[1], right[1]) == (180, 90)
    page.keyboard.press("l")
    page.wait_for_timeout(300)
    left, right = page.evaluate(TURNED)
    assert left == right


LAID = """() => {
    const [ground, home] = document.querySelectorAll('.viewer-stage');
    const layer = document.querySelectorAll('.viewer-canvas')[1];
    return {
        on: ground.contains(layer),
        opacity: layer.style.opacity,
        edge: layer.style.clipPath,
        inert: layer.inert,
    };
}"""

CHANGES = """async () => {
    const layer = document.querySelectorAll('.viewer-canvas')[1];
    let changes = 0, last = layer.style.opacity;
    const end = performance.now() + 2500;
    while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        if (layer.style.opacity !== last) [changes, last] = [changes + 1, layer.style.opacity];
    }
    return changes;
}"""
"""How often the upper picture comes or goes in two and a half seconds."""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_both_pictures_are_laid_on_each_other_and_taken_apart(open_as, pictured, lena, language):
    page = looked_at(open_as(lena, f"/comparisons/{pictured.pk}/", language=language))
    edge, veil = (page.locator(f"#layers [data-for={way}] input") for way in ("swipe", "overlay"))
    expect(edge).to_be_hidden()
    page.locator("[data-lays=swipe]").click()
    edge.fill("30")
    laid = page.evaluate(LAID)
    assert (laid["on"], laid["inert"]) == (True, True)
    assert laid["edge"].endswith("30%)")

    page.locator("[data-lays=overlay]").click()
    expect(edge).to_be_hidden()
    veil.fill("40")
    assert page.evaluate(LAID)["opacity"] == "0.4"
    page.locator("#viewer-left [data-do=turn]").click()
    page.wait_for_timeout(800)
    left, right = page.evaluate(TURNED)
    assert left == right

    page.locator("[data-lays=side]").click()
    laid = page.evaluate(LAID)
    assert (laid["on"], laid["opacity"], laid["inert"]) == (False, "", False)
    expect(page.locator("#viewer-right")).to_be_visible()


def test_pictures_laid_on_each_other_say_which_exhibit_each_shows(open_as, pictured, lena):
    page = looked_at(open_as(lena, f"/comparisons/{pictured.pk}/"))
    page.locator("[data-lays=swipe]").click()
    tags = page.evaluate(
        "() => [...document.querySelectorAll('.viewer-canvas')]"
        ".map((one) => getComputedStyle(one, '::after').content.replaceAll('\"', ''))"
    )
    assert tags == [pictured.left.item.exhibit_no, pictured.right.item.exhibit_no]


def test_the_views_of_two_pictures_go_round_by_key_and_lock_them(open_as, pictured, lena):
    page = looked_at(open_as(lena, f"/comparisons/{pictured.pk}/"))
    page.locator("h1").focus()
    page.keyboard.press("l")
    for way in ("swipe", "overlay", "blink"):
        page.keyboard.press("v")
        expect(page.locator(f"[data-lays={way}]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-locks]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("v")
    expect(page.locator("#viewer-right")).to_be_visible()


def test_pictures_take_turns_slowly_until_they_are_paused(open_as, pictured, lena):
    page = looked_at(open_as(lena, f"/comparisons/{pictured.pk}/"))
    page.locator("[data-lays=blink]").click()
    changes = page.evaluate(CHANGES)
    assert 1 <= changes <= 3 * 2.5, "no more than three flashes in a second"
    page.get_by_role("button", name="Pause").press("Enter")
    assert page.evaluate(CHANGES) == 0


def test_who_wants_no_motion_turns_the_pictures_by_hand(open_as, pictured, lena):
    page = open_as(lena, "/comparisons/")
    page.emulate_media(reduced_motion="reduce")
    page.goto(page.url + f"{pictured.pk}/")
    looked_at(page).locator("[data-lays=blink]").click()
    assert page.evaluate(CHANGES) == 0
    page.get_by_role("button", name="Show the other picture").press("Enter")
    expect(page.locator(".viewer-canvas").nth(1)).to_have_css("opacity", "0")
    expect(page.locator(".viewer-canvas").nth(0)).to_have_css("opacity", "1")


def test_whoever_cannot_see_a_picture_hears_what_it_shows(open_as, pictured, lena):
    page = looked_at(open_as(lena, f"/comparisons/{pictured.pk}/"))
    left = page.locator("#viewer-left")
    told = left.locator("img").get_attribute("alt")
    assert told
    expect(left.get_by_role("img", name=told)).to_be_visible()


def test_either_side_shows_the_photograph_that_was_chosen(open_as, pictured, lena):
    page = looked_at(open_as(lena, f"/comparisons/{pictured.pk}/"))
    before = [
        page.locator(f"#viewer-{side} img").get_attribute("src") for side in ("left", "right")
    ]
    page.locator("#film-right a").nth(1).click()
    page.wait_for_url("**right=**")
    after = [page.locator(f"#viewer-{side} img").get_attribute("src") for side in ("left", "right")]
    assert after[0] == before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "arabic", "phone"])
def test_the_pages_of_judging_are_within_everybodys_reach(
    open_as, pictured, component_of, strike, lena, look, tmp_path
):
    for serial in ("SN-004500", "SN-004120"):
        facts = GYROSCOPE | {"serial_number": serial}
        comparison.propose_links(component_of(strike, "gyroscope-imu", **facts))
    comparison.judge_link(
        pictured,
        by=lena,
        conclusion="same-production-run",
        confidence="high",
        reason="Serials 8 apart",
        version=pictured.version,
    )
    pages = {"queue": "/comparisons/", "series": "/comparisons/series/"}
    pages["pair"] = f"/comparisons/{pictured.pk}/"
    for name, there in pages.items():
        page = open_as(lena, there, **look)
        if name == "pair":
            looked_at(page)
        found = Axe().run(page).response["violations"]
        assert found == [], [(one["id"], [n["html"] for n in one["nodes"]][:3]) for one in found]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, name
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
