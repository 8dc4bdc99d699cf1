"""Commitments: a line can name a sensitive value without holding it, and outlive its erasure."""

import hashlib
import hmac
import secrets

LABEL = b"case-commit/v1"
BLIND_SIZE = 32


def new_blind() -> bytes:
    """Random bytes without which nobody can try out what a commitment stands for."""
    return secrets.token_bytes(BLIND_SIZE)


def commitment(value: bytes, blind: bytes) -> str:
    """What stands in the line: SHA-256 over label, blind and value, in hex."""
    if len(blind) != BLIND_SIZE:
        raise ValueError("a blind has 32 bytes")
    return hashlib.sha256(LABEL + blind + value).hexdigest()


def opens(committed: str, value: bytes, blind: bytes) -> bool:
    """True if this value, with this blind, is what was committed to."""
    if len(blind) != BLIND_SIZE:
        return False
    return hmac.compare_digest(commitment(value, blind), committed)
