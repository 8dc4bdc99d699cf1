"""Everything works without scripts: in the safest browsers, in old ones, with screen readers."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from evidence.models import Item

pytestmark = pytest.mark.browser


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Two small photographs."""
    paths = []
    for name, colour in (("one.jpg", "grey"), ("two.jpg", "brown")):
        jpeg = BytesIO()
        Image.new("RGB", (320, 240), colour).save(jpeg, "JPEG")
        paths.append(tmp_path / name)
        paths[-1].write_bytes(jpeg.getvalue())
    return paths


def test_an_exhibit_is_logged_photographed_sealed_and_handed_over(
    open_as, strike, amal, lena, pictures
):
    page = open_as(amal, f"/incidents/{strike.pk}/", scripts=False)
    page.get_by_role("link", name="Log an exhibit").click()
    page.get_by_label("Short description").fill("Servo with a torn cable")
    page.get_by_label("Kind").select_option("servo-actuator")
    page.locator("main form").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Servo with a torn cable")

    page.locator("main input[type=file]").first.set_input_files(pictures)
    page.get_by_role("button", name="Add files").click()
    item = Item.objects.get()
    assert item.files.count() == 2

    page.goto(f"/items/{item.pk}/")
    page.locator("summary", has_text="Seal").click()
    page.locator("#seal-form [name=seal_no]").fill("S-77")
    page.locator("#seal-form button").click()
    page.locator("summary", has_text="Hand over").click()
    page.locator("#hand_over-form [name=to]").select_option(label="Lena Vogt")
    page.locator("#hand_over-form button").click()
    expect(page.get_by_text("S-77").first).to_be_visible()
    item.refresh_from_db()
    assert (item.holder, item.offered_to, item.seal_no) == (amal, lena, "S-77")

    page = open_as(lena, f"/items/{item.pk}/", scripts=False)
    page.locator("summary", has_text="Receive").click()
    page.locator("#receive-form [name=receive-seal]").fill("S-77")
    page.locator("#receive-form button").click()
    item.refresh_from_db()
    assert (item.holder, item.offered_to) == (lena, None)


def test_a_wrong_form_comes_back_with_the_sentence_and_all_that_was_typed(open_as, strike, amal):
    page = open_as(amal, f"/incidents/{strike.pk}/items/new/", scripts=False)
    page.get_by_label("Short description").fill("Gyroscope")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.get_by_label("Quantity").fill("0")
    page.get_by_label("Kind").select_option("gyroscope-imu")
    page.locator("main form").get_by_role("button", name="Save").click()

    expect(page.get_by_label("Short description")).to_have_value("Gyroscope")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    assert not Item.objects.exists()
