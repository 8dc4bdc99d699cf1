"""The launcher: real servers, started, killed, started again; nothing lost, nothing left behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
import redis

from config.local import postgres, servers, up, valkey
from config.local.children import Child, Crew, birth
from config.local.places import LONGEST_SOCKET_FOLDER, ROOT, Home
from config.local.stamps import Stamps, fingerprint
from config.local.steps import Trouble

NAMED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "TLS")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """An empty home of its own, with no server named in the environment."""
    for name in NAMED:
        monkeypatch.delenv(name, raising=False)
    folder = Path(tempfile.mkdtemp(prefix="vestige-home-"))
    folder.chmod(0o711)
    home = Home(folder)
    home.prepare()
    yield home
    for leftover in {home.sockets, home.servers, home.folder}:
        shutil.rmtree(leftover, ignore_errors=True)


@pytest.fixture
def crew() -> Iterator[Crew]:
    """Children that are stopped when the test ends, whatever happened."""
    crew = Crew()
    yield crew
    crew.stop()


def soon(question: Callable[[], object], *, seconds: float = 15) -> bool:
    """Whether the answer becomes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if question():
            return True
        time.sleep(0.05)
    return False


def descendants(pid: int) -> dict[int, str]:
    """Every process below this one with its birth, so that it is known again."""
    below = {pid}
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    while more := {one for one, parent in parents.items() if parent in below} - below:
        below |= more
    return {one: birth(one) for one in below - {pid}}


def alive(processes: dict[int, str]) -> list[int]:
    """Those that are still there."""
    return [pid for pid, born in processes.items() if birth(pid) == born]


def query(home: Home, statement: str) -> list[tuple[object, ...]]:
    """Ask the home's PostgreSQL directly."""
    line = psycopg2.connect(postgres.address(home))
    try:
        with line, line.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        line.close()


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
        told, _ = beside.communicate(timeout=60)
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
        assert up.answers("127.0.0.1", port)
        family = descendants(second.pid)
        another = launch(home, "up", port=port)
        told, _ = another.communicate(timeout=30)
        assert another.returncode == 1
        assert "already runs" in told
    finally:
        second.send_signal(signal.SIGTERM)
        told, _ = second.communicate(timeout=60)
    assert second.returncode == 0, told
    assert told.endswith("Stopped.\n")
    assert not alive(family)


def test_a_command_alone_starts_the_servers_and_stops_them_again(home: Home) -> None:
    alone = launch(home, "manage", "migrate", "contenttypes")
    told, _ = alone.communicate(timeout=60)

    assert alone.returncode == 0, told
    assert "PostgreSQL" in told
    assert not servers.are_ready(home)
    assert servers.holder(home) == {}


def test_a_database_that_was_killed_comes_back_past_its_own_stale_lock(
    home: Home, crew: Crew
) -> None:
    server, _, made = postgres.child(home)
    crew.start(server)
    assert made
    query(home, "CREATE TABLE kept (word text)")
    assert server.process
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert (home.servers / "postgres" / "postmaster.pid").exists()

    server.look()

    assert query(home, "SELECT count(*) FROM kept") == [(0,)]


def test_a_lock_whose_number_went_to_a_stranger_is_removed(home: Home, crew: Crew) -> None:
    server, _, _ = postgres.child(home)
    lock = home.servers / "postgres" / "postmaster.pid"
    with subprocess.Popen(["sleep", "60"]) as stranger:
        lock.write_text(f"{stranger.pid}\n{lock.parent}\n0\n5432\n{home.sockets}\n\n0 0\nready\n")
        try:
            crew.start(server)
            assert query(home, "SELECT 1") == [(1,)]
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_a_running_database_is_never_started_a_second_time(home: Home, crew: Crew) -> None:
    server, _, _ = postgres.child(home)
    crew.start(server)
    twin, _, made = postgres.child(home)
    twin.pid_file = home.folder / "run" / "twin.pid"

    assert not made
    with pytest.raises(Trouble, match="already runs"):
        twin.start()


def test_the_programs_role_is_no_superuser_and_needs_its_password(home: Home, crew: Crew) -> None:
    server, _, _ = postgres.child(home)
    crew.start(server)

    assert query(home, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'vestige'") == [
        (False, True)
    ]
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(dbname="vestige", user="vestige", host=str(home.sockets), password="x")
    assert home.sockets.stat().st_mode & 0o077 == 0


def test_servers_that_were_named_are_used_and_none_is_started(
    home: Home, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@db.example/cases")
    monkeypatch.setenv("REDIS_URL", "redis://bell.example:6379/0")

    assert servers.start(crew, home) is False
    assert crew.children == []
    assert servers.environment(home)["DATABASE_URL"] == "postgresql://someone@db.example/cases"
    assert servers.environment(home)["REDIS_URL"] == "redis://bell.example:6379/0"


def quick_child(home: Home, script: str) -> Child:
    """A child that runs one line of Python."""
    log, pid_file = home.log("quick"), home.folder / "run" / "quick.pid"
    return Child("Quick", [sys.executable, "-c", script], log, pid_file, os.environ)


def test_a_child_that_dies_three_times_in_a_minute_stops_everything(
    home: Home, crew: Crew, capfd: pytest.CaptureFixture[str]
) -> None:
    crew.start(quick_child(home, "print('out of luck')"))

    with pytest.raises(Trouble, match=r"died 3 times in a minute(.|\n)*out of luck"):
        crew.look_after()
    assert capfd.readouterr().out.count("starting it again") == 2


def test_a_child_that_will_not_stop_is_killed_with_its_own_children(home: Home, crew: Crew) -> None:
    deaf = "import signal, subprocess, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    child = quick_child(home, deaf + "subprocess.Popen(['sleep', '60']); time.sleep(60)")
    child.grace = 0.2
    crew.start(child)
    assert child.process
    pid = child.process.pid
    assert soon(lambda: descendants(pid))
    family = {pid: birth(pid), **descendants(pid)}

    crew.stop()

    assert soon(lambda: not alive(family))


def test_a_busy_port_is_told_in_a_sentence() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(Trouble, match="choose another: make up PORT="),
    ):
        up.refuse_busy_port("127.0.0.1", listener.getsockname()[1], patience=0)


def test_sockets_move_to_a_short_folder_when_the_path_is_too_long(home: Home) -> None:
    deep = Home(home.folder / ("x" * 60) / ("y" * 60))
    deep.prepare()
    try:
        assert len(str(deep.sockets)) <= LONGEST_SOCKET_FOLDER
        assert deep.sockets.stat().st_mode & 0o077 == 0
    finally:
        shutil.rmtree(deep.sockets)


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
