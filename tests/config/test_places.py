"""Where the launcher puts things, what it remembers, and what it says when a port is taken."""

import json
import shutil
import socket
from pathlib import Path

import pytest

from config.local.places import LONGEST_SOCKET_FOLDER, Home
from config.local.stamps import Stamps, fingerprint
from config.local.steps import Trouble
from config.local.web import Address


def test_a_busy_port_is_told_in_a_sentence() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(Trouble, match="choose another: make up PORT="),
    ):
        Address("127.0.0.1", listener.getsockname()[1]).refuse_if_taken(patience=0)


def test_sockets_move_to_a_short_folder_when_the_path_is_too_long(home: Home) -> None:
    deep = Home(home.folder / ("x" * 60) / ("y" * 60))
    deep.prepare()
    try:
        assert len(str(deep.sockets)) <= LONGEST_SOCKET_FOLDER
        assert deep.sockets.stat().st_mode & 0o077 == 0
    finally:
        for folder in (deep.sockets, deep.servers):
            shutil.rmtree(folder)


def test_secrets_are_made_once_and_read_by_nobody_else(home: Home) -> None:
    assert home.secret("secret_key") == home.secret("secret_key")
    assert len(home.secret("secret_key")) >= 40
    assert home.secret_file("secret_key").stat().st_mode & 0o077 == 0


def test_a_step_is_skipped_until_what_it_was_made_from_changes(tmp_path: Path) -> None:
    source, stamps = tmp_path / "source", Stamps(tmp_path / "stamps.json")
    source.write_text("one")
    stamps.put("step", fingerprint([source]))
    assert stamps.holds("step", fingerprint([source]))

    source.write_text("two")

    assert not stamps.holds("step", fingerprint([source]))
    assert json.loads((tmp_path / "stamps.json").read_text())
