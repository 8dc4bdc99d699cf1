"""A program in the field that sends photographs and writes down what was acknowledged."""

import hashlib
import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

BOUNDARY = "photograph-of-a-fragment"


def photograph(number: int, *, width: int = 320) -> bytes:
    """A small JPEG that differs from all others."""
    picture = Image.effect_noise((width, width * 3 // 4), 40)
    picture.putpixel((0, 0), number % 256)
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", comment=f"fragment {number} {time.monotonic_ns()}".encode())
    return jpeg.getvalue()


def slow_photograph(*, side: int = 5000) -> bytes:
    """A PNG that takes its decoder a second or two."""
    png = BytesIO()
    Image.effect_noise((side // 4, side // 4), 60).resize((side, side)).save(
        png, "PNG", compress_level=1
    )
    return png.getvalue() + str(time.monotonic_ns()).encode()


def part(name: str, content: bytes, *, more: str = "") -> bytes:
    """One field of a form, as browsers send it."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@dataclass
class Told:
    """What the server answered; status 0 when it did not."""

    status: int
    body: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


class Sender:
    """Speaks REST with one key. `acknowledged` maps SHA-256 to the id the server gave it."""

    def __init__(self, port: int, world: dict[str, str]) -> None:
        self.port, self.world = port, world
        self.acknowledged: dict[str, str] = {}
        self.statuses: set[int] = set()
        self._lock = threading.Lock()

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Told:
        """One request on a line of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        words = {"Authorization": f"Bearer {self.world['key']}", **headers}
        began = time.monotonic()
        try:
            line.request(method, path, body, words)
            answer = line.getresponse()
            said = answer.read()
            read = json.loads(said) if "json" in answer.headers.get("Content-Type", "") else {}
            taken = time.monotonic() - began
            return Told(answer.status, read, dict(answer.headers.items()), taken)
        except (OSError, http.client.HTTPException, ValueError):
            return Told(0, seconds=time.monotonic() - began)
        finally:
            line.close()

    def send(self, content: bytes, *, item: str = "item") -> Told:
        """Send one file; what is acknowledged is written down."""
        sha256 = hashlib.sha256(content).hexdigest()
        fields = {"case": self.world["case"], "item": self.world[item], "sha256": sha256}
        body = b"".join(part(name, value.encode()) for name, value in fields.items())
        body += part("file", content, more='; filename="a.jpg"') + f"--{BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        told = self.ask("POST", "/api/v1/files/", body, **{"Content-Type": kind})
        with self._lock:
            self.statuses.add(told.status)
            if told.status in (200, 201):
                assert told.body["sha256"] == sha256
                self.acknowledged[sha256] = str(told.body["id"])
        return told

    def send_until_acknowledged(self, content: bytes, *, seconds: float = 60) -> None:
        """Send the same bytes again until the server has said that it has them."""
        end = time.monotonic() + seconds
        while self.send(content).status not in (200, 201):
            assert time.monotonic() < end, f"never acknowledged; heard {self.statuses}"
            time.sleep(0.1)


class Load:
    """Several senders at once until `stop`; each file is sent until it is acknowledged."""

    def __init__(self, sender: Sender, make: Callable[[int], bytes], *, lines: int = 3) -> None:
        self._over = threading.Event()
        self._failures: list[BaseException] = []
        self._sender, self._make = sender, make
        self._threads = [
            threading.Thread(target=self._go_on, args=(first, lines)) for first in range(lines)
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        assert not self._failures, self._failures

    def _go_on(self, number: int, step: int) -> None:
        try:
            while not self._over.is_set():
                self._sender.send_until_acknowledged(self._make(number))
                number += step
        except BaseException as failure:
            self._failures.append(failure)
