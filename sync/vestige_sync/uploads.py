"""Sending a file in pieces by tus 1.0, from wherever the server stands."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any, Callable

from vestige_sync.draft import Draft
from vestige_sync.drafts import Drafts
from vestige_sync.errors import Unreachable, Unverified
from vestige_sync.transport import BROKEN, FIRST_PAUSE, LONGEST_PAUSE, Answer, Line

UPLOADS = "/api/v1/uploads/"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = 1 << 20  # bytes; so much is sent again at most when the line is cut
KIND = "application/offset+octet-stream"
SAID = ("case", "item", "filename", "path", "sha256", "acquisition_method")
ELSEWHERE = {409, 423, 460, *(500, 502, 503, 504, 507, 429)}
"""The server stands elsewhere, is busy with the upload, or heard the piece altered: ask, go on."""
Step = Callable[[int], None]


def send_file(
    line: Line, drafts: Drafts, draft: Draft, step: Step = lambda _bytes: None
) -> tuple[str, Answer | None]:
    """The id of the file that it became; or the answer by which the server refused it."""
    held = drafts.outgoing / draft.fields["sha256"]
    if not held.is_file():
        raise Unverified(f"The copy of {draft.fields['filename']} is gone from {held.parent}.")
    if not draft.upload:
        announced = announce(line, draft, held.stat().st_size)
        if announced.status != 201:
            return "", announced
        draft = drafts.set(draft, upload=announced.told["id"])
    refusal = send_pieces(line, f"{UPLOADS}{draft.upload}/", held, step)
    if refusal is not None:
        drafts.set(draft, upload="")  # what has expired or was refused is not gone on with
        return "", refusal
    return stored_as(line, draft)


def announce(line: Line, draft: Draft, size: int) -> Answer:
    """Say what is coming; the same key is the same upload."""
    words = [
        f"{name} {base64.b64encode(str(draft.fields[name]).encode()).decode()}"
        for name in SAID
        if draft.fields.get(name)
    ]
    said = {
        **TUS,
        "Upload-Length": str(size),
        "Upload-Metadata": ",".join(words),
        "Idempotency-Key": draft.sending_key,
    }
    return line.ask("POST", UPLOADS, headers=said)


def send_pieces(line: Line, there: str, held: Path, step: Step) -> Answer | None:
    """Send until the server has all of it; an answer where it refuses."""
    size, pause = held.stat().st_size, FIRST_PAUSE
    end, last = line.clock() + line.patience, -1
    while True:
        stands = line.ask("HEAD", there, headers=TUS)
        if stands.status != 200:
            return stands
        at = int(stands.header("Upload-Offset"))
        if at > last:  # it goes on, however slowly
            end, pause, last = line.clock() + line.patience, FIRST_PAUSE, at
        answer = send_from(line, there, held, at, step)
        if answer is not None and answer.status not in ELSEWHERE:
            return None if answer.status == 204 else answer
        if line.clock() > end:
            raise Unreachable(f"{held.name} does not get on: {at} of {size} bytes are there.")
        line.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def send_from(line: Line, there: str, held: Path, at: int, step: Step) -> Answer | None:
    """Send piece after piece; None where the line was cut, else the last answer.

    An empty piece at the end asks for the file where the answer to the last one was lost.
    """
    size = held.stat().st_size
    with held.open("rb") as read:
        read.seek(at)
        while True:
            step(at)
            piece = read.read(PIECE)
            answer = send_piece(line, there, at, piece)
            at += len(piece)
            if answer is None or answer.status != 204:
                return answer
            if int(answer.header("Upload-Offset") or at) != at:
                return None
            if at >= size:
                step(at)
                return answer


def send_piece(line: Line, there: str, at: int, piece: bytes) -> Answer | None:
    """One piece with its checksum; None where the line was cut, so that nobody knows."""
    digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    said = {
        **TUS,
        "Content-Type": KIND,
        "Content-Length": str(len(piece)),
        "Upload-Offset": str(at),
        "Upload-Checksum": f"sha256 {digest}",
    }
    try:
        return line.ask_once("PATCH", there, piece, said)
    except BROKEN:
        line.close()
        return None


def stored_as(line: Line, draft: Draft) -> tuple[str, Answer | None]:
    """What the upload became; its SHA-256 must be that of the bytes that were meant."""
    answer = line.ask("GET", f"{UPLOADS}{draft.upload}/")
    if answer.status != 200:
        return "", answer
    stored: dict[str, Any] | None = answer.told.get("stored")
    if not stored or stored["sha256"] != draft.fields["sha256"]:
        raise Unverified(f"{draft.fields['filename']} is not on the server as it was sent.")
    return stored["id"], None
