"""A phone at the scene: sealed without a line, sent when it is back, and nothing left behind."""

import hashlib

import pytest
from playwright.sync_api import Page, expect

from catalogue.models import ComponentCategory
from evidence.models import Capture, File
from tests.conftest import eventually
from tests.evidence.photographs import photograph

pytestmark = pytest.mark.browser
TALKS = """navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const heard = context.createMediaStreamDestination();
  tone.connect(heard);
  tone.start();
  return heard.stream;
}"""
"""A microphone, where the machine has none."""
TAKEN_CHARGE = """() => new Promise((done) => {
  const worker = navigator.serviceWorker;
  worker.addEventListener("controllerchange", done, { once: true });
  if (worker.controller) done();
})"""
"""Asked once and answered later: asking again and again needs `eval`, which the policy refuses."""
LEFT = """async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const held = [];
  for (const name of names) {
    const asked = indexedDB.open(name);
    await new Promise((done) => (asked.onsuccess = done));
    const db = asked.result;
    for (const table of db.objectStoreNames) {
      const keys = db.transaction(table).objectStore(table).getAllKeys();
      await new Promise((done) => (keys.onsuccess = done));
      held.push(...keys.result.map((key) => `${name} ${table} ${key}`));
    }
    db.close();
  }
  return held;
}"""


@pytest.fixture
def photographs() -> list[bytes]:
    """Three pictures that differ."""
    return [photograph() + bytes([n]) for n in range(3)]


@pytest.fixture(autouse=True)
def kinds(night_raid, strike):
    ComponentCategory.objects.get_or_create(code="other", defaults={"name": "other"})


@pytest.fixture
def off_the_line(complaints):
    """The browser says that there is no line, as it should."""
    yield
    lines = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_FAILED", "ERR_CONNECTION")
    complaints[:] = [each for each in complaints if not any(line in each for line in lines)]


def ready(page: Page) -> None:
    """The page is at hand from now on, and knows the incidents."""
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.evaluate(TAKEN_CHARGE)
    expect(page.locator("#capture-incident option")).not_to_have_count(1)


def keep_the_list(page: Page) -> None:
    page.get_by_label("Keep this list on the phone").check()
    eventually(lambda: "capture-incidents known known" in page.evaluate(LEFT))


def choose(page: Page, content: bytes) -> None:
    page.locator("#capture-photo").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": content}
    )


def seal(page: Page, content: bytes, tag: str) -> None:
    page.locator("#capture-incident").select_option(index=1)
    choose(page, content)
    page.locator("[name=tag]").fill(tag)
    page.get_by_role("button", name="Seal the photograph").click()


def rows(page: Page):
    return page.locator(".captures li")


def test_what_is_captured_without_a_line_arrives_and_leaves_the_phone(
    open_as, amal, server, photographs, off_the_line
):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    keep_the_list(page)
    server.kill()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-offline]")).to_be_visible()
    for number, content in enumerate(photographs):
        seal(page, content, f"S-{number}")
        expect(rows(page)).to_have_count(number + 1)
    page.reload()
    expect(rows(page)).to_have_count(3)
    for row in rows(page).all():
        expect(row).to_contain_text("On this phone")
    assert not File.objects.exists()

    server.start()
    page.context.set_offline(False)
    for row in rows(page).all():
        expect(row).to_contain_text("Verified by the server", timeout=40_000)
    expect(page.locator("[data-left]")).to_have_text("0")
    digests = {hashlib.sha256(content).hexdigest() for content in photographs}
    assert set(File.objects.values_list("sha256", flat=True)) == digests
    assert set(Capture.objects.values_list("item__exhibit_no", flat=True)) == {"S-0", "S-1", "S-2"}
    left = page.evaluate(LEFT)
    assert [key for key in left if not key.startswith("capture-incidents")] == []
    page.reload()
    expect(rows(page)).to_have_count(0)


def test_who_is_signed_out_keeps_what_was_sealed_until_signed_in_again(
    open_as, amal, site, photographs, complaints
):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    seal(page, photographs[0], "S-9")
    expect(page.locator("[data-signed-out]")).to_be_visible()
    expect(rows(page)).to_contain_text("On this phone")
    page.context.add_cookies(cookies)
    page.reload()
    expect(rows(page)).to_contain_text("Verified by the server", timeout=20_000)
    assert Capture.objects.count() == 1


def test_a_colleague_at_the_same_phone_sends_nothing_of_hers(
    open_as, amal, lena, photographs, complaints
):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    page.context.clear_cookies()
    seal(page, photographs[0], "S-9")
    expect(page.locator("[data-signed-out]")).to_be_visible()
    sign_in_as(page, lena)
    page.reload()
    expect(page.locator("[data-others-count]")).to_have_text("1")
    expect(rows(page)).to_have_count(0)
    assert not Capture.objects.exists()
    forgive_signed_out(complaints)


