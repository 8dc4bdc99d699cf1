"""Time-stamps: asked for over the register alone, waited for, and believed only where they fit."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Agency
from ledger.models import REGISTER_LOG, Checkpoint, Entry, TimeStamp
from ledger.services import record
from ledger.services.anchoring import stamp_what_waits
from ledger.stamping import StampRefused, ask_about, read_answer, roots_in
from ledger.verification import verify
from tests.ledger.authority import Authority
from tests.ledger.conftest import as_signer

Owner = Callable[..., None]
State = TimeStamp.State


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "one")


@pytest.fixture
def address(authority: Authority, settings: Any) -> Iterator[str]:
    """The authority answers at this address, and the operator has named it."""
    authority.silent = False
    with authority.serving() as address:
        settings.TIMESTAMP_AUTHORITIES = [address]
        settings.TIMESTAMP_ROOTS = str(authority.roots)
        yield address


def stamped() -> int:
    with as_signer():
        return stamp_what_waits()


def test_the_register_is_stamped_and_openssl_agrees(
    chain: list[Entry],
    signed: Callable[..., int],
    address: str,
    authority: Authority,
    tmp_path: Path,
) -> None:
    signed(address)
    assert stamped() == 1
    stamp = TimeStamp.objects.select_related("checkpoint").get()
    assert (stamp.state, stamp.checkpoint.log) == (State.STAMPED, REGISTER_LOG)
    assert abs(timezone.now() - stamp.stamped_at) < timedelta(minutes=1)
    (tmp_path / "note").write_text(stamp.checkpoint.note)
    (tmp_path / "tsr").write_bytes(bytes(stamp.token))
    command = ["openssl", "ts", "-verify", "-data", "note", "-in", "tsr", "-CAfile"]
    told = subprocess.run([*command, str(authority.roots)], cwd=tmp_path, capture_output=True)
    assert told.returncode == 0
    assert verify().flaws == []
    assert stamped() == 0
    call_command("await_anchor", "--seconds", "0")


def test_a_silent_authority_is_waited_for_and_then_asked_about_the_newest_alone(
    mission: Agency, signed: Callable[..., int], address: str, authority: Authority
) -> None:
    authority.silent = True
    for _round in range(3):
        record(None, "tests.said", mission)
        signed(address)
        assert stamped() == 0
    waiting = TimeStamp.objects.exclude(tries=0).get()
    assert "503" in waiting.problem and waiting.next_try_at > timezone.now()
    authority.silent = False
    asked = authority.asked
    with as_signer():
        TimeStamp.objects.update(next_try_at=timezone.now())
    assert stamped() == 1
    assert authority.asked == asked + 1
    states = TimeStamp.objects.order_by("checkpoint__size").values_list("state", flat=True)
    assert list(states) == [State.OVERTAKEN, State.OVERTAKEN, State.STAMPED]


def test_an_unreachable_authority_stops_no_signature(
    chain: list[Entry], signed: Callable[..., int], settings: Any
) -> None:
    settings.TIMESTAMP_AUTHORITIES = ["http://127.0.0.1:9/"]
    assert signed(*settings.TIMESTAMP_AUTHORITIES) == 2
    assert stamped() == 0
    assert TimeStamp.objects.get().state == State.QUEUED


def test_an_authority_that_is_not_trusted_is_not_believed(
    chain: list[Entry], signed: Callable[..., int], address: str, settings: Any, tmp_path: Path
) -> None:
    settings.TIMESTAMP_ROOTS = str(Authority(tmp_path / "other").roots)
    signed(address)
    assert stamped() == 0
    assert "no authority that is trusted" in TimeStamp.objects.get().problem


def test_an_old_token_put_in_the_place_of_a_new_one_is_named(
    mission: Agency, chain: list[Entry], as_owner: Owner, signed: Callable[..., int], address: str
) -> None:
    signed(address)
    stamped()
    record(None, "tests.said", mission)
    signed(address)
    stamped()
    as_owner(
        "UPDATE ledger_timestamp SET token = (SELECT token FROM ledger_timestamp "
        "ORDER BY stamped_at LIMIT 1)"
    )
    (found,) = verify().flaws
    assert (found.log, found.position) == (REGISTER_LOG, 2)
    assert "over something else" in found.reason


def test_a_stamp_whose_column_tells_another_time_is_named(
    chain: list[Entry], as_owner: Owner, signed: Callable[..., int], address: str
) -> None:
    signed(address)
    stamped()
    as_owner("UPDATE ledger_timestamp SET stamped_at = stamped_at - interval '1 year'")
    (found,) = verify().flaws
    assert "a column was altered" in found.reason


def test_an_answer_to_another_question_is_refused(authority: Authority) -> None:
    one, other = ask_about(b"note"), ask_about(b"note")
    answer = authority.answer(one.body)
    roots = roots_in(str(authority.roots))
    read_answer(answer, b"note", nonce=one.nonce, roots=roots)
    with pytest.raises(StampRefused, match="another request"):
        read_answer(answer, b"note", nonce=other.nonce, roots=roots)
    with pytest.raises(StampRefused, match="something else"):
        read_answer(answer, b"other", roots=roots)


@pytest.fixture(scope="module")
def token(authority: Authority) -> bytes:
    return authority.answer(ask_about(b"note").body)


@given(data=st.data())
def test_a_token_changed_in_its_signed_part_is_refused(
    data: st.DataObject, token: bytes, authority: Authority
) -> None:
    imprint = token.index(b"\x04\x20")
    at = data.draw(st.integers(imprint, imprint + 60))
    changed = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
    with pytest.raises(StampRefused):
        read_answer(changed, b"note", roots=roots_in(str(authority.roots)))


@given(st.binary(max_size=300))
def test_what_is_no_token_is_refused_and_nothing_crashes(noise: bytes) -> None:
    with pytest.raises(StampRefused):
        read_answer(noise, b"note")


def test_checkpoints_of_cases_are_sent_to_nobody(
    night_raid: Any, signed: Callable[..., int], address: str
) -> None:
    signed(address)
    logs = Checkpoint.objects.filter(stamps__isnull=False).values_list("log", flat=True)
    assert set(logs) == {REGISTER_LOG}
