"""Sends one message to one place, by an address that was looked up and checked, and no further.

Nothing is followed anywhere else, no proxy of the machine is asked, and whoever answers drop by
drop is hung up on.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer

from exchange.services.webhook_address import Place, may_be_reached

PATIENCE = 5.0  # seconds for each step: connecting, TLS, sending, each piece of the answer
LONGEST = 10.0  # seconds for all of it once connected
MOST_READ = 4096  # bytes of the answer
MOST_ADDRESSES = 4


class Inside(OSError):
    """The name leads to an address within this network, where nothing is sent."""


@dataclass(frozen=True)
class Answer:
    """What came back: its code, 0 if none came, its words, what was wrong, and how long it took."""

    code: int
    words: str
    problem: str
    milliseconds: int


def post(place: Place, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body of JSON; whatever goes wrong on the way is told by its name, never raised."""
    began, code, words, problem = time.monotonic(), 0, "", ""
    try:
        code, words = answered(place, body, headers)
    except (OSError, http.client.HTTPException, ValueError) as trouble:
        problem = type(trouble).__name__
    return Answer(code, words, problem, int((time.monotonic() - began) * 1000))


def answered(place: Place, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    """The code and the beginning of the answer."""
    told = {
        "Host": place.host_header,
        "Content-Type": "application/json",
        "User-Agent": "Vestige-Webhooks/1",
        "Connection": "close",
        **headers,
    }
    with connected(place) as line:
        speech = http.client.HTTPConnection(place.host, place.port, timeout=PATIENCE)
        speech.sock = line
        with closing(speech):
            speech.request("POST", place.target, body=body, headers=told)
            answer = speech.getresponse()
            said = answer.read(MOST_READ)
    return answer.status, said.decode("utf-8", errors="replace")


@contextmanager
def connected(place: Place) -> Iterator[socket.socket]:
    """A line to the place that ends in time, with TLS under the name that was asked for."""
    with closing(plain_line(place)) as plain, ended_in_time(plain):
        if place.is_plain:
            yield plain
            return
        # the system's roots, names checked, TLS 1.2 or newer
        with closing(
            ssl.create_default_context().wrap_socket(plain, server_hostname=place.host)
        ) as line:
            yield line


def plain_line(place: Place) -> socket.socket:
    """Connected to the first address that takes it; one address inside, and none is tried."""
    addresses = looked_up(place)
    if not all(may_be_reached(address, place.port) for address in addresses):
        raise Inside
    trouble = OSError()
    for address in addresses[:MOST_ADDRESSES]:
        try:
            return socket.create_connection((address, place.port), timeout=PATIENCE)
        except OSError as problem:
            trouble = problem
    raise trouble


def looked_up(place: Place) -> list[str]:
    """The addresses of a host, once each; they are asked for here and nowhere after."""
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_kind, where in found))


@contextmanager
def ended_in_time(line: socket.socket) -> Iterator[None]:
    """Hang up after so many seconds, whatever is being waited for then: TimeoutError."""
    other_end, is_over = line.dup(), Event()
    clock = Timer(LONGEST, hang_up, [other_end, is_over])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
        other_end.close()
        if is_over.is_set():
            raise TimeoutError


def hang_up(line: socket.socket, is_over: Event) -> None:
    """End the conversation from both sides; one that has ended already stays so."""
    is_over.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
