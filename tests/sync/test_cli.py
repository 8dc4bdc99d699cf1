"""The command: what it says to scripts by its exit code, and where it takes the key from."""

import json

import pytest

from tests.sync.conftest import CASE, ITEM, gained, lost, put
from tests.sync.fake import CUT, plain
from tests.sync.test_checkpoints import VKEY
from vestige_sync import checkpoints, cli
from vestige_sync.client import TOKEN, TOKEN_FILE

PAGE = {
    "changes": [gained(), put("cases", CASE, version=1), put("items", "item-1", **ITEM)],
    "cursor": "c-1",
    "more": False,
}
ENDED = plain({"detail": "This API key is unknown, expired or revoked."}, 401)
STALE = plain({"detail": "Somebody was faster.", "code": "stale"}, 412)


@pytest.fixture
def command(fake, tmp_path, monkeypatch):
    """Run `vestige-sync` on a new copy; returns its exit code."""
    monkeypatch.setenv(TOKEN, "vst_test_key")
    folder = str(tmp_path / "copy")

    def run(*words, patience="0.2"):
        return cli.main(["--folder", folder, "--patience", patience, *words])

    assert run("init", "--server", fake.address) == 0
    return run


def answers(feed, other=None):
    """The feed says one thing, all other doors another."""
    return lambda asked: feed if "changes" in asked.path else other or plain({}, 404)


@pytest.fixture
def filled_command(fake, command):
    fake.answer = answers(plain(PAGE))
    assert command("pull") == 0
    return command


def test_what_is_here_is_shown_line_by_line(filled_command, capsys):
    capsys.readouterr()
    assert filled_command("show", "items") == 0
    assert json.loads(capsys.readouterr().out)["description"] == "Gyroscope"
    assert filled_command("status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["records"] == {"cases": 1, "items": 1}


def test_a_push_tells_what_it_did_not_send_since_its_case_is_hidden_and_sends_it_once_seen(
    fake, filled_command, capsys
):
    assert filled_command("new", "notes", f"case={CASE}", "text=Seen at the pier.") == 0
    fake.answer = answers(plain({"changes": [lost()], "cursor": "c-2", "more": False}))
    capsys.readouterr()
    assert filled_command("push") == 1
    said = capsys.readouterr().out
    assert "0 acknowledged, 0 still to be sent." in said and "1 orphaned" in said

    other = answers(plain({**PAGE, "cursor": "c-3"}))
    made = plain({"id": "note-1"}, 201)
    fake.answer = lambda asked: made if asked.path.endswith("/notes/") else other(asked)
    assert filled_command("push") == 0
    assert "1 acknowledged, 0 still to be sent." in capsys.readouterr().out


def test_work_without_a_line_waits_and_is_told_as_offline(fake, filled_command, capsys):
    assert filled_command("new", "incidents", f"case={CASE}", "title=Attack") == 0
    assert filled_command("change", "items", "item-1", "quantity:=2") == 0
    assert filled_command("do", "items", "item-1", "seal", "seal_no=S-1") == 0
    fake.in_turn(CUT)
    assert filled_command("push") == 3
    assert "cannot be reached" in capsys.readouterr().err
    assert filled_command("status") == 0
    assert capsys.readouterr().out.count("waiting") == 3


def test_a_conflict_is_told_by_1_until_it_is_resolved(fake, filled_command, capsys):
    assert filled_command("change", "items", "item-1", "condition=dry") == 0
    key = capsys.readouterr().out.strip().rpartition("draft:")[2]
    there = plain({"id": "item-1", "case": CASE, **ITEM, "version": 2, "condition": "wet"})
    turns = [STALE, there]
    nothing_new = {**PAGE, "changes": []}
    fake.answer = lambda asked: (
        plain(nothing_new)
        if "changes" in asked.path
        else plain({}, 404)
        if "ledger" in asked.path
        else turns.pop(0)
    )
    assert filled_command("push") == 1
    assert filled_command("status") == 1
    assert 'condition: here "dry", there "wet"' in capsys.readouterr().out
    assert filled_command("resolve", key) == 2
    assert filled_command("resolve", key[:6], "--theirs") == 0
    assert filled_command("status") == 0


def test_a_server_that_says_no_is_told_by_4(fake, command):
    fake.in_turn(ENDED)
    assert command("pull") == 4


def test_a_ledger_that_does_not_hold_is_told_by_5_until_it_is_let_be(fake, filled_command, capsys):
    refused = plain({"note": None, "keys": [], "refused": "line 2 is not what it was"})
    fake.answer = answers(plain({**PAGE, "changes": []}), refused)
    assert filled_command("pull") == 5
    assert filled_command("status") == 5
    assert "line 2 is not what it was" in capsys.readouterr().err
    assert filled_command("resolve", "--alarm", CASE) == 0


def test_what_is_asked_for_wrongly_is_told_by_2(command):
    assert command("init", "--server", "http://127.0.0.1:1") == 2
    assert command("change", "items", "nowhere", "a=b") == 2
    assert command("new", "items", "no-sign") == 2
    assert command("new", "items", "quantity:=two") == 2
    assert command("trust", "no key") == 5
    with pytest.raises(SystemExit) as ended:
        command("no-such-word")
    assert ended.value.code == 2


def test_the_key_comes_from_a_file_that_nobody_else_may_read(command, tmp_path, monkeypatch, fake):
    monkeypatch.delenv(TOKEN)
    fake.answer = answers(plain(PAGE))
    assert command("pull") == 2
    file = tmp_path / "key"
    file.write_text("vst_from_a_file\n")
    monkeypatch.setenv(TOKEN_FILE, str(file))
    file.chmod(0o644)
    assert command("pull") == 2
    file.chmod(0o600)
    assert command("pull") == 0
    assert fake.asked[-1].headers["Authorization"] == "Bearer vst_from_a_file"


def test_a_key_of_the_ledger_that_was_given_is_kept_to(fake, tmp_path, monkeypatch):
    monkeypatch.setenv(TOKEN, "vst_test_key")
    folder = str(tmp_path / "pinned")
    assert cli.main(["--folder", folder, "init", "--server", fake.address, "--key", VKEY]) == 0
    with cli.Client(folder) as copy:
        assert [key.name for key in checkpoints.Witness(copy.line, copy.mirror).keys]
