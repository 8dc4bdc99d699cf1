"""The rules hold at every door: by program as well as by page, and for two people at once."""

from collections.abc import Callable
from contextvars import copy_context
from threading import Thread

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import Agency, User
from accounts.services import issue_token
from attribution import services
from attribution.models import Finding, Hypothesis
from attribution.models.vocabulary import Standard
from core.errors import Refused
from investigations import services as investigations
from investigations.models import Notice, Role
from ledger.models import Entry
from tests.access.walking import path_to
from tests.access_table import TABLE
from tests.attribution.conftest import WRITTEN, hand_in_and_approve
from tests.conftest import person
from tests.reports.conftest import made, text_of

CANARY = "cormorant"
"""A part of the actor’s name that stands in no other text of the scene."""

OF_NO_CASE = ("account", "mfa_", "openid", "api:openapi", "exchange:api_reference")
"""How the addresses begin of pages on one’s own account, and of the description of the rest."""


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
def test_two_who_reject_at_once_still_leave_two(hypothesis, rival, making, amal, soraya):
    first, second = rival, making
    refused = at_once(
        lambda: services.reject_hypothesis(first, by=amal, reason="Excluded."),
        lambda: services.reject_hypothesis(second, by=soraya, reason="Excluded."),
    )
    assert refused == 1
    assert Hypothesis.objects.active().proposed().count() == 2


@pytest.fixture
def unreleased(finding, amal, rami, dana, mira):
    """The finding that names the brigade: approved, its release proposed, and not yet confirmed."""
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    services.release_finding(finding, by=dana, audience="public", tlp="amber")
    return finding


@pytest.fixture
def bystanders(night_raid, soraya, omar):
    """Those whom no name may reach: an outsider, a partner of the case, and its auditor."""
    abroad = Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")
    petra, odile = person("petra", agency=abroad), person("odile", agency=omar.agency)
    investigations.admit_member(night_raid, petra, roles=[Role.PARTNER], by=soraya)
    investigations.admit_member(night_raid, odile, roles=[Role.AUDITOR], by=soraya)
    return [omar, petra, odile]


def test_before_release_no_door_names_the_actor(
    client, unreleased, bystanders, night_raid, strike, gyro, brigade, hypothesis
):
    scene = {
        "": None,
        **{"case": night_raid, "incident": strike, "item": gyro, "chain": night_raid},
        **{"actor": brigade, "bystander": brigade, "hypothesis": hypothesis},
        **dict.fromkeys(["draft", "handed_in", "approved", "released", "proposed"], unreleased),
        "submission": unreleased.submissions.get(),
    }
    walked, told = 0, []
    for reader in bystanders:
        client.force_login(reader)
        for address, access in TABLE.items():
            if access.of not in scene or address.startswith(OF_NO_CASE):
                continue
            if access.get or address.endswith("_export"):
                ask = client.get if access.get else client.post
                answer = ask(path_to(address, scene[access.of]))
                body = b"".join(answer) if answer.streaming else answer.content
                walked += 1
                if CANARY in f"{body.decode(errors='replace')}{answer.headers}".lower():
                    told.append(f"{reader} reads it at {address}")
    assert told == []
    assert walked > 300, "the walk leads through the doors that there are"


def test_before_release_nothing_that_leaves_names_the_actor(
    client, unreleased, night_raid, gyro, strike, amal, mira
):
    report = made(night_raid, amal)
    assert CANARY not in f"{text_of(report)} {report.file_name}".lower()
    client.force_login(amal)
    for address, access in TABLE.items():
        below = address.endswith("_export") and not address.startswith("attribution:")
        if below and access.of in ("", "case"):
            there = path_to(address, night_raid if access.of else None)
            answer = client.post(there, {"leave_out": "on"})
            assert answer.status_code == 200, address
            rows = b"".join(answer)
            assert CANARY not in f"{rows.decode()}{answer.headers}".lower(), address
    notices = Notice.objects.filter(case=night_raid).select_related("request")
    assert notices, "the second authority is told that a release waits"
    assert CANARY not in " ".join(f"{one} {one.request}" for one in notices).lower()
    lines = Entry.objects.filter(log=night_raid.pk).values_list("body", flat=True)
    assert [line for line in lines if CANARY in line.lower()] == []


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
