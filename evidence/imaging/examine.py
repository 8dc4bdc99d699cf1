"""Look at an uploaded original: what it is, what it claims, and small pictures to show of it."""

import json
import signal
import subprocess  # nosec B404
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from evidence.imaging.claims import Exif
from evidence.imaging.derivatives import SIZES
from evidence.imaging.sniffing import HEAD_SIZE, sniff
from evidence.imaging.verdicts import NOTES, REASONS

WALL_SECONDS = 30.0
"""How long one picture may keep a worker, whatever its processor time."""

_ROOT = Path(__file__).parents[2]
_LONGEST_ANSWER = 64 * 1024
_DECODER_CRASHED = {
    -signal.SIGSEGV,
    -signal.SIGBUS,
    -signal.SIGABRT,
    -signal.SIGFPE,
    -signal.SIGILL,
    -signal.SIGSYS,
}


class ExaminationFailed(OSError):
    """The examination itself went wrong (disk full, worker stopped): nothing was judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What one look at an original found; a picture that can't be shown is not an error.

    `reason` is a key of `verdicts.REASONS`, empty if readable; `notes` are keys of
    `verdicts.NOTES`. Size in pixels is that of the upright picture. `mime` is told from the
    bytes, for files that are no pictures too. Claims may be known of a broken picture.
    """

    readable: bool
    reason: str
    mime: str
    format: str = ""
    width: int | None = None
    height: int | None = None
    exif: Exif | None = None
    notes: tuple[str, ...] = ()
    preview: Path | None = None
    thumbnail: Path | None = None

    @property
    def explanation(self) -> str:
        """The English sentence for `reason`."""
        return REASONS.get(self.reason, "")


def examine(source: Path, into: Path, *, wall_seconds: float = WALL_SECONDS) -> Examination:
    """Examine the file at `source`, which is only read, and draw derivatives into `into`.

    Every picture is decoded in a process of its own with `limits`. Raises ExaminationFailed
    when the file could not be judged and the examination should be repeated.
    """
    with source.open("rb") as original:
        kind = sniff(original.read(HEAD_SIZE))
        if not kind.opener:
            return Examination(readable=False, reason="not-a-picture", mime=kind.mime)
        answer = _ask_child(original, kind.opener, into, wall_seconds)
    return _understood(answer, kind.mime, kind.opener, into)


def _ask_child(original: BinaryIO, opener: str, into: Path, wall_seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-s", "-m", "evidence.imaging.child", opener, str(into.resolve())]
    with subprocess.Popen(  # noqa: S603  # nosec B603
        command,
        stdin=original,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PYTHONUTF8": "1"},  # none of the worker's secrets
    ) as child:
        # Not wait(timeout=…): it sleeps in steps of 50 ms, half of what the child needs.
        deadline = threading.Timer(wall_seconds, child.kill)
        deadline.start()
        answer = child.stdout.read(_LONGEST_ANSWER) if child.stdout else b""
        if len(answer) == _LONGEST_ANSWER:
            child.kill()
        child.wait()
        late = deadline.finished.is_set()
        deadline.cancel()
    return {"reason": "timed-out"} if late else _verdict(child.returncode, answer)


def _verdict(returncode: int, answer: bytes) -> dict[str, Any]:
    if returncode == -signal.SIGXCPU:
        return {"reason": "timed-out"}
    if returncode in _DECODER_CRASHED or len(answer) == _LONGEST_ANSWER:
        return {"reason": "decoder-failed"}
    if returncode != 0:
        raise ExaminationFailed(f"The examining process ended with {returncode}.")
    try:
        found = json.loads(answer)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"reason": "decoder-failed"}


def _understood(answer: dict[str, Any], mime: str, opener: str, into: Path) -> Examination:
    """The child's answer, believed only as far as it has the shape of one."""
    try:
        readable = answer.get("readable") is True
        drawn = {role: _drawn(answer[role], role, into) for role in SIZES} if readable else {}
        reason = "" if readable else answer["reason"]
        return Examination(
            readable=readable,
            reason=reason if reason in REASONS or readable else "decoder-failed",
            mime=mime,
            format=opener,
            width=_pixels(answer.get("width")),
            height=_pixels(answer.get("height")),
            exif=_exif(answer.get("exif")),
            notes=tuple(note for note in answer.get("notes", ()) if note in NOTES),
            **drawn,
        )
    except (TypeError, ValueError, KeyError):
        return Examination(readable=False, reason="decoder-failed", mime=mime, format=opener)


def _drawn(name: str, role: str, into: Path) -> Path:
    path = into / name
    if name not in (f"{role}.jpg", f"{role}.png") or path.is_symlink() or not path.is_file():
        raise ValueError(name)
    return path


def _pixels(stated: Any) -> int | None:
    return stated if isinstance(stated, int) and stated >= 0 else None


def _exif(stated: dict[str, Any] | None) -> Exif | None:
    if stated is None:
        return None
    taken_at = stated["taken_at"] and datetime.fromisoformat(stated["taken_at"])
    return Exif(**{**stated, "taken_at": taken_at})
