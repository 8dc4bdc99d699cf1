"""One's own profile: how the product looks and speaks."""

import pytest
from django.urls import reverse

PROFILE, PREFERENCES = reverse("accounts:profile"), reverse("accounts:preferences")


@pytest.fixture
def browser(client, omar):
    client.force_login(omar)
    return client


def test_the_whole_form_changes_everything_and_an_empty_box_is_off(browser, omar):
    chosen = {"language": "en", "time_zone": "Asia/Aden", "theme": "dark", "density": "compact"}
    answer = browser.post(PREFERENCES, {**chosen, "whole_form": "1", "next": PROFILE})
    assert answer.url == PROFILE
    omar.refresh_from_db()
    assert (omar.time_zone, omar.theme, omar.density) == ("Asia/Aden", "dark", "compact")
    assert omar.keyboard is False


def test_one_button_of_the_menu_changes_only_its_own_preference(browser, omar):
    browser.post(PREFERENCES, {"theme": "dark"})
    omar.refresh_from_db()
    assert (omar.theme, omar.density, omar.keyboard) == ("dark", "cosy", True)


def test_a_zone_that_does_not_exist_is_refused(browser, omar):
    answer = browser.post(PREFERENCES, {"time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    omar.refresh_from_db()
    assert omar.time_zone == "UTC"
