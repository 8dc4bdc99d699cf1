"""How far the signer has come, as operators and leads are told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Agency, User
from core.scope import system_scope
from investigations.models import Case
from ledger.models import Alarm, Entry
from ledger.services import record
from ledger.standing import KEPT, Standing, keep_standing, standing
from ledger.tasks import watch_signer
from tests.ledger.conftest import as_signer


@pytest.fixture(autouse=True)
def _nothing_kept() -> Any:
    cache.delete(KEPT)
    yield
    cache.delete(KEPT)


def test_the_oldest_line_without_a_signature_is_what_counts(
    chain: list[Entry], mission: Agency, signed: Callable[..., int]
) -> None:
    with system_scope("look"):
        assert standing().waits_since == Entry.objects.order_by("at").first().at  # type: ignore[union-attr]
        signed()
        assert standing() == Standing(None, 0)
        line = record(None, "tests.said", mission)
        assert standing().waits_since == line.at
        assert not standing().needs_somebody


def test_a_line_waits_no_longer_than_a_minute() -> None:
    now = timezone.now()
    assert Standing(now - timedelta(seconds=61), 0).is_late
    assert not Standing(now - timedelta(seconds=50), 0).is_late


def test_leads_and_administrators_are_told_that_the_signer_is_late(
    night_raid: Case, amal: User, lena: User, client: Client
) -> None:
    cache.set(KEPT, (timezone.now() - timedelta(minutes=5), 0))
    assert b'id="signer-alarm"' in page(client, night_raid.lead)
    assert b'id="signer-alarm"' not in page(client, lena)


def test_an_alarm_is_told_as_long_as_it_lasts(
    chain: list[Entry], night_raid: Case, client: Client, mission: Agency
) -> None:
    now = timezone.now()
    with as_signer():
        alarm = Alarm.objects.create(
            log=mission.ledger_log, reason="cut", signed_size=5, found_size=3, last_at=now
        )
    watch_signer()
    assert b"refuses to sign 1 log" in page(client, night_raid.lead)
    with as_signer():
        Alarm.objects.filter(pk=alarm.pk).update(over_at=now)
    watch_signer()
    assert b'id="signer-alarm"' not in page(client, night_raid.lead)


def test_waiting_ends_with_a_stamp_or_says_what_is_missing(
    chain: list[Entry], signed: Callable[..., int]
) -> None:
    with pytest.raises(CommandError, match="does the signer run"):
        call_command("await_anchor", "--seconds", "0")
    signed("https://time.example/")
    with pytest.raises(CommandError, match="no authority has answered"):
        call_command("await_anchor", "--seconds", "0")
    with system_scope("look"):
        keep_standing()


def page(client: Client, user: User) -> bytes:
    client.force_login(user)
    return client.get("/requests/").content
