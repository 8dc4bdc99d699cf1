"""The launcher's own PostgreSQL and Valkey, and the ones that are named instead."""

import os
import shutil
import signal
import subprocess

import psycopg2
import pytest

from config.local import postgres, servers
from config.local.children import Crew
from config.local.places import Home
from config.local.steps import Trouble
from tests.config.census import query


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


def test_a_database_whose_notes_in_run_were_lost_starts_with_the_roles_it_has(
    home: Home, crew: Crew
) -> None:
    postgres.child(home)
    shutil.rmtree(home.folder / "run")  # which is made again when missing, says docs/operate.md
    home.prepare()

    server, _, made = postgres.child(home)
    crew.start(server)

    assert not made
    roles = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'vestige%' ORDER BY rolname"
    named = ["vestige", "vestige_app", "vestige_ledger", "vestige_signer", "vestige_web"]
    assert [name for (name,) in query(home, roles)] == named


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
    assert query(home, "SELECT rolname FROM pg_roles WHERE rolbypassrls") == [("postgres",)]
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
    program = servers.environment(home)
    assert program["DATABASE_URL"] == (
        "postgresql://someone@db.example/cases?options=-c%20role%3Dvestige_app"
    )
    assert servers.as_owner(program, home)["DATABASE_URL"] == (
        "postgresql://someone@db.example/cases"
    )
    assert servers.environment(home)["REDIS_URL"] == "redis://bell.example:6379/0"


@pytest.mark.parametrize(("limit", "megabytes"), [("1073741824", 256), ("67108864", 128)])
def test_postgresql_keeps_a_quarter_of_a_small_machines_memory(tmp_path, limit, megabytes):
    group = tmp_path / "memory.max"
    group.write_text(f"{limit}\n")
    assert postgres.shared_buffers(group) == megabytes


@pytest.mark.parametrize("limit", ["max\n", ""])
def test_without_a_limit_of_its_own_it_goes_by_the_machine_and_stays_within_bounds(tmp_path, limit):
    group = tmp_path / "memory.max"
    group.write_text(limit)
    assert 128 <= postgres.shared_buffers(group) <= 8192
