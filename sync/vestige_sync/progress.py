"""Shows how far it is: a bar that moves on a terminal, a line now and then everywhere else."""

from __future__ import annotations

import sys
import time
from typing import Callable, TextIO

WIDTH = 30  # characters
ON_TERMINAL, ELSEWHERE = 0.1, 5.0  # seconds between two signs of life
UNITS = ("bytes", "KB", "MB", "GB")


class Progress:
    """One job: `total` is 0 where nobody knows it."""

    def __init__(
        self,
        what: str,
        total: int = 0,
        *,
        unit: str = "",
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.what, self.total, self.unit = what, total, unit
        self.stream, self.clock = stream or sys.stderr, clock
        self.done, self.drawn = 0, 0.0
        self.moves = self.stream.isatty()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *problem: object) -> None:
        if self.done:
            self.draw()
            self.stream.write("\n" if self.moves else "")

    def step(self, more: int) -> None:
        """So much more is done."""
        self.reach(self.done + more)

    def reach(self, done: int) -> None:
        """So much is done in all."""
        self.done = done
        every = ON_TERMINAL if self.moves else ELSEWHERE
        if self.clock() - self.drawn >= every:
            self.draw()

    def draw(self) -> None:
        """Draw it as it is now."""
        self.drawn = self.clock()
        text = f"{self.what}: {self.counted}"
        if not self.moves:
            self.stream.write(f"{text}\n")
        elif self.total:
            full = min(WIDTH, WIDTH * self.done // self.total)
            self.stream.write(f"\r\x1b[K[{'#' * full}{'.' * (WIDTH - full)}] {text}")
        else:
            self.stream.write(f"\r\x1b[K{text}")
        self.stream.flush()

    @property
    def counted(self) -> str:
        """So many of so many."""
        done = size(self.done) if self.unit == "bytes" else f"{self.done} {self.unit}".strip()
        if not self.total:
            return done
        total = size(self.total) if self.unit == "bytes" else str(self.total)
        return f"{done} of {total}"


def size(count: float) -> str:
    """Bytes as people read them."""
    for unit in UNITS[:-1]:
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} {UNITS[-1]}"
