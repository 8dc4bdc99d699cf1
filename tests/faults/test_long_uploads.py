"""Long films: the line is cut again and again, and the server never holds them in memory."""

import hashlib
import logging
import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.installation import WEB, Installation
from tests.faults.sender import Sender
from tests.faults.test_uploads import TUS, UPLOADS, header, insist, said

LOGGER = logging.getLogger(__name__)
CUTS, CUT_FILM = 20, 24 * 1024 * 1024
BLOCK = bytes(range(256)) * 4096
LONG_FILM = int(os.environ.get("FILM_BYTES", 1024**3)) // len(BLOCK) * len(BLOCK)  # bytes
FLAT = 64 * 1024 * 1024
PIECES = {"Content-Type": "application/offset+octet-stream"}


def announce(sender: Sender, size: int) -> str:
    words = said(case=sender.world["case"], item=sender.world["item"], filename="film.mov")
    told = insist(
        sender, "POST", UPLOADS, **TUS, **{"Upload-Length": str(size), "Upload-Metadata": words}
    )
    assert told.status == 201
    return header(told, "Location")


def standing(sender: Sender, there: str) -> int:
    return int(header(insist(sender, "HEAD", there, **TUS), "Upload-Offset"))


def send_and_fall_silent(sender: Sender, there: str, start: int, rest: bytes, upto: int) -> None:
    """Promise all that is left, send some of it, and drop the line."""
    headers = {
        "Host": f"127.0.0.1:{sender.port}",
        "Authorization": f"Bearer {sender.world['key']}",
        "Upload-Offset": str(start),
        "Content-Length": str(len(rest)),
        **TUS,
        **PIECES,
    }
    lines = [f"PATCH {there} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    with socket.create_connection(("127.0.0.1", sender.port), timeout=30) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + rest[:upto])


def test_an_upload_survives_a_line_cut_at_twenty_offsets(
    running: Installation, sender: Sender
) -> None:
    content = random.randbytes(CUT_FILM)  # noqa: S311
    there = announce(sender, len(content))
    for cut in sorted(random.sample(range(1, CUT_FILM), CUTS)):
        start = standing(sender, there)
        send_and_fall_silent(sender, there, start, content[start:], max(cut - start, 1))
        time.sleep(0.2)
    while (start := standing(sender, there)) < len(content):
        step = {"Upload-Offset": str(start), **PIECES}
        assert sender.ask("PATCH", there, content[start:], **TUS, **step).status in (204, 409, 423)
    assert start == len(content)
    stored = insist(sender, "GET", there).body["stored"]
    assert isinstance(stored, dict)
    assert stored["sha256"] == hashlib.sha256(content).hexdigest()
    assert running.count("SELECT count(*) FROM evidence_file") == 1


def resident(pid: int) -> int:
    """What a process holds in memory (bytes)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


class Watch(threading.Thread):
    """Notes the most that the web processes hold while a film comes in."""

    def __init__(self, running: Installation) -> None:
        super().__init__(daemon=True)
        self.pids, self.over = running.below(WEB, "gunicorn"), threading.Event()
        self.before = self.most = self.held()

    def held(self) -> int:
        return sum(resident(pid) for pid in self.pids)

    def run(self) -> None:
        while not self.over.wait(0.05):
            self.most = max(self.most, self.held())


def film() -> Iterator[bytes]:
    for _block in range(LONG_FILM // len(BLOCK)):
        yield BLOCK


def test_a_long_film_comes_in_with_flat_memory(running: Installation, sender: Sender) -> None:
    warm = announce(sender, len(BLOCK))
    assert sender.ask("PATCH", warm, BLOCK, **TUS, **PIECES, **{"Upload-Offset": "0"}).status == 204
    there = announce(sender, LONG_FILM)
    watch = Watch(running)
    watch.start()
    sizes = {"Upload-Offset": "0", "Content-Length": str(LONG_FILM)}
    told = sender.ask("PATCH", there, film(), **TUS, **PIECES, **sizes)  # type: ignore[arg-type]
    watch.over.set()
    watch.join()
    grown = watch.most - watch.before
    LOGGER.info("%d bytes in %.0f s; memory grew by %d", LONG_FILM, told.seconds, grown)
    whole = hashlib.sha256()
    for block in film():
        whole.update(block)
    stored = insist(sender, "GET", there).body["stored"]
    assert isinstance(stored, dict) and stored["sha256"] == whole.hexdigest()
    assert grown < FLAT
