"""Children that die, hang or lie, each under the name of what it does instead of its work."""

import os
import signal
import time
from typing import Any

DEATHS = {"SEGV", "ABRT", "XCPU", "TERM", "KILL"}


def prepare() -> None:
    """Nothing to load."""


def answer(words: list[str], original: Any) -> dict[str, Any]:
    """Do what the original says, which is no picture but one word of ours."""
    original.seek(0)
    wanted = original.read().partition(b"#")[2].decode()
    if wanted in DEATHS:
        os.kill(os.getpid(), getattr(signal, f"SIG{wanted}"))
    if wanted == "hang":
        time.sleep(60)
    if wanted == "raise":
        raise OSError(wanted)
    if wanted == "endless":
        return {"reason": "x" * 1_000_000}
    if wanted == "list":
        return []  # type: ignore[return-value]
    if wanted == "outside":
        return {"readable": True, "preview": "../x", "thumbnail": "y"}
    return {"readable": False, "reason": "<b>invented</b>"}
