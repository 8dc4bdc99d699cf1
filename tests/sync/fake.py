"""A server that answers as it is told to, and may break off in the middle of an answer."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """What is answered; only `upto` bytes of the body go out before the line is cut.

    With `raw` nothing else goes out than these bytes.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    upto: int | None = None
    raw: bytes = b""


def plain(told: Any, status: int = 200, **headers: str) -> Reply:
    """JSON, whole."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps(told).encode()
    return Reply(status, body, {"Content-Type": "application/json", **named})


CUT = Reply(body=b"x" * 10, upto=0)
"""It was heard, and the answer never came."""


class Server:
    """Answers by `answer`, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Reply] = lambda _asked: plain({})
        server = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                asked = Asked(self.command, self.path, dict(self.headers.items()), body)
                server.asked.append(asked)
                self.send(server.answer(asked))

            def send(self, reply: Reply) -> None:
                if reply.raw:
                    self.wfile.write(reply.raw)
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(reply.body[: reply.upto])
                if reply.upto is not None:
                    self.close_connection = True

            def log_message(self, *_words: Any) -> None:
                """Nothing is printed."""

            do_GET = do_POST = do_PATCH = do_HEAD = respond  # noqa: N815

        self.serving = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.serving.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.serving.server_address[1]}"
        threading.Thread(target=self.serving.serve_forever, args=(0.02,), daemon=True).start()

    def in_turn(self, *replies: Reply) -> None:
        """These answers one after the other, the last one for ever."""
        left = list(replies)
        self.answer = lambda _asked: left.pop(0) if len(left) > 1 else left[0]

    def close(self) -> None:
        self.serving.shutdown()
        self.serving.server_close()
