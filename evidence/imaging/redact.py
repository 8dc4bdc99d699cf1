"""Have a redacted copy of a picture drawn, in a process of its own with limits."""

import json
import subprocess  # nosec B404
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidence.imaging.redacting import DRAWN, Box
from evidence.imaging.sniffing import HEAD_SIZE, sniff

WALL_SECONDS = 60.0
_ROOT = Path(__file__).parents[2]


class CannotRedact(ValueError):
    """The picture could not be decoded whole within the limits: nothing was drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the copy lies, and its size in pixels."""

    path: Path
    width: int
    height: int


def redact(source: Path, into: Path, boxes: Iterable[Box]) -> Drawn:
    """Draw a copy of the picture at `source` with the boxes (per mille) black into `into`."""
    with source.open("rb") as original:
        kind = sniff(original.read(HEAD_SIZE))
        original.seek(0)
        if not kind.opener:
            raise CannotRedact("not-a-picture")
        told = json.dumps([list(box) for box in boxes])
        command = [sys.executable, "-s", "-m", "evidence.imaging.redacting"]
        try:
            ended = subprocess.run(  # noqa: S603  # nosec B603
                [*command, kind.opener, str(into.resolve()), told],
                stdin=original,
                capture_output=True,
                cwd=_ROOT,
                env={"PYTHONUTF8": "1"},  # none of the worker's secrets
                timeout=WALL_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as trouble:
            raise CannotRedact("decoder-failed") from trouble
    return understood(ended.stdout, into)


def understood(answer: bytes, into: Path) -> Drawn:
    """The child's answer, believed only as far as it has the shape of one."""
    try:
        found = json.loads(answer)
        path = into / DRAWN
        if found["drawn"] != DRAWN or path.is_symlink() or not path.is_file():
            raise ValueError(DRAWN)
        return Drawn(path, int(found["width"]), int(found["height"]))
    except (KeyError, TypeError, ValueError) as trouble:
        raise CannotRedact("decoder-failed") from trouble
