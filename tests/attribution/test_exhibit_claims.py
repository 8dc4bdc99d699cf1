"""What is claimed of an exhibit: told on its page, and side by side where it conflicts."""

import pytest
from django.urls import reverse

from attribution import services
from attribution.models import Claim
from catalogue.models import ComponentCategory
from evidence.models import Component
from evidence.services import describe_component, log_item
from tests.attribution.conftest import said
from tests.attribution.test_claim_pages import as_, at, words

__all__ = ["as_"]


@pytest.fixture
def board(gyro, amal) -> Component:
    """What is described on the exhibit."""
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    return describe_component(gyro, by=amal, category=kind, part_number="KD-9-104-A")


@pytest.fixture
def seller(night_raid, gyro, amal) -> Claim:
    """The seller says that it is a toy."""
    return said(night_raid, amal, item=gyro, citation="Letter of the seller", fact="identity",
                value="a toy", interested_party=True)  # fmt: skip


@pytest.fixture
def guarded(night_raid, gyro, statement, amal) -> Claim:
    """The guard says that it is a gyroscope."""
    return said(night_raid, amal, item=gyro, statement=statement, fact="identity",
                value="a gyroscope")  # fmt: skip


@pytest.fixture
def made(night_raid, board, amal) -> Claim:
    """A newspaper says where the board was made."""
    return said(night_raid, amal, component=board, citation="Daily", fact="manufacture",
                value="Ruritania")  # fmt: skip


@pytest.fixture
def of_a_wing(night_raid, strike, amal) -> Claim:
    """Something said of another exhibit."""
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    wing = log_item(night_raid, by=amal, incident=strike, kind=kind, description="A wing")
    return said(night_raid, amal, item=wing, citation="Daily", fact="identity", value="a door")


def shown(browser, gyro):
    return browser.get(reverse("evidence:item_detail", args=[gyro.pk]))


def test_conflicting_claims_of_an_exhibit_stand_side_by_side(as_, seller, guarded, gyro, amal):
    (account,) = as_(amal).get(at("item_claims", gyro.pk)).context["accounts"]
    assert account.is_contested
    assert {side.says for side in account.sides} == {"a toy", "a gyroscope"}


def test_claims_of_its_components_stand_below_those_of_the_exhibit(as_, made, seller, gyro, amal):
    accounts = as_(amal).get(at("item_claims", gyro.pk)).context["accounts"]
    assert [account.subject for account in accounts] == [gyro, made.component]


def test_claims_of_another_exhibit_or_of_the_attack_are_left_out(as_, claim, of_a_wing, gyro, amal):
    answer = as_(amal).get(at("item_claims", gyro.pk))
    assert answer.context["accounts"] == []
    assert "Nothing is claimed yet" in words(answer)


def test_the_page_of_an_exhibit_leads_from_a_fact_to_its_claims(as_, seller, guarded, gyro, amal):
    page = shown(as_(amal), gyro)
    assert f"{at('item_claims', gyro.pk)}#fact-identity" in page.content.decode()
    assert "2 claims that differ" in words(page)


def test_a_fact_without_a_field_is_named_beside_its_claims(as_, made, gyro, amal):
    page = shown(as_(amal), gyro)
    there = f"{at('item_claims', gyro.pk)}#fact-manufacture-{made.component_id}"
    assert there in page.content.decode()
    assert "where and by whom this unit was made 1 claim" in words(page)


def test_what_was_set_aside_is_told_on_no_exhibit(as_, seller, gyro, amal):
    services.set_aside_claim(seller, by=amal, reason="Another letter.")
    assert "#fact-identity" not in shown(as_(amal), gyro).content.decode()


def test_a_claim_begun_on_an_exhibit_is_about_it(as_, gyro, night_raid, amal):
    page = as_(amal).get(at("item_claims", gyro.pk)).content.decode()
    there = f"{at('claim_create', night_raid.pk)}?item={gyro.pk}"
    assert there in page
    assert as_(amal).get(there).context["form"]["item"].value() == gyro.exhibit_no


def test_the_claims_of_an_exhibit_are_asked_for_once_however_many(
    as_, board, seller, gyro, night_raid, amal, django_assert_max_num_queries
):
    browser = as_(amal)
    shown(browser, gyro)
    with django_assert_max_num_queries(60) as few:
        shown(browser, gyro)
    for number in range(6):
        said(night_raid, amal, component=board, citation=f"Daily {number}", fact="design",
             value=f"{number}")  # fmt: skip
        said(night_raid, amal, item=gyro, citation=f"Daily {number}", fact="recovery",
             value=f"{number}")  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        shown(browser, gyro)


def test_outsiders_are_told_there_is_no_such_exhibit(as_, seller, gyro, omar):
    assert as_(omar).get(at("item_claims", gyro.pk)).status_code == 404
