"""What the owner of the database can do once lines are signed: everything but hide it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency
from core.models import SYSTEM_LOG
from ledger.models import REGISTER_LOG, Checkpoint, Entry, Head, SignerKey, seal_of
from ledger.notes import SigningKey
from ledger.services import record
from ledger.services.keeping import Keep
from ledger.services.signing import sign_round
from ledger.verification import verify
from tests.ledger.conftest import as_signer

Owner = Callable[..., None]


@pytest.fixture
def sealed(chain: list[Entry], signed: Callable[[], int], mission: Agency) -> list[Entry]:
    """Five lines that were signed, one more that was signed after them, and one that was not."""
    signed()
    lines = [*chain, record(None, "tests.said", mission)]
    signed()
    return [*lines, record(None, "tests.said", mission)]


@pytest.fixture
def reseal(as_owner: Owner) -> Callable[[], None]:
    """Make every seal of the chain anew, as a careful forger would."""

    def run() -> None:
        seal = "0" * 64
        for place, entry in enumerate(Entry.objects.of_log(SYSTEM_LOG).order_by("position"), 1):
            body = entry.body.replace(f'"position":{entry.position}', f'"position":{place}')
            previous, seal = seal, seal_of(seal, body)
            as_owner(
                "UPDATE ledger_entry SET position = %s, body = %s, previous_seal = %s, seal = %s "
                "WHERE id = %s",
                *(place, body, previous, seal, entry.pk),
            )
        as_owner(
            "UPDATE ledger_head SET position = %s, seal = %s WHERE log = %s",
            place,
            seal,
            SYSTEM_LOG,
        )

    return run


def flaw() -> tuple[int, str]:
    (found,) = verify(SYSTEM_LOG).flaws
    return found.position, found.reason


def test_lines_as_they_were_signed_are_whole_and_counted(sealed: list[Entry]) -> None:
    verdict = verify()
    assert (verdict.flaws, verdict.entries, verdict.signed) == ([], 7, 6)


def test_an_edited_line_is_named_though_every_seal_was_made_anew(
    sealed: list[Entry], as_owner: Owner, reseal: Callable[[], None]
) -> None:
    as_owner("UPDATE ledger_entry SET body = replace(body, '№', 'No') WHERE position = 3")
    reseal()
    assert flaw() == (3, "this is not the line that was signed here")


def test_a_removed_line_is_named_though_the_rest_closed_ranks(
    sealed: list[Entry], as_owner: Owner, reseal: Callable[[], None]
) -> None:
    as_owner("DELETE FROM ledger_entry WHERE position = 4")
    reseal()
    assert flaw() == (4, "this is not the line that was signed here")


def test_a_line_slipped_in_is_named_though_the_rest_made_room(
    sealed: list[Entry], as_owner: Owner, reseal: Callable[[], None]
) -> None:
    as_owner("UPDATE ledger_entry SET position = position + 20 WHERE position > 2")
    as_owner("UPDATE ledger_entry SET position = 3 WHERE position = 27")
    reseal()
    assert flaw()[0] == 3


def test_lines_that_changed_places_are_named(
    sealed: list[Entry], as_owner: Owner, reseal: Callable[[], None]
) -> None:
    for before, after in ((2, 90), (5, 2), (90, 5)):
        as_owner("UPDATE ledger_entry SET position = %s WHERE position = %s", after, before)
    reseal()
    assert flaw()[0] == 2


def test_signed_lines_cut_from_the_end_are_missed(sealed: list[Entry], as_owner: Owner) -> None:
    as_owner("DELETE FROM ledger_entry WHERE position > 4")
    as_owner(
        "UPDATE ledger_head SET position = 4, seal = %s WHERE log = %s", sealed[3].seal, SYSTEM_LOG
    )
    assert flaw()[0] == 5
    assert "were signed" in flaw()[1]


def test_the_window_a_tail_that_nobody_signed_yet_can_be_cut_unseen(
    sealed: list[Entry], as_owner: Owner
) -> None:
    as_owner("DELETE FROM ledger_entry WHERE position = 7")
    as_owner(
        "UPDATE ledger_head SET position = 6, seal = %s WHERE log = %s", sealed[5].seal, SYSTEM_LOG
    )
    assert verify().flaws == []


def test_a_fork_is_named_at_its_first_line_even_without_the_stored_tree(
    sealed: list[Entry], as_owner: Owner, reseal: Callable[[], None]
) -> None:
    as_owner("UPDATE ledger_entry SET body = replace(body, '№', 'No') WHERE position IN (5, 6)")
    reseal()
    as_owner("DELETE FROM ledger_tile")
    assert flaw() == (1, "the lines from here on are not those that were signed")
    assert verify(SYSTEM_LOG).signed == 5


def put_back_old_copy(as_owner: Owner, lines: list[Entry]) -> None:
    """The database as it was when five lines were signed."""
    as_owner("DELETE FROM ledger_entry WHERE position > 5")
    as_owner(
        "UPDATE ledger_head SET position = 5, seal = %s WHERE log = %s", lines[4].seal, SYSTEM_LOG
    )
    as_owner(
        "DELETE FROM ledger_checkpoint WHERE size = 6 OR (size = 2 AND log = %s)", REGISTER_LOG
    )
    as_owner("UPDATE ledger_tile SET hashes = substr(hashes, 1, 160) WHERE log = %s", SYSTEM_LOG)
    as_owner("UPDATE ledger_tile SET hashes = substr(hashes, 1, 32) WHERE log = %s", REGISTER_LOG)


def test_an_old_copy_is_whole_in_itself_until_somebody_brings_what_they_kept(
    sealed: list[Entry], as_owner: Owner, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.note"
    kept.write_text(Checkpoint.objects.get(log=SYSTEM_LOG, size=6).note)
    of_register = Checkpoint.objects.get(log=REGISTER_LOG, size=2).note
    put_back_old_copy(as_owner, sealed)
    assert verify().flaws == []
    (found,) = verify(witnessed=[kept.read_text()]).flaws
    assert (found.log, found.position) == (SYSTEM_LOG, 6)
    assert [flaw.log for flaw in verify(witnessed=[of_register]).flaws] == [REGISTER_LOG]
    with pytest.raises(CommandError, match="1 chains are broken"):
        call_command("verify_ledger", kept=[kept])


def test_the_signer_who_remembers_more_than_an_old_copy_says_so(
    sealed: list[Entry], as_owner: Owner, signed: Callable[[], int]
) -> None:
    put_back_old_copy(as_owner, sealed)
    assert signed() == 0
    told = {flaw.log: flaw.reason for flaw in verify().flaws}
    assert "signed checkpoints are gone" in told[REGISTER_LOG]


def test_checkpoints_made_with_another_key_are_refused_where_the_operator_names_the_key(
    sealed: list[Entry],
    as_owner: Owner,
    reseal: Callable[[], None],
    key: SigningKey,
    tmp_path: Path,
    settings: Any,
) -> None:
    as_owner("UPDATE ledger_entry SET body = replace(body, '№', 'No') WHERE position = 3")
    reseal()
    for table in ("timestamp", "checkpoint", "tile", "signerkey"):
        as_owner(f"DELETE FROM ledger_{table}")  # noqa: S608  (no input)
    forger = Keep(tmp_path / "forger")
    forger.prepare()
    with as_signer():
        sign_round(forger, forger.key("vestige.example/ledger"))
    assert verify().flaws == []
    settings.LEDGER_KEYS = [str(key.public)]
    assert flaw() == (0, "no known key signed this note")


def test_a_checkpoint_edited_or_lent_by_another_log_is_named(
    sealed: list[Entry], as_owner: Owner, night_raid: Any, signed: Callable[[], int]
) -> None:
    signed()
    as_owner(
        "UPDATE ledger_checkpoint SET note = replace(note, %s, %s) WHERE size = 6", "\n6\n", "\n7\n"
    )
    assert flaw() == (0, "the signature does not belong to this text")
    other = Checkpoint.objects.filter(log=night_raid.ledger_log).latest("size").note
    as_owner("UPDATE ledger_checkpoint SET note = %s WHERE size = 6", other)
    assert flaw() == (0, "a checkpoint of another log stands in this one")


def test_a_checkpoint_taken_out_of_the_register_is_missed(
    sealed: list[Entry], as_owner: Owner
) -> None:
    as_owner("DELETE FROM ledger_checkpoint WHERE log = %s AND size = 5", SYSTEM_LOG)
    (found,) = verify().flaws
    assert (found.log, found.position) == (REGISTER_LOG, 1)


def test_a_log_that_was_signed_and_vanished_whole_is_missed(
    sealed: list[Entry], as_owner: Owner
) -> None:
    as_owner("DELETE FROM ledger_entry")
    as_owner("DELETE FROM ledger_head")
    assert {flaw.log for flaw in verify().flaws} == {SYSTEM_LOG}
    assert not Head.objects.exists() and SignerKey.objects.exists()
