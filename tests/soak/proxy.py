"""A bad line: requests and answers are lost, cut in half, kept back, and heard twice."""

import random
import socket
import socketserver
import threading
import time
from collections import Counter

FATES = {
    "passes": 60,
    "is kept back": 12,
    "is lost": 5,
    "is cut in half": 4,
    "loses its answer": 7,
    "has half an answer": 5,
    "is heard twice": 5,
    "is heard again later": 2,
}
AT_ONCE = 1 << 16  # bytes
PATIENCE = 60.0  # seconds


class Chaos(socketserver.ThreadingTCPServer):
    """Stands before one server; one request a connection, and each has a fate."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, upstream: int, *, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.upstream, self.is_calm = upstream, False
        self.dice = random.Random(seed)  # noqa: S311
        self.fates: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> "Chaos":
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.shutdown()
        self.server_close()

    def fate(self) -> tuple[str, float]:
        """What becomes of the next request, and a number between 0 and 1 for how much."""
        with self.lock:
            (fate,) = self.dice.choices(list(FATES), weights=list(FATES.values()))
            fate = "passes" if self.is_calm else fate
            self.fates[fate] += 1
            return fate, self.dice.random()

    def handle_error(self, *_words: object) -> None:
        """A line that a client let go of is what this is about."""

    def ask(self, request: bytes) -> bytes:
        """Everything that the server answers to one request."""
        with socket.create_connection(("127.0.0.1", self.upstream), PATIENCE) as line:
            line.sendall(request)
            return everything(line)

    def ask_later(self, request: bytes, seconds: float) -> None:
        """The same request again, when nobody expects it any more."""

        def send() -> None:
            time.sleep(seconds)
            try:
                self.ask(request)
            except OSError:
                return

        threading.Thread(target=send, daemon=True).start()


class Request(socketserver.BaseRequestHandler):
    """One request on its way."""

    server: Chaos

    def handle(self) -> None:
        request = read_request(self.request)
        if request is None:
            return
        fate, much = self.server.fate()
        if fate == "is kept back":
            time.sleep(much)
        if fate == "is lost":
            return
        if fate == "is cut in half":
            self.send_part(request, much)
            return
        answer = self.server.ask(request)
        if fate == "is heard twice":
            answer = self.server.ask(request)
        if fate == "is heard again later":
            self.server.ask_later(request, 3 * much)
        if fate == "loses its answer":
            return
        upto = int(len(answer) * much) if fate == "has half an answer" else len(answer)
        self.request.sendall(answer[:upto])

    def send_part(self, request: bytes, much: float) -> None:
        """The server hears a part of it, and then nothing."""
        with socket.create_connection(("127.0.0.1", self.server.upstream), PATIENCE) as line:
            line.sendall(request[: int(len(request) * much)])


def read_request(line: socket.socket) -> bytes | None:
    """One whole request, which asks for a line of its own; None where the client gave up."""
    line.settimeout(PATIENCE)
    told = b""
    while b"\r\n\r\n" not in told:
        piece = line.recv(AT_ONCE)
        if not piece:
            return None
        told += piece
    head, _gap, body = told.partition(b"\r\n\r\n")
    length = length_in(head)
    while len(body) < length:
        piece = line.recv(AT_ONCE)
        if not piece:
            return None
        body += piece
    return head + b"\r\nConnection: close\r\n\r\n" + body


def length_in(head: bytes) -> int:
    """How long the body is."""
    for line in head.split(b"\r\n")[1:]:
        name, _colon, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


def everything(line: socket.socket) -> bytes:
    """What comes until the other side closes."""
    line.settimeout(PATIENCE)
    told = bytearray()
    while piece := line.recv(AT_ONCE):
        told += piece
    return bytes(told)
