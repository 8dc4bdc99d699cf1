"""API keys: hashed, expiring, revoked at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services
from accounts.models import ApiToken
from core.errors import Refused


def test_a_key_opens_the_cases_of_its_owner_only(night_raid, amal, omar, as_program):
    assert len(as_program(amal).get("/api/v1/cases/").json()["results"]) == 1
    assert as_program(omar).get("/api/v1/cases/").json()["results"] == []


def test_without_a_key_nothing_is_told(night_raid):
    answer = APIClient().get("/api/v1/cases/")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("key", ["vst_00000000_wrong", "nonsense", "vst_x", "other_a_b"])
def test_a_wrong_key_is_refused_in_one_sentence(db, key):
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    answer = program.get("/api/v1/cases/")
    assert answer.status_code == 401
    assert "unknown, expired or revoked" in answer.json()["detail"]


def test_an_expired_key_is_refused(amal, as_program):
    program = as_program(amal)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert program.get("/api/v1/cases/").status_code == 401


def test_a_revoked_key_is_refused_on_the_next_request(amal, as_program):
    program = as_program(amal)
    assert program.get("/api/v1/cases/").status_code == 200
    services.revoke_token(ApiToken.objects.get(), by=amal)
    assert program.get("/api/v1/cases/").status_code == 401


def test_the_key_itself_is_not_stored(amal):
    token, key = services.issue_token(amal, by=amal, name="sync", days=1)
    token.refresh_from_db()
    assert key not in str(vars(token))
    assert len(token.digest) == 64


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_key_lives_a_year_at_most(amal, days):
    with pytest.raises(Refused):
        services.issue_token(amal, by=amal, name="sync", days=days)
