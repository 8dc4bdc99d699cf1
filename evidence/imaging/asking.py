"""The worker's side: asks its warm process for a child that reads one stranger's file and dies."""

import atexit
import json
import os
import signal
import socket
import subprocess  # nosec B404
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

_ROOT = Path(__file__).parents[2]
_LONGEST_ANSWER = 256 * 1024
_DECODER_CRASHED = {
    -signal.SIGSEGV,
    -signal.SIGBUS,
    -signal.SIGABRT,
    -signal.SIGFPE,
    -signal.SIGILL,
    -signal.SIGSYS,
}
_MEMORY = {
    "hugetlb": 1,  # a fifth of the time went into small pages
    "mmap_threshold": 256 * 1024 * 1024,  # one growing heap, not a mapping for every picture
    "top_pad": 64 * 1024 * 1024,
    "trim_threshold": 256 * 1024 * 1024,
}
"""How the C library hands out memory to a process that lives for one picture (bytes)."""
ENVIRONMENT = {
    "PYTHONUTF8": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "GLIBC_TUNABLES": ":".join(f"glibc.malloc.{name}={value}" for name, value in _MEMORY.items()),
}
"""All that the warm process is told: none of the worker's secrets."""

_ARITHMETIC = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


class ExaminationFailed(OSError):
    """The examination itself went wrong (disk full, worker stopped): nothing was judged."""


@dataclass(frozen=True)
class Warm:
    """One warm process of this one, and the socket on which it takes requests."""

    owner: int
    channel: socket.socket
    process: "subprocess.Popen[bytes]"

    @property
    def is_mine(self) -> bool:
        """False in a fork of its owner, and when it has ended."""
        return self.owner == os.getpid() and self.process.poll() is None

    def end(self) -> None:
        """Let it go, and with it whatever it has forked."""
        self.channel.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


_warm: dict[str, Warm] = {}
_starting = threading.Lock()


@atexit.register
def _end_all() -> None:
    for warm in _warm.values():
        warm.end()


def ask(
    module: str, words: list[str], original: BinaryIO, *, wall_seconds: float
) -> dict[str, Any]:
    """What a child of `module` finds in the original; {"reason": …} when it could not.

    Raises ExaminationFailed when nothing was judged and it should be asked again.
    """
    deadline = time.monotonic() + wall_seconds
    try:
        said = _said(module, words, original, deadline) or _said(module, words, original, deadline)
    except TimeoutError:
        return {"reason": "timed-out"}
    return _verdict(said)


def _said(module: str, words: list[str], original: BinaryIO, deadline: float) -> bytes:
    """Everything heard of one child; nothing when the warm process had just ended."""
    mine, theirs = socket.socketpair()
    with mine:
        with theirs, _starting:
            warm = _kept_warm(module)
            with suppress(ConnectionError):
                handed = [original.fileno(), theirs.fileno()]
                socket.send_fds(warm.channel, [json.dumps(words).encode()], handed)
        if not (said := _heard(mine, deadline)):
            warm.end()
        return said


def _kept_warm(module: str) -> Warm:
    known = _warm.get(module)
    if known and known.is_mine:
        return known
    if known:
        known.end()
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    passed = {name: os.environ[name] for name in _ARITHMETIC if name in os.environ}
    with theirs:
        process = subprocess.Popen(  # noqa: S603  # nosec B603
            [sys.executable, "-s", "-m", "evidence.imaging.forker", module],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=ENVIRONMENT | passed,
        )
    _warm[module] = Warm(os.getpid(), mine, process)
    return _warm[module]


def _heard(line: socket.socket, deadline: float) -> bytes:
    """Everything said on the line until it is closed, or too much."""
    said = bytearray()
    while len(said) < _LONGEST_ANSWER:
        line.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            piece = line.recv(65536)
        except ConnectionError:
            break
        if not piece:
            break
        said += piece
    return bytes(said)


def _verdict(said: bytes) -> dict[str, Any]:
    """The child's answer, or what its end tells; how it ended stands behind the last line break."""
    if len(said) >= _LONGEST_ANSWER:
        return {"reason": "decoder-failed"}
    answer, _break, ended = said.rpartition(b"\n")
    if not ended.lstrip(b"-").isdigit():
        raise ExaminationFailed("The warm process ended.")
    returncode = int(ended)
    if returncode == -signal.SIGXCPU:
        return {"reason": "timed-out"}
    if returncode in _DECODER_CRASHED:
        return {"reason": "decoder-failed"}
    if returncode != 0:
        raise ExaminationFailed(f"The examining process ended with {returncode}.")
    try:
        found = json.loads(answer)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"reason": "decoder-failed"}
