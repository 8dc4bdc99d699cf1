"""The first case from the first photograph to the released finding, told by four people."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from attribution.models import Finding
from catalogue.models import ComponentCategory
from comparison.models import Link
from evidence import services as evidence
from evidence.models import File
from reports.models import Report
from tests.conftest import eventually
from workspace.exercise.plates import Shot, photograph

pytestmark = pytest.mark.browser

STATEMENT = "Both gyroscopes were made in one production run."


@pytest.fixture
def photographs(tmp_path: Path, strike) -> list[Path]:
    """Two photographs of a gyroscope as a camera writes them."""
    paths = []
    for number in (1, 2):
        shot = Shot(
            shape="round",
            lines=("AEROTEK", "V10-A", "S/N 004120"),
            removed=False,
            label="G-1",
            taken=datetime(2026, 3, 14, 9, 30 + number, tzinfo=UTC),
            latitude=-34.5,
            longitude=-16.2,
        )
        path = tmp_path / f"DSC_000{number}.jpg"
        path.write_bytes(photograph(shot, seed=str(number)))
        paths.append(path)
    return paths


@pytest.fixture
def seen_before(harbour, amal):
    """The same part in another theatre, logged long ago."""
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    item = evidence.log_item(
        harbour.case, by=amal, incident=harbour, kind=kind, description="Gyroscope of the harbour"
    )
    return evidence.describe_component(
        item,
        by=amal,
        category=kind,
        maker_as_marked="Aerotek",
        maker_status="marked",
        part_number="V10-A",
        serial_number="SN-004128",
        finish="five ribs",
    )


def test_a_part_is_logged_seen_before_judged_and_reported(
    signed_in, worker, strike, seen_before, photographs, amal, lena, rami, dana
):
    analyst = signed_in(amal)
    log_the_gyroscope(analyst, strike, photographs)
    describe_it(analyst)
    link = eventually(lambda: Link.objects.filter(cross_theatre=True).first())
    examiner = signed_in(lena)
    judge_it(examiner, link)
    draft_a_finding(analyst, strike)
    assert STATEMENT not in report_text(analyst, strike)

    finding = analyst.url if "/findings/" in analyst.url else finding_address()
    sign_it(signed_in(rami), finding)
    assert STATEMENT not in report_text(analyst, strike)

    release_it(signed_in(dana), finding)
    assert STATEMENT in report_text(analyst, strike)


def log_the_gyroscope(page: Page, strike, photographs: list[Path]) -> None:
    page.goto(f"/incidents/{strike.pk}/")
    page.get_by_role("link", name="Log an exhibit").click()
    page.get_by_label("Short description").fill("Vertical gyroscope in a cast housing")
    page.get_by_label("Kind").select_option("gyroscope-imu")
    page.locator("main form").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vertical gyroscope")
    page.locator("main input[type=file]").first.set_input_files(photographs)
    page.wait_for_timeout(300)
    if page.get_by_role("button", name="Add files").is_visible():
        page.get_by_role("button", name="Add files").click()
    eventually(lambda: File.objects.filter(state="ready").count() == 2, seconds=60)
    page.reload()
    expect(page.get_by_text("-34.5").first).to_be_visible()
    expect(page.get_by_text("claimed").first).to_be_visible()


def describe_it(page: Page) -> None:
    page.get_by_role("link", name="Describe").click()
    page.get_by_label("Category").select_option("gyroscope-imu")
    page.get_by_label("Maker as marked").fill("Aerotek")
    page.get_by_label("Maker known from").select_option("marked")
    page.get_by_label("Part number as marked").fill("V10-A")
    page.get_by_label("Serial number as marked").fill("SN-004120")
    page.get_by_label("State of the serial number").select_option("present-legible")
    page.locator("main form").get_by_role("button", name="Save").click()
    expect(page.get_by_text("SN-004120").first).to_be_visible()


def judge_it(page: Page, link: Link) -> None:
    page.goto("/comparisons/")
    page.locator(f"a[href='/comparisons/{link.pk}/']").first.click()
    expect(page.get_by_text("does not address who used either weapon").first).to_be_visible()
    page.get_by_label("same make and model").check()
    page.get_by_label("moderate").check()
    page.get_by_label("Reason").fill("The same casting and lettering; serials eight apart.")
    page.locator("main form").get_by_role("button", name="Save", exact=True).click()
    eventually(lambda: link.judgements.exists())


def draft_a_finding(page: Page, strike) -> None:
    page.goto(f"/hypotheses/new/{strike.case_id}/")
    page.get_by_label("Statement").fill("The gyroscopes came from one production run.")
    page.get_by_label("What would show it to be wrong").fill("Two buyers of the run.")
    page.get_by_label("Level").select_option("3")
    page.locator("main form").get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Draft a finding").first.click()
    page.get_by_label("Statement").fill(STATEMENT)
    page.get_by_label("likely (55–80 %)", exact=True).check()
    page.get_by_label("moderate").check()
    for label in (
        "What the confidence rests on",
        "Key assumptions",
        "Alternatives considered",
        "What would change this finding",
        "Why no contrary evidence is cited",
        "Gaps and limits",
    ):
        page.get_by_label(label).fill("Two examiners looked at the parts.")
    page.locator("main form").get_by_role("button", name="Save").click()
    cite_the_exhibit(page)
    page.get_by_role("button", name="Hand in for review").click()
    eventually(lambda: finding_status() == "in-review")


def cite_the_exhibit(page: Page) -> None:
    page.get_by_text("Cite an exhibit").first.click()
    form = page.locator("#exhibit-form")
    form.get_by_label("Exhibit").fill("EV-0002")
    form.get_by_label("Which way it points").select_option("supports")
    form.get_by_role("button", name="Cite").click()
    expect(page.get_by_text("EV-0002").first).to_be_visible()


def finding_status() -> str:
    return Finding.objects.get().status


def finding_address() -> str:
    return f"/findings/{Finding.objects.get().pk}/"


def sign_it(page: Page, finding: str) -> None:
    page.goto(finding)
    for box in page.locator("[name=standards_met]").all():
        box.check()
    page.get_by_label("approve").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    eventually(lambda: finding_status() == "approved")


def release_it(page: Page, finding: str) -> None:
    page.goto(finding)
    form = page.locator("form[action$='/release/']").first
    form.locator("[name=audience]").select_option("partners")
    form.locator("[name=tlp]").select_option("amber")
    form.get_by_role("button").last.click()
    eventually(lambda: finding_status() == "released")


def report_text(page: Page, strike) -> str:
    """The text of a report made now, as it is downloaded."""
    before = set(Report.objects.values_list("pk", flat=True))
    page.goto(f"/cases/{strike.case_id}/reports/")
    page.get_by_role("button", name="Make the report").click()
    made = eventually(lambda: Report.objects.exclude(pk__in=before).filter(state="ready").first())
    page.goto(f"/reports/{made.pk}/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").or_(
            page.get_by_role("link", name="Download")
        ).first.click()
    reader = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