def forgive_signed_out(complaints: list[str]) -> None:
    """Who is signed out while the page sends is answered 401, and the browser notes that."""
    complaints[:] = [told for told in complaints if "status of 401" not in told]


def sign_in_as(page: Page, user) -> None:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    there = page.url.split("/capture")[0]
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": there}
    page.context.add_cookies([cookie])


def test_the_wipe_button_leaves_nothing(
    open_as, amal, server, photographs, off_the_line, complaints
):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    keep_the_list(page)
    page.context.set_offline(True)
    seal(page, photographs[0], "S-9")
    expect(rows(page)).to_have_count(1)
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.get_by_role("button", name="Wipe this phone").click()
    page.get_by_role("button", name="Wipe it now").click()
    page.wait_for_url(lambda address: "/capture" not in address)
    assert page.evaluate(LEFT) == []
    assert page.evaluate("caches.keys()") == []
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    forgive_signed_out(complaints)


def test_signing_out_forgets_the_incidents(open_as, amal):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    keep_the_list(page)
    page.goto("/evidence/")
    page.evaluate("document.querySelector('form[data-signs-out]').requestSubmit()")
    page.wait_for_url("**/sign-in/**")
    names = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert "capture-incidents" not in names


def test_a_voice_note_is_sealed_beside_the_photograph(open_as, amal, photographs):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    page.evaluate(f"() => {{ {TALKS} }}")
    page.get_by_role("button", name="Record").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-voice-told]")).to_contain_text("sealed with the photograph")
    seal(page, photographs[0], "S-7")
    expect(rows(page)).to_have_count(2)
    for row in rows(page).all():
        expect(row).to_contain_text("Verified by the server", timeout=40_000)
    spoken = File.objects.exclude(name="IMG_1.jpg").get()
    assert spoken.name.startswith("voice-note.") and spoken.size > 0
    assert spoken.item.exhibit_no == "S-7"
    assert Capture.objects.count() == 2


def test_where_no_sound_is_recorded_the_page_says_so(open_as, amal):
    page = open_as(amal, "/capture/", width=390)
    page.add_init_script("delete globalThis.MediaRecorder")
    page.reload()
    expect(page.locator("[data-voice-told]")).to_have_text(
        "This browser records no sound. Write a short note instead."
    )
    expect(page.get_by_role("button", name="Record")).to_be_hidden()


def say_where(page, *, accuracy):
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 33.5, "longitude": 44.25, "accuracy": accuracy})
    page.get_by_role("button", name="Where I am").click()


def test_how_far_off_the_phone_may_be_is_shown_and_kept(open_as, amal, photographs):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    say_where(page, accuracy=80)
    expect(page.locator("span[data-located]")).to_contain_text("Only known to within 80 m")
    expect(page.locator(".capture-ring-coarse")).to_be_visible()
    seal(page, photographs[0], "S-8")
    expect(rows(page)).to_contain_text("Verified by the server", timeout=40_000)
    capture = Capture.objects.get()
    assert (str(capture.latitude), capture.accuracy_m) == ("33.500000", 80)


def test_the_place_of_one_photograph_does_not_stick_to_the_next(open_as, amal, photographs):
    page = open_as(amal, "/capture/", width=390)
    ready(page)
    say_where(page, accuracy=8)
    expect(page.locator("[name=latitude]")).to_have_value("33.500000")
    seal(page, photographs[0], "S-8")
    expect(page.locator("[name=latitude]")).to_have_value("")
    page.context.set_geolocation({"latitude": 33.75, "longitude": 44.5, "accuracy": 9})
    page.wait_for_timeout(16_000)  # so long a place counts as the same
    choose(page, photographs[1])
    expect(page.locator("[name=latitude]")).to_have_value("33.750000")
    page.locator("[name=latitude]").fill("34")
    seal(page, photographs[1], "S-9")
    expect(page.locator("[name=latitude]")).to_have_value("34")
    expect(rows(page).get_by_text("Verified by the server")).to_have_count(2, timeout=40_000)
    told = [(str(one.latitude), one.accuracy_m) for one in Capture.objects.order_by("tag")]
    assert told == [("33.500000", 8), ("34.000000", None)]


def test_the_page_can_be_installed_with_pictures_of_the_sizes_that_phones_ask_for(open_as, amal):
    page = open_as(amal, "/capture/", width=390)
    told = page.evaluate(
        "fetch(document.querySelector('[rel=manifest]').href).then((answer) => answer.json())"
    )
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512", "any"}
    touched = page.locator("[rel=apple-touch-icon]").get_attribute("href")
    for address in [touched, *(icon["src"] for icon in told["icons"])]:
        assert page.request.get(page.url.split("/capture")[0] + address).ok
