"""Look at an uploaded original: what it is, what it claims, and small pictures to show of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence.imaging.asking import ExaminationFailed, ask
from evidence.imaging.claims import Exif
from evidence.imaging.derivatives import SIZES
from evidence.imaging.sniffing import HEAD_SIZE, sniff
from evidence.imaging.verdicts import NOTES, REASONS

__all__ = ["Examination", "ExaminationFailed", "examine"]

WALL_SECONDS = 30.0
"""How long one picture may keep a worker, whatever its processor time."""

_CHILD = "evidence.imaging.child"


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
    perceptual_hash: str = ""
    perceptual_quality: int | None = None

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
        words = ["look", kind.opener, str(into.resolve())]
        answer = ask(_CHILD, words, original, wall_seconds=wall_seconds)
    return _understood(answer, kind.mime, kind.opener, into)


def _understood(answer: dict[str, Any], mime: str, opener: str, into: Path) -> Examination:
    """The child's answer, believed only as far as it has the shape of one."""
    try:
        readable = answer.get("readable") is True
        drawn: dict[str, Any] = (
            {role: _drawn(answer[role], role, into) for role in SIZES} if readable else {}
        )
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
            **(_fingerprint(answer) if readable else {}),
            **drawn,
        )
    except (TypeError, ValueError, KeyError):
        return Examination(readable=False, reason="decoder-failed", mime=mime, format=opener)


def _drawn(name: str, role: str, into: Path) -> Path:
    path = into / name
    if name not in (f"{role}.jpg", f"{role}.png") or path.is_symlink() or not path.is_file():
        raise ValueError(name)
    return path


def _fingerprint(answer: dict[str, Any]) -> dict[str, Any]:
    code, quality = answer["pdq"], answer["pdq_quality"]
    if not re.fullmatch(r"[0-9a-f]{64}", code) or quality not in range(101):
        raise ValueError(code)
    return {"perceptual_hash": code, "perceptual_quality": quality}


def _pixels(stated: Any) -> int | None:
    return stated if isinstance(stated, int) and stated >= 0 else None


def _exif(stated: dict[str, Any] | None) -> Exif | None:
    if stated is None:
        return None
    taken_at = stated["taken_at"] and datetime.fromisoformat(stated["taken_at"])
    return Exif(**{**stated, "taken_at": taken_at})
