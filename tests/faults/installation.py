"""An installation of a test's own: servers, web, worker, beat, each known by its recorded pid."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from config.local import postgres, servers, up, valkey
from config.local.children import Child, Crew, birth
from config.local.places import ROOT, Home
from config.local.web import Address
from tests.config.census import descendants
from tests.config.conftest import NAMED

RECOVERY = 60.0  # seconds in which everything owed is done once servers and workers are back
POSTGRES, VALKEY = "PostgreSQL", "Valkey"
WORKER, BEAT, WEB = "The worker", "Beat", "The web server"
OTHERS = {"OWNER_DATABASE_URL", "APP_DATABASE_URL", "PYTEST_XDIST_WORKER", "VESTIGE_TEST_DB"}


def until(question: Callable[[], object], what: str, *, seconds: float = RECOVERY) -> float:
    """Wait for an answer to become true; how many seconds that took."""
    began = time.monotonic()
    while not question():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def nothing_named() -> Iterator[None]:
    """The environment as on a machine where nobody has named any server."""
    before = dict(os.environ)
    for name in {*NAMED, *OTHERS} & set(before):
        del os.environ[name]
    os.environ |= {"DEBUG": "0", "ALLOWED_HOSTS": "127.0.0.1", "WORKER_CONCURRENCY": "2"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Installation:
    """One home with its processes. Whatever is killed is first shown to be ours."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.crew = Crew()
        self.address = Address("127.0.0.1", free_port())

    def start_servers(self) -> None:
        """PostgreSQL and Valkey, and what programs have to know of them."""
        with nothing_named():
            self.home.prepare()
            servers.start(self.crew, self.home)
            self.environment = servers.environment(self.home)

    def start_programs(self, *names: str, under: Sequence[str] = ()) -> None:
        """Web, worker and beat, or only those named; `under` a command that limits them."""
        with nothing_named():
            for child in up.programs(self.home, self.environment, self.address):
                if not names or child.name in names:
                    child.command = [*under, *child.command]
                    self.crew.start(child)

    def child(self, name: str) -> Child:
        """The running child of that name."""
        (found,) = [child for child in self.crew.children if child.name == name]
        return found

    def pid(self, name: str) -> int:
        """The process of a child; asserts by its recorded birth that it is the one we started."""
        child = self.child(name)
        recorded, born = child.pid_file.read_text(encoding="ascii").split()
        assert child.process
        assert child.process.pid == int(recorded)
        assert birth(int(recorded)) == born, f"{name} is not the process that was started"
        return int(recorded)

    def signal(self, name: str, sign: signal.Signals = signal.SIGKILL) -> None:
        """Send a child of ours a signal, `kill -9` by default."""
        os.kill(self.pid(name), sign)

    def kill_below(self, name: str, pid: int) -> None:
        """`kill -9` of a process that one of our children has started."""
        assert pid in descendants(self.pid(name)), f"{pid} does not belong to {name}"
        os.kill(pid, signal.SIGKILL)

    def revive(self, name: str) -> None:
        """What `make up` does when a child has died."""
        child = self.child(name)
        until(lambda: child.process and child.process.poll() is not None, f"{name} to be dead")
        child.look()

    def stop(self, *names: str) -> None:
        """Stop some programs in peace; they are started again with `start_programs`."""
        for name in names:
            child = self.child(name)
            self.crew.children.remove(child)
            child.stop()

    def run(self, *words: str) -> str:
        """Run Python on this installation, as the program."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def deed(self, name: str) -> dict[str, str]:
        """Something of `seed` happens here."""
        told: dict[str, str] = json.loads(self.run("-m", "tests.faults.seed", name))
        return told

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Ask PostgreSQL as its superuser, whom no rule of ours keeps from seeing anything."""
        word = self.home.secret("postgres_superuser_password")
        place = {"host": str(self.home.sockets), "dbname": "vestige"}
        line = psycopg2.connect(user="postgres", password=word, connect_timeout=5, **place)
        try:
            with line, line.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            line.close()

    def count(self, statement: str, *values: object) -> int:
        """The one number that a statement gives."""
        return int(str(self.ask(statement, *values)[0][0]))

    def below(self, name: str, word: str) -> list[int]:
        """Processes below a child in whose command line the word stands."""
        return [pid for pid in descendants(self.pid(name)) if word in command_of(pid)]

    def broker(self) -> str:
        """Where our Valkey listens."""
        return valkey.address(self.home)

    def end(self) -> None:
        """Kill everything that is ours and remove the folder."""
        for child in self.crew.children:
            if child.process and child.process.poll() is None:
                os.killpg(self.pid(child.name), signal.SIGKILL)  # each leads a group of its own
        self.crew.stop()
        for leftover in {self.home.sockets, self.home.servers, self.home.folder}:
            shutil.rmtree(leftover, ignore_errors=True)


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return words.replace(b"\0", b" ").decode(errors="replace")


def parent_of(pid: int) -> int:
    """The process that started this one; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def make_first(folder: Path) -> dict[str, str]:
    """Fill a folder with an installation that has a case, stopped, to be copied for each test."""
    first = Installation(folder)
    try:
        first.start_servers()
        with nothing_named():
            up.prepare(first.environment, first.home)
        return first.deed("world")
    finally:
        first.crew.stop()


def copy_of(folder: Path, place: Path) -> Installation:
    """The same installation in another place, with its owners and permissions."""
    subprocess.run(["cp", "--archive", str(folder), str(place)], check=True)
    copied = Installation(place)
    assert postgres.is_ready(copied.home) is False
    return copied
