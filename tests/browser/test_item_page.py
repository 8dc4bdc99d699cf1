"""The page of an exhibit: a region is drawn, the scale bar calibrates, a length is measured."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from catalogue.models import ComponentCategory
from core.scope import system_scope
from evidence import services
from evidence.imaging.reading import Read, Reading
from evidence.models import Calibration, Component, File, Marking
from evidence.services.reading import jobs, note_reading
from tests.evidence.photographs import photograph

pytestmark = pytest.mark.browser
BOX = {"left": 100, "top": 300, "width": 200, "height": 300}
LOOKS = [{}, {"theme": "dark"}, {"language": "ar"}, {"width": 390}]


@pytest.fixture
def photo(gyro, amal) -> File:
    for width in (800, 600):
        file = services.receive_file(
            gyro.case, by=amal, chunks=[photograph(width)], name=f"{width}.jpg", item=gyro
        )
        services.examine_file(file)
    return gyro.files.order_by("id").first()


@pytest.fixture
def board(gyro, amal) -> Component:
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    return services.describe_component(gyro, by=amal, category=kind, part_number="KD-9-104-A")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw on the picture, from one place of it to another, as fractions of its stage."""
    page.evaluate("document.querySelector('.viewer-canvas').scrollIntoView({block: 'center'})")
    stage = page.locator(".viewer-canvas").first.bounding_box()
    assert stage
    spots = [
        (stage["x"] + x * stage["width"], stage["y"] + y * stage["height"]) for x, y in (start, end)
    ]
    page.mouse.move(*spots[0])
    page.mouse.down()
    page.mouse.move(*spots[1], steps=6)
    page.mouse.up()


def shown(page: Page) -> Page:
    page.wait_for_selector("figure.viewer-live")
    page.wait_for_timeout(400)
    return page


def test_a_region_drawn_on_the_page_becomes_that_of_a_marking(open_as, amal, gyro, board, photo):
    page = shown(open_as(amal, f"/items/{gyro.pk}/?file={photo.pk}"))
    page.locator("details:has([data-region-row]) > summary").click()
    page.keyboard.press("b")
    expect(page.locator("[data-mode=box]")).to_have_attribute("aria-pressed", "true")
    drag(page, (0.45, 0.45), (0.55, 0.55))
    typed = [int(page.locator(f"[data-side={side}]").input_value()) for side in BOX]
    assert all(0 < value < 1000 for value in typed)
    page.locator("[data-region-row] button").first.click()
    page.wait_for_url("**/markings/new/**")
    assert [int(page.locator(f"#id_{side}").input_value()) for side in BOX] == typed
    shown(page)
    expect(page.locator(".viewer-marks polygon.new")).to_have_count(1)


def click(page: Page, x: float, y: float) -> None:
    """One quick click on the picture, at a place given as fractions of its stage."""
    stage = page.locator(".viewer-canvas").first.bounding_box()
    assert stage
    page.mouse.click(stage["x"] + x * stage["width"], stage["y"] + y * stage["height"])


def outlined(page: Page, *spots: tuple[float, float]) -> Page:
    """Corners are clicked, so slowly that no two are a double click."""
    page.evaluate("document.querySelector('.viewer-canvas').scrollIntoView({block: 'center'})")
    for spot in spots:
        click(page, *spot)
        page.wait_for_timeout(500)
    return page


def test_an_outline_is_clicked_closed_undone_and_left(open_as, amal, gyro, board, photo):
    page = shown(open_as(amal, f"/items/{gyro.pk}/?file={photo.pk}"))
    spots = page.locator(".viewer-marks circle.new")
    page.keyboard.press("p")
    outlined(page, (0.42, 0.42), (0.58, 0.42), (0.3, 0.3))
    expect(spots).to_have_count(3)
    page.keyboard.press("Backspace")
    expect(spots).to_have_count(2)
    page.keyboard.press("Escape")
    expect(spots).to_have_count(0)
    expect(page.locator("[data-mode=outline]")).to_have_attribute("aria-pressed", "false")

    page.locator("[data-mode=outline]").click()
    outlined(page, (0.42, 0.42), (0.58, 0.42), (0.5, 0.6), (0.42, 0.42))
    typed = page.locator("[data-side=outline]").input_value()
    corners = [[int(side) for side in corner.split(",")] for corner in typed.split()]
    assert len(corners) == 3 and all(0 < side < 1000 for corner in corners for side in corner)
    page.locator("[data-region-row] button").first.click()
    page.wait_for_url("**/markings/new/**")
    expect(page.locator("#id_outline")).to_have_value(typed)
    page.locator("#id_kind").select_option("serial")
    page.locator("#id_state").select_option("present-legible")
    page.locator("#id_as_seen").fill("73-10")
    page.locator("#form button[type=submit]").first.click()
    page.wait_for_url(f"**/items/{gyro.pk}/**")
    assert Marking.objects.get().region == {"corners": corners}


