"""The signer: it signs what grew, and refuses what does not begin with what it signed before."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Agency
from config.management.commands.secure_database import ROLE, SIGNER
from core.models import SYSTEM_LOG
from ledger.merkle import leaf_hash, root_of
from ledger.models import REGISTER_LOG, Alarm, Checkpoint, Entry, Head, SignerKey, Tile
from ledger.notes import Checkpoint as Told
from ledger.notes import SigningKey, open_note
from ledger.proofs import register_leaf
from ledger.services import record
from ledger.services.keeping import Keep
from tests.ledger.conftest import as_signer

Owner = Callable[..., None]


def last(log: Any = SYSTEM_LOG) -> Checkpoint:
    return Checkpoint.objects.filter(log=log).latest("size")


def test_each_log_that_moved_is_signed_and_entered_in_the_register(
    chain: list[Entry], keep: Keep, key: SigningKey, signed: Callable[[], int]
) -> None:
    assert signed() == 2
    told = Told.read(open_note(last().note, [key.public]))
    assert told.root == root_of([leaf_hash(entry.body.encode()) for entry in chain])
    assert (told.size, told.origin) == (5, f"{key.name}/{SYSTEM_LOG}")
    register = Told.read(open_note(last(REGISTER_LOG).note, [key.public]))
    assert (register.size, register.origin) == (1, f"{key.name}/register")
    assert register.root == register_leaf(last().note)
    assert signed() == 0


def test_a_log_that_grows_is_signed_on_from_where_it_was(
    mission: Agency, signed: Callable[[], int]
) -> None:
    written = []
    for turn in (1, 3, 255, 3, 520):
        for _line in range(turn):
            written.append(record(None, "tests.said", mission))
        signed()
    leaves = [leaf_hash(entry.body.encode()) for entry in written]
    for checkpoint in Checkpoint.objects.filter(log=SYSTEM_LOG):
        assert checkpoint.root == root_of(leaves[: checkpoint.size]).hex()
    assert Checkpoint.objects.filter(log=SYSTEM_LOG).count() == 5
    assert Tile.objects.filter(log=SYSTEM_LOG, level=0).count() == 4


def test_the_key_is_made_once_and_readable_by_the_signer_alone(tmp_path: Path) -> None:
    keep = Keep(tmp_path / "signer")
    keep.prepare()
    made = keep.key("vestige.example/ledger")
    assert keep.key("another.example/name") == made
    assert stat.S_IMODE((keep.folder / "signing-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(keep.folder.stat().st_mode) == 0o700


def test_the_program_itself_can_write_nothing_that_the_signer_writes(
    chain: list[Entry], signed: Callable[[], int]
) -> None:
    signed()
    tables = ("checkpoint", "tile", "timestamp", "signerkey", "alarm")
    for table in tables:
        for deed in ("DELETE FROM ledger_{}", "INSERT INTO ledger_{} DEFAULT VALUES"):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SET LOCAL ROLE {ROLE}")
                cursor.execute(deed.format(table))


@pytest.mark.parametrize(
    "deed",
    [
        "SELECT * FROM accounts_user",
        "SELECT * FROM investigations_case",
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_head SET position = 0",
        "INSERT INTO ledger_entry DEFAULT VALUES",
    ],
)
def test_the_signer_reads_lines_and_touches_nothing_else(db: None, deed: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET LOCAL ROLE {SIGNER}")
        cursor.execute(deed)


def alarm() -> tuple[str, int, int]:
    told = Alarm.objects.get(over_at=None)
    return told.reason, told.signed_size, told.found_size


def test_a_tail_cut_after_it_was_signed_is_not_signed_again(
    chain: list[Entry], as_owner: Owner, signed: Callable[[], int], mission: Agency
) -> None:
    signed()
    as_owner("DELETE FROM ledger_entry WHERE position > 3")
    as_owner("UPDATE ledger_head SET position = 3, seal = %s", chain[2].seal)
    assert signed() == 0
    assert alarm() == ("cut", 5, 3)


def test_a_history_forked_and_grown_beyond_what_was_signed_is_not_signed(
    chain: list[Entry], as_owner: Owner, signed: Callable[[], int], mission: Agency
) -> None:
    signed()
    as_owner("DELETE FROM ledger_entry")
    as_owner("DELETE FROM ledger_head")
    as_owner("DELETE FROM ledger_tile")
    for _line in range(7):
        record(None, "tests.forged", mission)
    assert signed() == 0
    assert alarm()[0] == "forked"


def test_an_old_backup_put_back_is_not_signed_on(
    chain: list[Entry], as_owner: Owner, signed: Callable[[], int], mission: Agency
) -> None:
    signed()
    record(None, "tests.said", mission)
    signed()
    as_owner("DELETE FROM ledger_entry WHERE position = 6")
    as_owner("UPDATE ledger_head SET position = 5, seal = %s", chain[4].seal)
    as_owner("DELETE FROM ledger_checkpoint WHERE size = 6")
    as_owner("UPDATE ledger_tile SET hashes = substr(hashes, 1, 160) WHERE log = %s", SYSTEM_LOG)
    record(None, "tests.forged", mission)
    assert signed() == 0
    assert alarm() == ("rolled-back", 6, 5)


def test_a_register_put_back_stops_every_signature(
    chain: list[Entry], as_owner: Owner, signed: Callable[[], int], night_raid: Any
) -> None:
    signed()
    as_owner("DELETE FROM ledger_timestamp")
    as_owner("DELETE FROM ledger_checkpoint WHERE log = %s", REGISTER_LOG)
    record(None, "tests.said", night_raid)
    assert signed() == 0
    assert Alarm.objects.get().log == REGISTER_LOG


def test_a_line_that_is_not_sealed_to_the_one_before_is_not_signed(
    chain: list[Entry], as_owner: Owner, signed: Callable[[], int], night_raid: Any
) -> None:
    as_owner(
        "UPDATE ledger_entry SET body = body || ' ' WHERE position = 2 AND log = %s", SYSTEM_LOG
    )
    assert signed() == 2
    assert alarm()[0] == "broken"
    assert last(night_raid.ledger_log).size == Head.objects.get(log=night_raid.ledger_log).position


def test_an_alarm_is_raised_once_and_is_over_when_the_log_fits_again(
    chain: list[Entry], as_owner: Owner, signed: Callable[[], int]
) -> None:
    body = chain[1].body
    as_owner("UPDATE ledger_entry SET body = body || ' ' WHERE position = 2")
    signed(), signed()
    assert Alarm.objects.count() == 1
    as_owner("UPDATE ledger_entry SET body = %s WHERE position = 2", body)
    assert signed() == 2
    assert Alarm.objects.get().over_at


def test_a_signer_that_died_before_it_remembered_goes_on(
    chain: list[Entry], keep: Keep, key: SigningKey, signed: Callable[[], int], mission: Agency
) -> None:
    signed()
    before = (keep.folder / "signed.json").read_text()
    record(None, "tests.said", mission)
    signed()
    (keep.folder / "signed.json").write_text(before)
    assert signed() == 0
    record(None, "tests.said", mission)
    assert signed() == 2


def test_the_command_signs_once_and_says_which_key(
    chain: list[Entry], settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SIGNER_FOLDER = ""
    with pytest.raises(CommandError, match="SIGNER_FOLDER"):
        call_command("sign_ledger", once=True)
    settings.SIGNER_FOLDER = str(tmp_path / "signer")
    with as_signer():
        call_command("sign_ledger", once=True)
    assert SignerKey.objects.get().line in capsys.readouterr().out
    with Keep(tmp_path / "signer").alone(), pytest.raises(CommandError, match="Another signer"):
        call_command("sign_ledger", once=True)
