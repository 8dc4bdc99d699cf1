"""The warm process behind a worker: it reads no picture itself, but forks one that does, and dies.

Run by `asking` as `python -m evidence.imaging.forker MODULE`, a socket on standard input. Each
message is the words of one request with two descriptors: the original, and the line on which the
answer goes back. Starting Python for each picture cost more than the picture.
"""

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NoReturn

from evidence.imaging import limits

IDLE_SECONDS = 120
"""After so long without a request it ends, and its memory is free; the next one starts another."""

LONGEST_REQUEST = 16 * 1024
Work = Callable[[list[str], BinaryIO], dict[str, Any]]


class Forker:
    """Takes requests, forks for each, and tells how each child ended."""

    def __init__(self, channel: socket.socket, work: Work) -> None:
        self.channel, self.work = channel, work
        self.poll = select.poll()
        self.poll.register(channel, select.POLLIN)
        self.lines: dict[int, tuple[int, socket.socket]] = {}  # by the pipe that a death closes
        self.callers: dict[int, int] = {}  # whoever hangs up wants this child gone

    def serve(self) -> None:
        """Until the worker is gone, or has asked for nothing in a long time."""
        while ready := self.poll.poll(None if self.lines else IDLE_SECONDS * 1000):
            descriptor = ready[0][
                0
            ]  # one at a time: the numbers of closed ones are given out again
            if descriptor in self.lines:
                self.bury(descriptor)
            elif descriptor in self.callers:
                os.kill(self.callers[descriptor], signal.SIGKILL)
                self.poll.unregister(descriptor)
            elif not self.take_on():
                return

    def take_on(self) -> bool:
        """Fork for one request; False when the worker has closed the channel."""
        words, descriptors, _flags, _from = socket.recv_fds(self.channel, LONGEST_REQUEST, 2)
        if not words:
            return False
        original, line = descriptors[0], socket.socket(fileno=descriptors[1])
        alive, death = os.pipe()
        if (child := os.fork()) == 0:
            self.forget_the_others()
            be_the_child(self.work, json.loads(words), original, line)
        os.close(death)
        os.close(original)
        self.lines[alive], self.callers[line.fileno()] = (child, line), child
        self.poll.register(alive, select.POLLIN)
        self.poll.register(line, select.POLLRDHUP)
        return True

    def forget_the_others(self) -> None:
        """What a child must not hold: the channel, and the lines of its siblings."""
        self.channel.close()
        for alive, (_child, line) in self.lines.items():
            os.close(alive)
            line.close()

    def bury(self, alive: int) -> None:
        """Say on its line how the child ended, as the last word and none of its own."""
        child, line = self.lines.pop(alive)
        _pid, status = os.waitpid(child, 0)
        self.poll.unregister(alive)
        os.close(alive)
        if self.callers.pop(line.fileno(), None):
            try:
                self.poll.unregister(line)
                line.settimeout(1)
                line.sendall(b"\n%d" % os.waitstatus_to_exitcode(status))
                line.shutdown(socket.SHUT_RDWR)
            except (OSError, KeyError):
                pass  # nobody listens any more
        line.close()


def be_the_child(work: Work, words: list[str], original: int, line: socket.socket) -> NoReturn:
    """Shut in, do the one thing, answer with one line of JSON. Exit 1: it went wrong itself."""
    code = 1
    try:
        with os.fdopen(original, "rb") as opened:
            line.sendall(json.dumps(work(words, opened), default=str).encode())
        code = 0
    finally:
        os._exit(code)


def main(name: str) -> None:
    """Load what the work needs, before any stranger's byte; then fork on request."""
    limits.leave_network()  # first: the kernel grants it only while there is but one thread
    work: Any = importlib.import_module(name)
    work.prepare()
    gc.collect()
    gc.freeze()
    ctypes.CDLL(None).malloc_trim(0)  # a child fills new pages faster than it copies freed ones
    Forker(socket.socket(fileno=0), work.answer).serve()


if __name__ == "__main__":
    main(sys.argv[1])
