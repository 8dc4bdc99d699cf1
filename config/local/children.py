"""Processes that live exactly as long as the launcher: started, watched, started again, stopped."""

import ctypes
import os
import signal
import subprocess  # nosec B404
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.local.places import ROOT, Servant
from config.local.steps import Trouble, say

PR_SET_PDEATHSIG = 1
BIGGEST_LOG = 10_000_000  # bytes; a bigger one is set aside at the next start
TOO_MANY_DEATHS, WITHIN = 3, 60  # seconds
PAUSE = 0.1  # seconds between two looks
LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent(sign: signal.Signals) -> None:
    """Ask the kernel to send `sign` to this process when the one that started it ends."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)


@contextmanager
def deaf() -> Iterator[None]:
    """No signal that asks to stop disturbs what is done meanwhile."""
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(sign, signal.SIG_IGN) for sign in asked]
    try:
        yield
    finally:
        for sign, handler in zip(asked, before, strict=True):
            signal.signal(sign, handler)


def birth(pid: int) -> str:
    """When a process began, in clock ticks since boot; empty if it is gone.

    A process number comes back one day, a number with its birth does not.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


def nothing_to_wait_for() -> bool:
    """A child that is ready as soon as it runs."""
    return True


def never() -> bool:
    """What nobody waits for."""
    return False


def nothing_to_clear() -> None:
    """A child that leaves nothing behind."""


@dataclass
class Child:
    """One process of ours: how it is started, how it is known to be ready, how it is stopped."""

    name: str
    command: list[str]
    log: Path
    pid_file: Path
    environment: Mapping[str, str]
    cwd: Path = ROOT
    servant: Servant | None = None
    ready: Callable[[], bool] = nothing_to_wait_for
    clear: Callable[[], None] = nothing_to_clear
    is_server: bool = False  # it outlives the others, and may need a moment after a crash
    patience: float = 30  # seconds until it must be ready
    stop_with: signal.Signals = signal.SIGTERM
    orphaned_with: signal.Signals = signal.SIGTERM
    grace: float = 15  # seconds to stop in before it is killed
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)
    stopping: bool = False

    def start(self) -> None:
        """Run it until it is ready; a server that is refused after a crash is tried again."""
        self._see_off_predecessor()
        deadline = time.monotonic() + self.patience
        while not self._come_up(deadline):
            if not self.is_server or time.monotonic() > deadline:
                raise Trouble(f"{self.name} does not start. {self.last_words()}")
            time.sleep(3 * PAUSE)

    def _come_up(self, deadline: float) -> bool:
        """Start it once; whether it became ready before it died or time was up."""
        self.clear()
        self.process = self._spawn()
        self.pid_file.write_text(f"{self.process.pid} {birth(self.process.pid)}", encoding="ascii")
        while self.process.poll() is None:
            if self.ready():
                return True
            if time.monotonic() > deadline:
                raise Trouble(f"{self.name} is not ready in time. {self.last_words()}")
            time.sleep(PAUSE / 4)
        return False

    def _spawn(self) -> "subprocess.Popen[bytes]":
        if self.log.exists() and self.log.stat().st_size > BIGGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        parent = os.getpid()

        def tie_to_parent() -> None:
            for sign in (signal.SIGINT, signal.SIGQUIT):
                signal.signal(sign, signal.SIG_DFL)  # a shell's background jobs ignore these
            die_with_parent(self.orphaned_with)
            if os.getppid() != parent:  # it ended before we asked
                os._exit(1)

        # Only the main thread starts children, so code between fork and exec is safe here.
        user = self.servant
        with self.log.open("ab") as log:
            return subprocess.Popen(  # nosec B603
                self.command,
                cwd=self.cwd,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops them in order
                preexec_fn=tie_to_parent,
                umask=0o077,
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
            )

    def _see_off_predecessor(self) -> None:
        """Wait for the process of an earlier launcher that was killed a moment ago."""
        try:
            pid, born = self.pid_file.read_text(encoding="ascii").split()
        except (FileNotFoundError, ValueError):
            return
        for sign in (None, self.stop_with, signal.SIGKILL):
            if sign and birth(int(pid)) == born:
                os.kill(int(pid), sign)
            until = time.monotonic() + 10
            while birth(int(pid)) == born and time.monotonic() < until:
                time.sleep(PAUSE)

    def look(self) -> None:
        """Start it again if it died; three deaths within a minute are too many."""
        if not self.process or self.process.poll() is None:
            return
        now = time.monotonic()
        self.deaths = [*(then for then in self.deaths if now - then < WITHIN), now]
        if len(self.deaths) >= TOO_MANY_DEATHS:
            raise Trouble(
                f"{self.name} died {len(self.deaths)} times in a minute, so everything "
                f"is stopped. {self.last_words()}"
            )
        self._sweep()
        say(f"  {self.name} {self._how_it_ended()}; starting it again (log: {self.log})")
        self.start()

    def _how_it_ended(self) -> str:
        code = self.process.returncode if self.process else 0
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"

    def ask_to_stop(self) -> None:
        """Send it the signal that lets it finish what it is doing."""
        if self.process and self.process.poll() is None and not self.stopping:
            self.process.send_signal(self.stop_with)
            self.stopping = True  # Celery takes a second signal for impatience

    def stop(self) -> None:
        """Ask it to end, and make it end after a while."""
        if not self.process:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            say(f"  {self.name} does not stop by itself; it is killed.")
        self._sweep()
        self.process.wait()
        self.pid_file.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """End whatever it left behind."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self) -> str:
        """Where its log is, and the end of it."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return f"The end of {self.log}:\n" + "\n".join(f"    {line}" for line in lines[-12:])


class Crew:
    """The children in the order they were started."""

    def __init__(self) -> None:
        self.children: list[Child] = []

    def start(self, child: Child) -> None:
        """Start one and keep it; it is stopped even if it never became ready."""
        self.children.append(child)
        child.start()

    def all_alive(self) -> None:
        """Trouble at once if one has ended already: it would only end again."""
        for child in self.children:
            if child.process and child.process.poll() is not None:
                raise Trouble(f"{child.name} ended as soon as it was started. {child.last_words()}")

    def look_after(self, until: Callable[[], bool] = never) -> None:
        """Watch over all of them until a signal or trouble comes, or what is waited for."""
        while not until():
            for child in self.children:
                child.look()
            time.sleep(PAUSE)

    def stop_programs(self) -> None:
        """Stop the programs together, and keep the servers."""
        with deaf():
            programs = [child for child in self.children if not child.is_server]
            for child in programs:
                child.ask_to_stop()
            for child in programs:
                child.stop()
                self.children.remove(child)

    def stop(self) -> None:
        """Stop the programs together, then the servers they need, the last one started first."""
        with deaf():
            for child in self.children:
                if not child.is_server:
                    child.ask_to_stop()
            while self.children:
                self.children.pop().stop()
