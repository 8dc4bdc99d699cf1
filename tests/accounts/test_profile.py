"""One's own profile: how the product looks, and the keys of one's programs."""

import pytest
from django.urls import reverse

from accounts import services
from accounts.models import ApiToken, digest_of

PROFILE, PREFERENCES = reverse("accounts:profile"), reverse("accounts:preferences")
ISSUE = reverse("accounts:token_issue")


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


def test_times_are_told_in_the_zone_of_the_reader(browser, omar):
    services.choose_preferences(omar, time_zone="Asia/Aden")
    services.issue_token(omar, by=omar, name="sync", days=1)
    ApiToken.objects.update(last_used_at="2026-01-01T22:30:00Z")
    assert "2 Jan 2026, 01:30" in browser.get(PROFILE).content.decode()


def test_a_new_key_is_shown_once_and_only_its_digest_is_kept(browser, omar):
    page = browser.post(ISSUE, {"name": "sync", "days": "30"})
    key = page.context["new_key"]
    token = ApiToken.objects.get(user=omar)
    assert f'data-copies="{key}"' in page.content.decode()
    assert token.digest == digest_of(key)
    again = browser.get(PROFILE).content.decode()
    assert key not in again and token.prefix in again


@pytest.mark.parametrize("days", ["0", "366", "-1", "many", ""])
def test_a_key_lives_between_a_day_and_a_year(browser, days):
    answer = browser.post(ISSUE, {"name": "sync", "days": days})
    assert answer.status_code == 422
    assert 'value="sync"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_revoked_key_is_listed_as_such_and_works_no_more(browser, omar):
    token, _key = services.issue_token(omar, by=omar, name="sync", days=30)
    assert browser.post(reverse("accounts:token_revoke", args=[token.pk])).url == PROFILE
    token.refresh_from_db()
    assert token.revoked_at and not ApiToken.objects.usable().exists()
    assert "Revoked" in browser.get(PROFILE).content.decode()


def test_nobody_finds_the_key_of_another(browser, soraya):
    token, _key = services.issue_token(soraya, by=soraya, name="hers", days=30)
    assert browser.post(reverse("accounts:token_revoke", args=[token.pk])).status_code == 404
    assert token.prefix not in browser.get(PROFILE).content.decode()
