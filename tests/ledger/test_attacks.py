"""Whoever rewrites the ledger is found out, and the first line that does not fit is named."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core.identity import uuid7
from core.models import SYSTEM_LOG
from ledger.models import Entry, Head, seal_of
from ledger.verification import Flaw, verify
from tests.ledger.conftest import owner

Owner = Callable[..., None]


def flaw() -> Flaw:
    """The one flaw found."""
    (found,) = verify(SYSTEM_LOG).flaws
    return found


def test_an_untouched_chain_is_whole(chain: list[Entry]) -> None:
    verdict = verify()
    assert (verdict.chains, verdict.entries, verdict.flaws) == (1, 5, [])


ATTACKS = [
    "UPDATE ledger_entry SET act = 'tests.denied'",
    "UPDATE ledger_entry SET body = replace(body, '3', '4') WHERE position = 3",
    "DELETE FROM ledger_entry WHERE position = 5",
    "DELETE FROM ledger_entry",
    "TRUNCATE ledger_entry",
    "TRUNCATE ledger_entry CASCADE",
]


@pytest.mark.parametrize("statement", ATTACKS)
def test_not_even_the_owner_changes_or_removes_lines(chain: list[Entry], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), owner() as cursor:
        cursor.execute(statement)
    assert verify().entries == 5


@pytest.mark.parametrize("statement", ATTACKS)
def test_the_program_has_no_right_to_touch_a_line(chain: list[Entry], statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify().entries == 5


def test_the_program_cannot_save_or_delete_a_line_either(chain: list[Entry]) -> None:
    chain[2].act = "tests.denied"
    for deed in (chain[2].save, chain[2].delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            deed()


def test_an_edited_line_is_named(chain: list[Entry], as_owner: Owner) -> None:
    as_owner("UPDATE ledger_entry SET body = replace(body, '№', 'No') WHERE position = 3")
    assert (flaw().position, flaw().reason) == (3, "the text was altered after it was sealed")


def test_an_edited_line_that_was_sealed_anew_breaks_the_next(
    chain: list[Entry], as_owner: Owner
) -> None:
    line = chain[2]
    body = line.body.replace("№", "No")
    seal = seal_of(line.previous_seal, body)
    as_owner("UPDATE ledger_entry SET body = %s, seal = %s WHERE position = 3", body, seal)
    assert (flaw().position, flaw().reason) == (4, "the line is not sealed to the one before")


@pytest.mark.parametrize(
    "change",
    [
        "act = 'tests.denied'",
        "at = at - interval '1 day'",
        "subject_id = gen_random_uuid()",
        "subject_kind = 'accounts.user'",
    ],
)
def test_a_column_that_no_longer_tells_what_was_sealed_is_named(
    chain: list[Entry], as_owner: Owner, change: str
) -> None:
    as_owner(f"UPDATE ledger_entry SET {change} WHERE position = 2")  # noqa: S608  (no input)
    assert (flaw().position, flaw().reason[:20]) == (2, "a column was altered")


@pytest.mark.parametrize("nonsense", ["", "{", "[]", "7", '{"v":1}'])
def test_sealed_nonsense_is_a_flaw_and_no_crash(
    chain: list[Entry], as_owner: Owner, nonsense: str
) -> None:
    last = chain[-1]
    seal = seal_of(last.previous_seal, nonsense)
    as_owner("UPDATE ledger_entry SET body = %s, seal = %s WHERE position = 5", nonsense, seal)
    as_owner("UPDATE ledger_head SET seal = %s", seal)
    assert flaw().position == 5


@pytest.mark.parametrize("gone", [1, 3])
def test_a_removed_line_is_named(chain: list[Entry], as_owner: Owner, gone: int) -> None:
    as_owner("DELETE FROM ledger_entry WHERE position = %s", gone)
    assert (flaw().position, flaw().reason) == (gone, "a line is missing before this one")


def test_a_line_slipped_in_is_named(chain: list[Entry], as_owner: Owner) -> None:
    as_owner("UPDATE ledger_entry SET position = position + 10 WHERE position >= 3")
    as_owner("UPDATE ledger_entry SET position = position - 9 WHERE position >= 13")
    forged = chain[2]
    forged.pk, forged.position, forged._state.adding = uuid7(), 3, True
    forged.save(force_insert=True)
    assert flaw().position in (3, 4)


def test_two_lines_that_changed_places_are_named(chain: list[Entry], as_owner: Owner) -> None:
    for before, after in ((2, 90), (3, 2), (90, 3)):
        as_owner("UPDATE ledger_entry SET position = %s WHERE position = %s", after, before)
    assert flaw().position == 2


@pytest.mark.parametrize("kept", [4, 1, 0])
def test_lines_cut_from_the_end_are_named(chain: list[Entry], as_owner: Owner, kept: int) -> None:
    as_owner("DELETE FROM ledger_entry WHERE position > %s", kept)
    told = flaw()
    assert (told.position, told.reason) == (kept + 1, "lines are missing at the end of the chain")


def test_lines_without_a_head_are_named(chain: list[Entry], as_owner: Owner) -> None:
    as_owner("DELETE FROM ledger_head")
    assert flaw().reason == "the chain has lines but no head"


def test_a_head_turned_back_does_not_hide_the_lines_behind_it(
    chain: list[Entry], as_owner: Owner
) -> None:
    as_owner("UPDATE ledger_head SET position = 3, seal = %s", chain[2].seal)
    assert (flaw().position, flaw().reason) == (4, "the line lies beyond the head of the chain")


def test_a_chain_that_vanished_whole_is_not_called_whole(
    chain: list[Entry], as_owner: Owner
) -> None:
    as_owner("DELETE FROM ledger_entry")
    as_owner("DELETE FROM ledger_head")
    assert flaw().reason == "there is no chain of this name"


def test_the_command_says_which_line_and_exits_with_an_error(
    chain: list[Entry], as_owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_ledger")
    assert "every seal holds" in capsys.readouterr().out
    as_owner("UPDATE ledger_entry SET body = replace(body, '№', 'No') WHERE position = 3")
    with pytest.raises(CommandError, match="1 chains are broken"):
        call_command("verify_ledger")
    assert f"chain {SYSTEM_LOG}, line 3" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("verify_ledger", log=uuid4())


def test_another_chain_stays_whole_beside_a_broken_one(
    chain: list[Entry], as_owner: Owner, night_raid: object
) -> None:
    as_owner(
        "UPDATE ledger_entry SET body = body || ' ' WHERE position = 2 AND log = %s", SYSTEM_LOG
    )
    assert [found.log for found in verify().flaws] == [SYSTEM_LOG]
    assert Head.objects.count() == 2
