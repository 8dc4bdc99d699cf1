"""Storage in a real browser: labels, places, checks and loans, on a desk and on a phone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from evidence import services
from evidence.models import Sighting
from tests.evidence.test_storage import another, box, house, idris, room

__all__ = ["box", "house", "idris", "room"]
SHOTS = os.environ.get("SHOTS", "")
LOOKS = [{}, {"theme": "dark"}, {"language": "ar"}]


@pytest.fixture
def pages(gyro, amal, soraya, idris, house, room, box) -> dict[str, str]:
    """A store with a box in it, an exhibit that is lent, and a check under way and one finished."""
    spar, lent = another(gyro, amal, hazards=["battery-Li", "fuel"]), another(gyro, amal)
    for item in (gyro, spar):
        services.store_item(item, storage=box, by=amal)
    services.open_place(
        None, by=idris, parent=house, name="Bunker", kind="room", licensed_for_explosives=True
    )
    due = timezone.now().date() + timedelta(days=30)
    words = {"party": "Institute of Metallurgy", "purpose": "Metallography"}
    loan = services.ask_to_let_out(lent, by=amal, legal_basis="Order 7", due=due, **words)
    services.agree_to_loan(loan.request, by=soraya)
    services.hand_out(loan, by=amal)
    done = services.begin_stocktake(room, by=idris)
    services.note_seen(done, by=idris, scanned=gyro.scanned_as)
    services.finish_stocktake(done, by=idris)
    under_way = services.begin_stocktake(box, by=idris)
    services.note_seen(under_way, by=idris, scanned=spar.scanned_as)
    return {
        "labels": f"{reverse('reports:labels')}?item={gyro.pk}&item={spar.pk}&place={box.pk}",
        "evidence": reverse("evidence:item_list"),
        "storage": reverse("evidence:place_list"),
        "place": reverse("evidence:place_detail", args=[box.pk]),
        "new-place": f"{reverse('evidence:place_create')}?in={house.pk}",
        "move": f"{reverse('evidence:items_move')}?item={gyro.pk}",
        "check": reverse("evidence:stocktake_detail", args=[under_way.pk]),
        "result": reverse("evidence:stocktake_detail", args=[done.pk]),
        "loans": reverse("evidence:loan_list"),
        "loan": reverse("evidence:loan_detail", args=[loan.pk]),
        "ask": reverse("evidence:loan_create", args=[gyro.pk]),
        "item": reverse("evidence:item_detail", args=[lent.pk]),
    }


def barriers(page) -> list[str]:
    """What keeps people out who read with their ears or their keyboard."""
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}]


def shoot(page, name: str) -> None:
    """Keep a picture of the page, where somebody asked for pictures."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS, f"{name}.png")), full_page=True)


@pytest.mark.browser
def test_the_pages_of_the_store_are_free_of_barriers_in_every_look(open_as, idris, pages):
    for looks in LOOKS:
        page = open_as(idris, pages["storage"], **looks)
        for name, path in pages.items():
            page.goto(path)
            shoot(page, f"{name}-{'-'.join(looks.values()) or 'light'}")
            assert barriers(page) == [], path


@pytest.mark.browser
def test_none_is_wider_than_a_phone(open_as, idris, pages):
    page = open_as(idris, pages["storage"], width=390)
    for name, path in pages.items():
        page.goto(path)
        shoot(page, f"{name}-phone")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


@pytest.mark.browser
def test_a_hand_scanner_types_and_presses_enter_one_label_after_the_other(
    open_as, idris, gyro, pages
):
    page = open_as(idris, pages["check"], width=390)
    field = page.locator("[name=scanned]")
    assert field.evaluate("box => box === document.activeElement")
    scans = [(gyro.scanned_as, gyro.exhibit_no), ("VST-1999-0001/EV-0001", "counted without")]
    for code, told in scans:
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        page.locator("#scan [role=status] p", has_text=told).wait_for()
        assert field.input_value() == ""
        assert field.evaluate("box => box === document.activeElement")
    assert Sighting.objects.filter(item=gyro, stocktake__finished_at=None).exists()
    page.locator("#global-search").fill(gyro.scanned_as)
    page.locator("#global-search").press("Enter")
    page.wait_for_url(f"**{reverse('evidence:item_detail', args=[gyro.pk])}")
