"""Speaks HTTP with one server over a bad line: asks again until it has heard a whole answer."""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Callable
from urllib.parse import urlsplit

from vestige_sync.errors import Refused, Unreachable, Usage

AGAIN = {429, 500, 502, 503, 504, 507}
"""Answers after which the same request may well succeed a little later."""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0  # seconds
PERMILLE = 1000
AGENT = "vestige-sync/0.1"
BROKEN = (OSError, http.client.HTTPException, ValueError)
"""What a line that is cut in the middle of an answer looks like, also in the middle of its JSON."""


@dataclass
class Answer:
    """What the server said, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    told: Any = None

    def header(self, name: str) -> str:
        """One header; empty where it is not there."""
        return {key.lower(): value for key, value in self.headers.items()}.get(name.lower(), "")

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return str(self.told.get("code", "")) if isinstance(self.told, dict) else ""

    @property
    def sentence(self) -> str:
        """Why it was refused, in the server's words; of wrong fields with their paths."""
        errors = self.told.get("errors") if isinstance(self.told, dict) else None
        if isinstance(errors, dict) and errors:
            return "; ".join(in_words(path, said) for path, said in errors.items())
        if isinstance(self.told, dict) and isinstance(self.told.get("detail"), str):
            return str(self.told["detail"])
        if self.told:
            return json.dumps(self.told, ensure_ascii=False)
        return f"The server answered {self.status}."

    def refusal(self) -> Refused:
        """The same as something to be raised."""
        return Refused(self.sentence, status=self.status, code=self.code)


class Lines:
    """Lets nobody take a line that was cut within the headers for the end of the headers."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def readline(self, limit: int = -1) -> bytes:
        """One line; the end of the headers is an empty one, not none."""
        line: bytes = self.raw.readline(limit)
        if not line:
            raise ConnectionResetError("the line was cut within the headers")
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


class Whole(http.client.HTTPResponse):
    """An answer whose headers are whole."""

    def begin(self) -> None:
        """Read the headers."""
        vars(self)["fp"] = Lines(vars(self)["fp"])
        super().begin()


class Plain(http.client.HTTPConnection):
    """A line on this machine."""

    response_class = Whole


class Secure(http.client.HTTPSConnection):
    """A line to another."""

    response_class = Whole


@dataclass
class Line:
    """The line to one server for one person; `patience` is how long it is tried (seconds)."""

    server: str
    token: str
    patience: float = 60.0
    timeout: float = 40.0
    cafile: str = ""
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _open: http.client.HTTPConnection | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.server)
        if parts.scheme not in {"https", "http"} or not parts.hostname:
            raise Usage(f"{self.server} is not the address of a server: write https://…")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise Usage("Over plain http anybody on the way could read your key: write https://…")
        self.host, self.port = parts.hostname, parts.port
        self.is_tls, self.base = parts.scheme == "https", parts.path.rstrip("/")

    def __repr__(self) -> str:
        """Never with the key."""
        return f"Line({self.server})"

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The whole answer; asked again after cuts and pauses, so ask only what may come twice."""
        end, pause = self.clock() + self.patience, FIRST_PAUSE
        while True:
            try:
                answer = self.ask_once(method, path, body, headers)
            except BROKEN as broken:
                self.close()
                problem: str = f"{type(broken).__name__}: {broken}"
                wanted = 0.0
            else:
                if answer.status not in AGAIN:
                    return answer
                problem, wanted = answer.sentence, seconds(answer.header("Retry-After"))
            if self.clock() + max(pause, wanted) > end:
                raise Unreachable(f"{self.server} cannot be reached ({problem}).")
            self.sleep(max(wanted, pause * (0.5 + secrets.randbelow(PERMILLE) / PERMILLE)))
            pause = min(pause * 2, LONGEST_PAUSE)

    def ask_once(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request and its answer; raises one of `BROKEN` where the line was cut."""
        response = self.send(method, path, body, headers)
        if response.length is None and not response.chunked:
            raise http.client.IncompleteRead(b"")  # nobody could tell whether it was cut
        said = response.read()
        answer = Answer(response.status, dict(response.getheaders()), said)
        if "json" in answer.header("Content-Type") and said:
            answer.told = json.loads(said)
        if answer.header("Connection").lower() == "close":
            self.close()
        return self.judged(answer)

    @contextmanager
    def stream(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Iterator[http.client.HTTPResponse]:
        """One answer whose body is read piece by piece, on a line that is closed afterwards."""
        self.close()
        try:
            yield self.send(method, path, body, headers)
        finally:
            self.close()

    def send(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None
    ) -> http.client.HTTPResponse:
        """Send one request; what is answered is still to be read."""
        if self._open is None:
            self._open = self.connect()
        said = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "*/*",
            "User-Agent": AGENT,
            **(headers or {}),
        }
        self._open.request(method, self.base + path, body or None, said)
        return self._open.getresponse()

    def judged(self, answer: Answer) -> Answer:
        """An answer that this program may act on; what concerns the key itself is raised."""
        if 300 <= answer.status < 400:
            raise Refused(
                f"{self.server} sends elsewhere ({answer.header('Location')}): give that address. "
                "Your key was not sent there.",
                status=answer.status,
            )
        if answer.status == 401:
            raise answer.refusal()
        return answer

    def connect(self) -> http.client.HTTPConnection:
        """A line that is not used yet."""
        if not self.is_tls:
            return Plain(self.host, self.port, timeout=self.timeout)
        trusted = ssl.create_default_context(cafile=self.cafile or None)
        return Secure(self.host, self.port, timeout=self.timeout, context=trusted)

    def close(self) -> None:
        """Let go of the line; the next request opens another."""
        if self._open is not None:
            self._open.close()
            self._open = None


def in_words(path: str, said: Any) -> str:
    """What is wrong with one field, or with the whole where no path is told."""
    words = " ".join(map(str, said)) if isinstance(said, list) else str(said)
    return f"{path}: {words}" if path else words


def seconds(text: str) -> float:
    """How long `Retry-After` asks to wait; a date is not taken for a number."""
    return min(float(text), LONGEST_PAUSE) if text.isascii() and text.isdecimal() else 0.0


def as_json(fields: Any) -> bytes:
    """A body as it is sent."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
