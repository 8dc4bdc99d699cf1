"""The bytes of files: fetched from where the line was cut, and kept under their own SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable
from urllib.parse import urlsplit

from vestige_sync.errors import Refused, Trouble, Unreachable, Unverified
from vestige_sync.mirror import Mirror
from vestige_sync.transport import (
    AGAIN,
    BROKEN,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Answer,
    Line,
    seconds,
)

PIECE = 1 << 16  # bytes
PARTIAL = 206
GRANTED = 50 * 60.0  # seconds; the server lets an original go out for an hour
Step = Callable[[int], None]
File = Mapping[str, Any]


@dataclass(frozen=True)
class Grant:
    """Where the server lets an original be fetched, and until when on the clock of the line."""

    there: str
    until: float


def place_of(mirror: Mirror, sha256: str) -> Path:
    """Where the bytes with this SHA-256 lie."""
    return mirror.folder / "files" / sha256[:2] / sha256[2:4] / sha256


def missing(mirror: Mirror, cases: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The files that are told of and whose bytes are not here; the same bytes are listed once."""
    found = {file["sha256"]: file for file in mirror.files(cases)}
    return [file for sha256, file in found.items() if not place_of(mirror, sha256).is_file()]


def fetch_all(
    line: Line,
    mirror: Mirror,
    files: list[dict[str, Any]],
    step: Step = lambda _bytes: None,
) -> Iterator[Trouble | None]:
    """Fetch one after the other; what is refused or altered is told, and the next one fetched."""
    for file in files:
        try:
            fetch(line, mirror, file, step)
        except (Refused, Unverified) as trouble:
            yield trouble
        else:
            yield None


def fetch(line: Line, mirror: Mirror, file: File, step: Step = lambda _bytes: None) -> Path:
    """The bytes of one file, whole and with the SHA-256 that its record names."""
    place = place_of(mirror, file["sha256"])
    if place.is_file():
        return place
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    growing = place.with_suffix(".part")
    grant = asked_for(line, file)
    end, pause = line.clock() + line.patience, FIRST_PAUSE
    while (there := length_of(growing)) < file["size"]:
        if line.clock() > grant.until:
            grant = asked_for(line, file)
        wanted = fetch_rest(line, file, grant, growing, step)
        if length_of(growing) > there:
            end, pause = line.clock() + line.patience, FIRST_PAUSE
        elif line.clock() > end:
            raise Unreachable(f"{file['name']} does not get on: {there} bytes are here.")
        else:
            line.sleep(max(pause, wanted))
            pause = min(pause * 2, LONGEST_PAUSE)
    return kept(growing, place, file)


def asked_for(line: Line, file: File) -> Grant:
    """Ask for an original; that it goes out stands in the ledger of its case."""
    there = f"/api/v1/files/{file['id']}/original/"
    until = line.clock() + GRANTED
    answer = line.ask("POST", there)
    if answer.status != 200:
        raise Refused(f"{file['name']}: {answer.sentence}", status=answer.status, code=answer.code)
    return Grant(f"{there}?{urlsplit(answer.told['url']).query}", until)


def fetch_rest(line: Line, file: File, grant: Grant, growing: Path, step: Step) -> float:
    """As much of the rest as comes; returns for how long the server asks not to be asked."""
    first = length_of(growing)
    said = {"Range": f"bytes={first}-"} if first else {}
    try:
        with line.stream("GET", grant.there, headers=said) as response:
            if response.status in AGAIN:
                return seconds(response.headers.get("Retry-After", ""))
            if response.status not in (200, PARTIAL):
                raise refusal_of(file, response.status, response.read())
            with growing.open("ab" if response.status == PARTIAL else "wb") as written:
                while piece := response.read(PIECE):
                    written.write(piece)
                    step(len(piece))
    except BROKEN:
        pass  # what has come is kept, and the rest asked for
    return 0.0


def refusal_of(file: File, status: int, said: bytes) -> Refused:
    """Why the server keeps a file, in its own words."""
    answer = Answer(status, {}, said)
    with suppress(ValueError):
        answer.told = json.loads(said)
    return Refused(f"{file['name']}: {answer.sentence}", status=status, code=answer.code)


def kept(growing: Path, place: Path, file: File) -> Path:
    """The bytes under their own name; altered ones are thrown away, and it is said loudly."""
    digest = hashlib.sha256()
    with growing.open("rb") as read:
        for piece in iter(lambda: read.read(PIECE), b""):
            digest.update(piece)
    if digest.hexdigest() != file["sha256"]:
        growing.unlink()
        raise Unverified(
            f"{file['name']} came with another SHA-256 than its record names. It is not kept; "
            "tell the lead of its case."
        )
    growing.chmod(0o600)
    growing.replace(place)
    return place


def length_of(growing: Path) -> int:
    """How many bytes have come."""
    return growing.stat().st_size if growing.exists() else 0


def tidy(mirror: Mirror) -> int:
    """Remove the bytes of files that are not told of any more; how many there were."""
    told = {file["sha256"] for file in mirror.files()}
    removed = 0
    for held in list((mirror.folder / "files").glob("*/*/*")):
        if held.stem not in told:
            held.unlink()
            removed += 1
    return removed
