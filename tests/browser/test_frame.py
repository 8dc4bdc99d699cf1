"""The frame of every page: keyboard, palette, drafts, looks, and no complaint from the browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = [
    "/cases/",
    "/incidents/",
    "/evidence/",
    "/capture/",
    "/intake/",
    "/comparisons/",
    "/hypotheses/",
    "/findings/",
    "/actors/",
    "/reports/",
    "/reference/",
    "/profile/",
    "/cases/new/",
    "/no-such-page/",
]


def records(gyro):
    """Pages of single records, and the forms that change them."""
    return [
        f"/items/{gyro.pk}/",
        f"/items/{gyro.pk}/edit/",
        f"/incidents/{gyro.incident_id}/",
        f"/incidents/{gyro.incident_id}/edit/",
        f"/incidents/{gyro.incident_id}/items/new/",
        f"/cases/{gyro.case_id}/",
        f"/cases/{gyro.case_id}/edit/",
        f"/cases/{gyro.case_id}/intake/",
    ]


@pytest.mark.parametrize("looks", [{}, {"theme": "dark"}, {"language": "ar"}], ids=str)
def test_pages_are_free_of_violations_and_barriers(open_as, soraya, gyro, looks):
    page = open_as(soraya, "/profile/", **looks)
    barriers = {}
    for path in [*PAGES, *records(gyro)]:
        page.goto(path)
        found = Axe().run(page).response["violations"]
        serious = [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
        if serious:
            barriers[path] = serious
    assert barriers == {}


def test_no_page_is_wider_than_a_phone(open_as, soraya, gyro):
    page = open_as(soraya, "/profile/", width=390)
    wide = {}
    for path in [*PAGES, *records(gyro)]:
        page.goto(path)
        if (beyond := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            wide[path] = beyond
    assert wide == {}


def test_signing_in_is_free_of_violations_and_barriers(open_as, db):
    page = open_as(None, "/sign-in/", width=390)
    page.click("main form button")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_the_administration_keeps_the_same_policy(open_as, admin):
    page = open_as(admin, "/admin/")
    addresses = page.eval_on_selector_all(
        "#content-main a", "all => [...new Set(all.map((a) => a.href))]"
    )
    assert len(addresses) > 20, "each list and form once, though the front page names some twice"
    for address in addresses:
        page.goto(address)


def test_a_list_is_walked_and_opened_by_keys(open_as, soraya, gyro):
    page = open_as(soraya, "/evidence/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/items/{gyro.pk}/")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/cases/")


def test_single_keys_are_silent_for_whoever_switched_them_off(open_as, soraya, gyro):
    page = open_as(soraya, "/evidence/", keyboard=False)
    page.keyboard.press("?")
    page.keyboard.press("/")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.id") != "global-search"


def test_a_few_letters_lead_anywhere(open_as, soraya, night_raid):
    page = open_as(soraya, "/cases/")
    page.keyboard.press("Control+k")
    page.keyboard.type("intake")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/")


def test_letters_typed_while_the_palette_opens_are_kept(open_as, soraya, night_raid):
    page = open_as(soraya, "/cases/")
    page.evaluate(
        """() => {
            const press = { key: "k", ctrlKey: true, bubbles: true };
            document.dispatchEvent(new KeyboardEvent("keydown", press));
            const box = document.querySelector("#palette input");
            box.value = "intake";
            box.dispatchEvent(new Event("input"));
        }"""
    )
    page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    assert page.input_value("#palette input") == "intake"


def test_what_was_typed_outlives_a_wrong_turn_and_leaves_with_the_person(open_as, soraya):
    page = open_as(soraya, "/cases/new/")
    page.fill("[name=title]", "Night raid")
    page.goto("/cases/")
    page.goto("/cases/new/")
    assert page.input_value("[name=title]") == "Night raid"

    page.keyboard.press("Escape")
    page.click("[popovertarget=person-menu]")
    page.click("[data-signs-out] button")
    page.wait_for_url("**/sign-in/")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_theme_changes_without_scripts(open_as, soraya):
    page = open_as(soraya, "/cases/", scripts=False)
    page.click("[popovertarget=person-menu]")
    page.click("button[name=theme][value=dark]")
    page.wait_for_selector("html[data-theme=dark]")
