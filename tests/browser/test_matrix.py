"""The matrix by keyboard alone, in both scripts, and on paper."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from attribution import services
from attribution.models import Cell, Hypothesis, MatrixRow
from tests.attribution.conftest import (
    brigade,
    claim,
    guard,
    hypothesis,
    rival,
    statement,
)

__all__ = ["brigade", "claim", "guard", "hypothesis", "rival", "statement"]
pytestmark = pytest.mark.browser


@pytest.fixture
def row(night_raid, hypothesis, rival, claim, amal) -> MatrixRow:
    """The claim as a row before two hypotheses and the two standing ones."""
    return services.add_matrix_row(night_raid, claim, by=amal)


@pytest.mark.parametrize(("language", "onward"), [("en", "ArrowRight"), ("ar", "ArrowLeft")])
def test_a_sheet_is_filled_in_and_handed_in_without_a_mouse(
    open_as, night_raid, row, amal, language, onward
):
    page: Page = open_as(amal, f"/cases/{night_raid.pk}/matrix/sheet/", language=language)
    page.locator("[data-rates] select").first.focus()
    for key in ("5", "r"):
        page.keyboard.press(key)
    page.keyboard.type("The radar shows another road.")
    for key in ("Escape", onward, "2", onward, "3", onward, "3"):
        page.keyboard.press(key)
    page.locator("[name=hand-in]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{night_raid.pk}/matrix/")

    given = Cell.objects.order_by("hypothesis_id")
    assert [cell.rating for cell in given] == ["II", "C", "N", "N"]
    assert given[0].rationale == "The radar shows another road."


def test_the_matrix_prints_with_its_rows_its_rivals_and_what_was_given(
    open_as, night_raid, row, hypothesis, amal
):
    rated = {(row.pk, one.pk): ("II", "") for one in Hypothesis.objects.filter(case=night_raid)}
    services.hand_in_sheet(night_raid, by=amal, version=0, ratings=rated)
    page: Page = open_as(amal, f"/cases/{night_raid.pk}/matrix/")
    expect(page.locator("#matrix table")).to_be_visible()
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    text = " ".join(leaf.extract_text() for leaf in printed.pages)
    assert row.name in text and hypothesis.ref in text and "II" in text
