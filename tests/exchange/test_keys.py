"""Keys of one's programs: how far they reach, how long they live, and that nobody else has them."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts import services
from accounts.models import ApiToken, Scope, digest_of
from investigations import services as investigations

KEYS = reverse("exchange:key_list")
ASKED = {"name": "sync", "days": "30", "scopes": [Scope.READ, Scope.WRITE]}


@pytest.fixture
def browser(client, omar):
    client.force_login(omar)
    return client


def program(user, **reach):
    """A program with a fresh key of this person's."""
    _token, key = services.issue_token(user, by=user, name="sync", days=30, **reach)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client


def test_times_are_told_in_the_zone_of_the_reader(browser, omar):
    services.choose_preferences(omar, time_zone="Asia/Aden")
    services.issue_token(omar, by=omar, name="sync", days=1)
    ApiToken.objects.update(last_used_at="2026-01-01T22:30:00Z")
    assert "2 Jan 2026, 01:30" in browser.get(KEYS).content.decode()


def test_a_new_key_is_shown_once_and_only_its_digest_is_kept(browser, omar):
    page = browser.post(KEYS, ASKED)
    key = page.context["new_key"]
    token = ApiToken.objects.get(user=omar)
    assert f'data-copies="{key}"' in page.content.decode()
    assert token.digest == digest_of(key)
    again = browser.get(KEYS).content.decode()
    assert key not in again and token.prefix in again


@pytest.mark.parametrize("days", ["0", "366", "-1", "many", ""])
def test_a_key_lives_between_a_day_and_a_year(browser, days):
    answer = browser.post(KEYS, {**ASKED, "days": days})
    assert answer.status_code == 422
    assert 'value="sync"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_revoked_key_is_listed_as_such_and_works_no_more(browser, omar):
    token, _key = services.issue_token(omar, by=omar, name="sync", days=30)
    assert browser.post(reverse("accounts:token_revoke", args=[token.pk])).url == KEYS
    token.refresh_from_db()
    assert token.revoked_at and not ApiToken.objects.usable().exists()
    assert "Revoked" in browser.get(KEYS).content.decode()


def test_nobody_finds_the_key_of_another(browser, soraya):
    token, _key = services.issue_token(soraya, by=soraya, name="hers", days=30)
    assert browser.post(reverse("accounts:token_revoke", args=[token.pk])).status_code == 404
    assert token.prefix not in browser.get(KEYS).content.decode()


def test_a_key_for_reading_changes_nothing(night_raid, amal):
    reader = program(amal, scopes=[Scope.READ])
    assert reader.get("/api/v1/cases/").status_code == 200
    answer = reader.post("/api/v1/incidents/", {"case": str(night_raid.pk), "title": "x"})
    assert answer.status_code == 403
    assert "enter and change records" in answer.json()["detail"]


def test_a_key_that_may_write_does_not_decide(night_raid, rami):
    writer = program(rami, scopes=[Scope.READ, Scope.WRITE])
    nowhere = "/api/v1/findings/01890000-0000-7000-8000-000000000000/review/"
    assert writer.post(nowhere, {}).status_code == 403


def test_a_key_bound_to_a_case_finds_no_other(night_raid, soraya):
    other = investigations.open_case(soraya, title="a", public_title="b", mandate="c")
    bound = program(soraya, case_ids=[other.pk])
    listed = bound.get("/api/v1/cases/").json()["results"]
    assert [row["id"] for row in listed] == [str(other.pk)]
    assert bound.get(f"/api/v1/cases/{night_raid.pk}/").status_code == 404


def test_a_key_bound_to_a_case_opens_none(night_raid, soraya):
    bound = program(soraya, case_ids=[night_raid.pk])
    said = {"title": "a", "public_title": "b", "mandate": "c"}
    assert bound.post("/api/v1/cases/", said, format="json").status_code == 403


def test_only_cases_of_ones_own_can_be_chosen(browser, night_raid):
    answer = browser.post(KEYS, {**ASKED, "cases": [str(night_raid.pk)]})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_key_reaches_nothing_without_a_scope(browser):
    assert browser.post(KEYS, {**ASKED, "scopes": []}).status_code == 422


def test_what_a_key_reaches_stands_in_the_list(client, night_raid, amal):
    services.issue_token(
        amal, by=amal, name="sync", days=30, scopes=[Scope.READ], case_ids=[night_raid.pk]
    )
    client.force_login(amal)
    page = client.get(KEYS).content.decode()
    assert "read records" in page and night_raid.ref in page
    assert "judge, review and release · " not in page
