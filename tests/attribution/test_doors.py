"""The rules hold at every door: by program as well as by page, and for two people at once."""

from collections.abc import Callable
from contextvars import copy_context
from threading import Thread

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import issue_token
from attribution import services
from attribution.models import Finding, Hypothesis
from attribution.models.vocabulary import Standard
from core.errors import Refused
from tests.attribution.conftest import WRITTEN


def program_of(user: User) -> APIClient:
    """A program that speaks for `user`."""
    _token, key = issue_token(user, by=user, name="sync", days=30)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client


def test_no_program_reviews_or_releases_for_an_author(hypothesis, report, hala):
    own = services.draft_finding(hypothesis, by=hala, **WRITTEN)
    services.cite(own, report, by=hala, stance="supports")
    program, there = program_of(hala), f"/api/v1/findings/{own.pk}/"
    assert program.post(there + "submit/").status_code == 200
    signed = {"verdict": "approve", "standards_met": Standard.values}
    assert program.post(there + "review/", signed, format="json").status_code == 422
    decided = {"audience": "public", "tlp": "clear"}
    assert program.post(there + "release/", decided, format="json").status_code == 422
    assert not Finding.objects.released().exists()


def test_no_program_reads_the_draft_of_another(finding, farid, omar):
    for somebody in (farid, omar):
        program = program_of(somebody)
        assert program.get(f"/api/v1/findings/{finding.pk}/").status_code == 404
        assert program.get("/api/v1/findings/").json()["results"] == []


@pytest.mark.django_db(transaction=True)
def test_two_who_reject_at_once_still_leave_two(hypothesis, amal, soraya):
    services.propose_hypothesis(hypothesis.case, by=amal, statement="Somebody else did.")
    services.reject_hypothesis(Hypothesis.objects.get(kind="other"), by=amal, reason="Excluded.")
    first, second = Hypothesis.objects.filter(kind="ordinary")
    refused = at_once(
        lambda: services.reject_hypothesis(first, by=amal, reason="Excluded."),
        lambda: services.reject_hypothesis(second, by=soraya, reason="Excluded."),
    )
    assert refused == 1
    assert Hypothesis.objects.active().count() == 2


def at_once(*deeds: Callable[[], object]) -> int:
    """Do them in threads of their own; the number that were refused."""
    refusals: list[Refused] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            deed()
        except Refused as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=copy_context().run, args=[run, deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refusals)