def test_a_length_is_measured_by_the_scale_bar(open_as, amal, gyro, photo):
    page = shown(open_as(amal, f"/files/{photo.pk}/calibrate/"))
    page.keyboard.press("m")
    drag(page, (0.4, 0.5), (0.6, 0.5))
    ends = [int(page.locator(f"[data-end={end}]").input_value()) for end in ("from_x", "to_x")]
    assert 0 <= ends[0] < ends[1] <= photo.width
    page.locator("[name=length_mm]").fill("100")
    page.locator("#form button").click()
    page.wait_for_url(f"**/items/{gyro.pk}/**")
    assert Calibration.objects.get().length_mm == 100

    shown(page)
    page.locator("[data-mode=measure]").click()
    drag(page, (0.4, 0.4), (0.6, 0.4))
    told = page.locator("[data-measured]").inner_text()
    assert "mm" in told and 60 < float(told.split(" mm")[0]) < 140


def test_a_row_flies_to_its_region_and_two_pictures_stand_side_by_side(
    open_as, amal, gyro, board, photo
):
    services.record_marking(
        board,
        by=amal,
        kind="serial",
        state="present-partial",
        as_seen="73-10?1",
        photo=photo,
        region=BOX,
    )
    page = shown(open_as(amal, f"/items/{gyro.pk}/?file={photo.pk}"))
    expect(page.locator(".viewer-marks polygon")).to_have_count(1)
    page.locator("[data-flies]").first.click()
    expect(page.locator(".viewer-marks polygon.chosen")).to_have_count(1)
    page.locator("#picture-deeds form button[type=submit]").first.click()
    page.wait_for_url("**beside=**")
    shown(page)
    expect(page.locator("figure.viewer-live")).to_have_count(2)


def test_names_of_what_a_machine_read_hide_nothing_until_one_is_chosen(open_as, amal, gyro, photo):
    lines = [
        Reading("ocr", text, "", [100, top, 300, 80], 940, {}, "rapidocr 0")
        for text, top in (("SN 004120", 100), ("LOT 2408", 200), ("7", 900))
    ]
    with system_scope("readings"):
        note_reading(photo, Read(tuple(lines)), lease=jobs.BY_HAND)
    page = shown(open_as(amal, f"/items/{gyro.pk}/?file={photo.pk}"))
    named = page.locator(".viewer-marks text:not(:empty)")

    expect(page.locator(".viewer-marks polygon.proposed")).to_have_count(3)
    expect(named).to_have_count(0)
    expect(page.locator("#proposals details li")).to_be_hidden()
    page.locator("#proposals [data-flies]").first.click()
    expect(named).to_have_text(["SN 004120"])


@pytest.mark.parametrize("looks", LOOKS, ids=str)
def test_the_pages_of_evidence_are_free_of_barriers(open_as, amal, gyro, board, photo, looks):
    marking = services.record_marking(
        board,
        by=amal,
        kind="serial",
        state="present-partial",
        as_seen="73",
        photo=photo,
        region=BOX,
    )
    line = {"start": (20, 30), "end": (320, 30), "length_mm": Decimal(150)}
    services.calibrate(photo, by=amal, **line)
    page = open_as(amal, "/profile/", **looks)
    paths = [
        *(f"/items/{gyro.pk}/?file={photo.pk}", f"/markings/{marking.pk}/"),
        *(f"/files/{photo.pk}/", f"/files/{photo.pk}/redact/", f"/files/{photo.pk}/establish/"),
        *(f"/items/{gyro.pk}/split/", f"/files/{photo.pk}/calibrate/"),
    ]
    barriers = {}
    for path in paths:
        page.goto(path)
        found = Axe().run(page).response["violations"]
        serious = [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if serious or beyond > 0:
            barriers[path] = (serious, beyond)
    assert barriers == {}
