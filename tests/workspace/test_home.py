"""The home page: two doors in an empty place, what needs one, and nothing of others' cases."""

import re

import pytest
from django.urls import reverse

from evidence.models import File
from investigations import services
from tests.conftest import person
from workspace.services import check_ledger

HOME = reverse("workspace:home")


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def told(browser, **query):
    return browser.get(HOME, query).content.decode()


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(HOME).url == f"{reverse('accounts:sign_in')}?next=/"


def test_an_empty_installation_offers_its_administrator_two_doors(as_, admin):
    admin.may_open_cases = True
    admin.save()
    page = told(as_(admin))
    assert reverse("workspace:start_exercise") in page
    assert reverse("investigations:case_create") in page


def test_who_may_open_cases_but_manages_nobody_finds_the_one_door_they_may_use(as_, soraya):
    page = told(as_(soraya))
    assert reverse("workspace:start_exercise") not in page
    assert "Open a case of your own" in page


def test_who_works_on_no_case_cannot_tell_whether_there_is_one(as_, omar, soraya):
    before = [without_form_keys(told(as_(user))) for user in (omar, soraya)]
    other = person("nadia", may_open_cases=True)
    services.open_case(other, title="Harbour raid", public_title="Incident", mandate="M")
    assert [without_form_keys(told(as_(user))) for user in (omar, soraya)] == before
    assert "Ask the lead of the case to admit you" in before[0]


def without_form_keys(page):
    """The same page without what each answer draws anew."""
    return re.sub(r'name="csrf[-\w]*" (value|content)="\w+"|\d\d:\d\d', "", page)


def test_ones_tasks_wait_on_the_home_page_until_they_are_done(as_, night_raid, soraya, lena):
    task = services.set_task(night_raid, by=soraya, title="Weigh the spar", owner=lena)
    assert "Weigh the spar" in told(as_(lena))
    assert "Weigh the spar" not in as_(soraya).get(HOME).context["tasks"]
    services.complete_task(task, by=lena)
    assert "Nothing waits for you." in told(as_(lena))


def test_a_case_is_a_card_with_what_is_in_it(as_, night_raid, strike, gyro, amal):
    page = as_(amal).get(HOME)
    (card,) = page.context["cards"]
    assert (card.incident_count, card.exhibit_count, card.days_open) == (1, 1, 0)
    assert "1 incident" in page.content.decode() and page.context["marking"] == strike.handling


def test_what_happened_lately_is_told_in_words(as_, night_raid, strike, amal):
    page = told(as_(amal))
    assert "entered an incident" in page and strike.ref in page and "Amal Nasser" in page


def test_files_that_wait_are_counted_for_those_who_may_see_them(as_, night_raid, amal, omar):
    File.objects.create(
        case=night_raid, sha256="0" * 64, size=1, name="a.jpg", received_by=amal, state="unreadable"
    )
    intake = as_(amal).get(HOME).context["intake"]
    assert (intake["waiting"], intake["unreadable"], intake["unassigned"]) == (0, 1, 1)


def test_the_last_check_of_a_chain_is_shown(as_, night_raid, amal):
    assert "No chain of yours has been checked yet." in told(as_(amal))
    check_ledger(night_raid, by=amal)
    assert as_(amal).get(HOME).context["integrity"]["whole"]


def test_the_home_page_asks_no_more_with_many_cases(
    as_, soraya, night_raid, strike, gyro, django_assert_max_num_queries
):
    for number in range(10):
        services.open_case(soraya, title=f"C{number}", public_title="P", mandate="M")
        services.set_task(night_raid, by=soraya, title=f"T{number}", owner=soraya)
    browser = as_(soraya)
    browser.get(HOME)
    with django_assert_max_num_queries(16):
        page = browser.get(HOME)
    assert len(page.context["cards"]) == 6 and page.context["more_cases"]
