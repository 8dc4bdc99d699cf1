"""`up` and `manage` as a person runs them: nothing lost, nothing left behind."""

import os
import signal
import socket
import subprocess
import sys
from urllib.parse import quote

import redis

from config.local import servers, valkey
from config.local.places import ROOT, Home
from config.local.web import Address
from tests.config.census import alive, descendants, query, soon
from tests.config.conftest import NAMED


def launch(home: Home, *words: str, port: int = 0) -> "subprocess.Popen[str]":
    """Run the launcher as the Makefile does."""
    ours = {"VESTIGE_DATA": str(home.folder), "PORT": str(port), "BIND": "127.0.0.1", "DEBUG": "1"}
    environment = {name: value for name, value in os.environ.items() if name not in NAMED} | ours
    return subprocess.Popen(
        [sys.executable, "-m", "config.local", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def start_up(home: Home, port: int) -> "tuple[subprocess.Popen[str], str]":
    """Run `up` until it says where it runs; what it said."""
    process = launch(home, "up", port=port)
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if "Vestige runs at" in line:
            return process, said
    raise AssertionError(said)


def test_everything_lives_and_dies_with_up_and_the_data_outlive_it(home: Home) -> None:
    port = free_port()
    first, said = start_up(home, port)
    try:
        assert "a new database" in said
        query(home, "CREATE TABLE kept (word text)")
        query(home, "INSERT INTO kept VALUES ('still here')")
        doorbell = redis.Redis.from_url(f"unix://{quote(str(valkey.socket_file(home)))}")
        doorbell.set("kept", "still ringing")
        doorbell.close()
        beside = launch(home, "manage", "check", "--database", "default", port=port)
        told, _ = beside.communicate(timeout=120)
        assert beside.returncode == 0, told
        assert "PostgreSQL" not in told, "it must use the servers that run, not start its own"
        family = descendants(first.pid)
        assert len(family) > 10
    finally:
        first.kill()
        first.communicate()
    assert soon(lambda: not alive(family)), alive(family)

    second, said = start_up(home, port)
    try:
        assert "a new database" not in said
        assert query(home, "SELECT word FROM kept") == [("still here",)]
        doorbell = redis.Redis.from_url(f"unix://{quote(str(valkey.socket_file(home)))}")
        assert doorbell.get("kept") == b"still ringing"
        doorbell.close()
        assert Address("127.0.0.1", port).answers()
        family = descendants(second.pid)
        another = launch(home, "up", port=port)
        told, _ = another.communicate(timeout=60)
        assert another.returncode == 1
        assert "already runs" in told
    finally:
        second.send_signal(signal.SIGTERM)
        told, _ = second.communicate(timeout=120)
    assert second.returncode == 0, told
    assert told.endswith("Stopped.\n")
    assert not alive(family)


def test_a_command_alone_starts_the_servers_and_stops_them_again(home: Home) -> None:
    alone = launch(home, "manage", "migrate", "contenttypes")
    told, _ = alone.communicate(timeout=120)

    assert alone.returncode == 0, told
    assert "PostgreSQL" in told
    assert not servers.are_ready(home)
    assert servers.holder(home) == {}
