"""How the launcher speaks: what it is doing, how long that took, and what to do about trouble."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class Trouble(Exception):
    """Something is missing or broken; the text is a sentence that says what to do."""


@dataclass
class Remark:
    """What there is to add behind a finished step."""

    text: str = ""


def say(text: str = "") -> None:
    """One line for the person at the keyboard, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[Remark]:
    """Say what is being done, do it, then say how many seconds it took."""
    sys.stdout.write(f"  {title:<28}")
    sys.stdout.flush()
    started = time.monotonic()
    remark = Remark()
    try:
        yield remark
    except BaseException:
        say(" stopped")
        raise
    say(f"{time.monotonic() - started:6.1f} s  {remark.text}".rstrip())
