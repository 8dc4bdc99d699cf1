"""The database and the doorbell for whoever needs them: who starts them, who only uses them."""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from config.local import postgres, valkey
from config.local.children import PAUSE, Crew
from config.local.places import Home
from config.local.steps import Trouble, say, step

PATIENCE = 60  # seconds that a command waits for the servers another one is starting


def environment(home: Home) -> dict[str, str]:
    """What the program reads its settings from; what the person has set comes first."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    ours = {
        "VESTIGE_DATA": str(home.folder),
        "SECURITY_LOG": str(home.log("security")),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    for name in ("SECRET_KEY", "IDENTITY_KEY", "PEER_KEY"):
        if name not in given and f"{name}_FILE" not in given:
            home.secret(name.lower())
            ours[f"{name}_FILE"] = str(home.secret_file(name.lower()))
    if needs_postgres():
        ours["DATABASE_URL"] = postgres.address(home)
    elif not given.get("OWNER_DATABASE_URL"):
        ours["DATABASE_URL"] = as_program(given["DATABASE_URL"])
    if needs_valkey():
        ours["REDIS_URL"] = valkey.address(home)
    for name in ("OWNER_DATABASE_URL", "SIGNER_DATABASE_URL", "SIGNER_FOLDER"):
        given.pop(name, None)
    return given | ours


def as_owner(environment: Mapping[str, str], home: Home) -> dict[str, str]:
    """The same for whoever makes the tables: migrations, and tests that make databases."""
    named = os.environ.get("OWNER_DATABASE_URL") or os.environ.get("DATABASE_URL")
    owner = postgres.owner_address(home) if needs_postgres() else str(named)
    return {
        **environment,
        "DATABASE_URL": owner,
        "APP_DATABASE_URL": environment["DATABASE_URL"],
        "SIGNER_DATABASE_URL": os.environ.get("SIGNER_DATABASE_URL", ""),
    }


def as_signer(environment: Mapping[str, str], home: Home) -> dict[str, str]:
    """The same for the signer: a database role and a folder that no other process is told of."""
    named = os.environ.get("OWNER_DATABASE_URL") or os.environ.get("DATABASE_URL")
    address = (
        postgres.signer_address(home)
        if needs_postgres()
        else os.environ.get("SIGNER_DATABASE_URL") or as_program(str(named), "vestige_ledger")
    )
    folder = os.environ.get("SIGNER_FOLDER", str(home.folder / "signer"))
    return {**environment, "DATABASE_URL": address, "SIGNER_FOLDER": folder}


def as_program(address: str, role: str = "vestige_app") -> str:
    """A database named with its owner's role alone: the program steps down to a lesser one."""
    mark = "&" if "?" in address else "?"
    return f"{address}{mark}options=-c%20role%3D{role}"


def needs_postgres() -> bool:
    """Whether no other database was named."""
    return not os.environ.get("DATABASE_URL")


def needs_valkey() -> bool:
    """Whether no other Redis or Valkey was named."""
    return not os.environ.get("REDIS_URL")


def start(crew: Crew, home: Home) -> bool:
    """Start the servers that were not named; whether the database is brand new."""
    made = False
    if home.servers != home.folder:
        say(f"  The servers run as the user nobody, who cannot enter {home.folder};")
        say(f"  so their data lie in {home.servers}.")
    if needs_postgres():
        with step("PostgreSQL") as remark:
            server, version, made = postgres.child(home)
            remark.text = f"{version}, {'a new database in' if made else 'on'} {server.cwd}"
            crew.start(server)
    else:
        say("  PostgreSQL                           yours, from DATABASE_URL")
    if needs_valkey():
        with step("Valkey"):
            crew.start(valkey.child(home))
    else:
        say("  Valkey                               yours, from REDIS_URL")
    return made


def are_ready(home: Home) -> bool:
    """Whether all servers that belong to this home answer."""
    return (not needs_postgres() or postgres.is_ready(home)) and (
        not needs_valkey() or valkey.is_ready(home)
    )


def holder(home: Home) -> dict[str, Any]:
    """Who says to hold the servers: its process number, verb and web address."""
    try:
        known = json.loads(_lock_file(home).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return dict(known)


@contextmanager
def held(home: Home, verb: str, address: str = "") -> Iterator[bool]:
    """Hold the right to start this home's servers; False if another process holds it.

    The kernel gives the right back when the holder ends, however it ends.
    """
    with _lock_file(home).open("a+", encoding="utf-8") as lock:
        mine = _take(lock)
        if mine:
            _sign(lock, {"pid": os.getpid(), "verb": verb, "address": address})
        try:
            yield mine
        finally:
            if mine:
                _sign(lock, {})


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(lock: IO[str], facts: dict[str, Any]) -> None:
    lock.truncate(0)
    lock.write(json.dumps(facts))
    lock.flush()


def _lock_file(home: Home) -> Path:
    return home.folder / "run" / "servers.lock"


@contextmanager
def at_hand(home: Home, verb: str) -> Iterator[bool]:
    """The servers, running: those of a running `make up`, or ones that stop again afterwards.

    Gives whether the database was made just now.
    """
    while True:
        with held(home, verb) as mine:
            if mine:
                yield from _for_a_while(home)
                return
        by = holder(home)
        if by.get("verb") == "up" and _alive(by):
            _wait_until_ready(home)
            yield False
            return
        if by:
            say(f"  Waiting for `{by['verb']}` (process {by['pid']}), which has the servers …")
        while holder(home) == by and by and _alive(by):
            time.sleep(PAUSE)
        time.sleep(PAUSE)


def _alive(by: dict[str, Any]) -> bool:
    return Path(f"/proc/{by['pid']}").exists()


def _for_a_while(home: Home) -> Iterator[bool]:
    crew = Crew()
    try:
        yield start(crew, home)
    finally:
        crew.stop()


def _wait_until_ready(home: Home) -> None:
    until = time.monotonic() + PATIENCE
    while not are_ready(home):
        if time.monotonic() > until:
            raise Trouble("`make up` is running, but its servers do not answer; see its messages.")
        time.sleep(PAUSE)
