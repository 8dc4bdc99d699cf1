"""The line to a peer: only to hosts that the operator named, over TLS, and never redirected."""

import json
from typing import IO
from urllib.parse import urlsplit

import requests
import urllib3
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import Refused

HEADER = "Vestige-Envelope"
CONNECT, ANSWER = 10, 900  # seconds
LARGEST_ANSWER = 64 * 1024  # bytes
WAITS = frozenset({408, 409, 425, 429})
"""Answers that another attempt may get past: it is numbered anew, or comes later."""


class PeerAway(OSError):
    """The peer did not answer, or not now: a trouble that passes."""


class PeerRefused(Exception):
    """The peer said no, and would say so again; the words are its own."""


def require_allowed(address: str) -> None:
    """Refuse an address that is not plain https to a host that the operator named."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Refused(_("This is no address.")) from None
    host = f"{parts.hostname or ''}{f':{port}' if port not in (None, 443) else ''}"
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme != "https" or not plain or parts.path.strip("/"):
        raise Refused(_("A peer's address is https:// and a host, such as https://b.example.org."))
    if host not in settings.PEER_HOSTS:
        raise Refused(
            _("The operator has not named %(host)s in PEER_HOSTS: nothing is sent there.")
            % {"host": host}
        )


def fetch(address: str, path: str) -> str:
    """What the peer shows to anyone there."""
    return ask("GET", address, path)


def send(address: str, path: str, word: str, body: IO[bytes] | None = None) -> str:
    """Send an envelope, and what belongs into it; what comes back is a note as well."""
    return ask("POST", address, path, {HEADER: word}, body)


def ask(
    method: str,
    address: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: IO[bytes] | None = None,
) -> str:
    """One request. No proxy, password or certificate is taken from the environment."""
    require_allowed(address)
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.request(
                method,
                f"{address.rstrip('/')}/peer/v1/{path}",
                headers={
                    "Content-Type": "application/octet-stream",
                    "Accept": "text/plain, application/problem+json",
                    **(headers or {}),
                },
                data=body,
                timeout=(CONNECT, ANSWER),
                allow_redirects=False,
                verify=settings.PEER_CA_FILE or True,
                stream=True,
            ) as reply:
                said: bytes = reply.raw.read(LARGEST_ANSWER + 1, decode_content=True)
                return understood_answer(reply.status_code, said)
        except (requests.RequestException, urllib3.exceptions.HTTPError) as problem:
            raise PeerAway(type(problem).__name__) from problem


def understood_answer(status: int, said: bytes) -> str:
    """The note that came back, or why none did."""
    if status in (200, 201) and len(said) <= LARGEST_ANSWER:
        return said.decode("utf-8", "replace")
    if status >= 500 or status in WAITS:
        raise PeerAway(f"the peer answered {status}")
    raise PeerRefused(words_in(status, said))


def words_in(status: int, said: bytes) -> str:
    """What a problem document says, cut short: it is a stranger's text."""
    try:
        told = json.loads(said[:LARGEST_ANSWER])
    except (ValueError, RecursionError):
        told = {}
    words = told.get("detail", "") if isinstance(told, dict) else ""
    plain = "".join(sign for sign in str(words) if sign.isprintable())[:300]
    return f"{status} {plain}".strip()
