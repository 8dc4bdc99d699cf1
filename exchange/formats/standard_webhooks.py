"""Signs notifications by the Standard Webhooks specification, version 1.0.0 (HMAC-SHA256)."""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable

MARK = "whsec_"
"""Begins every secret, so that leaked ones can be searched for."""

KEY_BYTES = 32
"""The specification asks for 24 to 64 random bytes."""


def draw_secret() -> str:
    """A new secret: `whsec_` and 256 random bits in base64."""
    return MARK + b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def signature(secret: str, identifier: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of `identifier.timestamp.body` in base64."""
    key = b64decode(secret.removeprefix(MARK))
    signed = f"{identifier}.{timestamp}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(held: Iterable[str], *, identifier: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with a body, signed with every secret that is in use, the newest first.

    `timestamp` is the moment of sending in whole seconds since 1970.
    """
    signed = [signature(secret, identifier, timestamp, body) for secret in held]
    return {
        "webhook-id": identifier,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signed),
    }
