"""Seals small texts with AES-256-GCM: whoever lacks the key learns nothing, and no bit can change.

What is sealed is bound to what it is about: the same bytes put elsewhere do not open. Data keys
are themselves sealed by a keeper, whose own key never leaves it.
"""

import secrets
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
FORMAT = b"\x01"


class Unopenable(Exception):
    """Sealed bytes were changed, belong to something else, or need another key."""


class Keeper(Protocol):
    """Holds the key that seals data keys; a KMS or a PKCS#11 module can stand in for the file.

    `name` tells one keeper's key from another's and gives nothing of it away.
    """

    @property
    def name(self) -> str: ...

    def wrap(self, key: bytes, *, about: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes, *, about: bytes) -> bytes: ...


def new_key() -> bytes:
    """A random key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def bound(*parts: object) -> bytes:
    """What a sealed text is about, so that no two lists of parts read the same."""
    told = [str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in told)


def seal(plain: bytes, *, key: bytes, about: bytes) -> bytes:
    """One byte of format, a random nonce of 96 bits, then the ciphertext with its tag."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, FORMAT + about)


def unseal(sealed: bytes, *, key: bytes, about: bytes) -> bytes:
    """The text again, whole and unchanged, or Unopenable, which carries nothing of it."""
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if sealed[:1] != FORMAT or len(rest) < TAG_BYTES:
        raise Unopenable
    try:
        return AESGCM(key).decrypt(nonce, rest, FORMAT + about)
    except InvalidTag:
        raise Unopenable from None


@dataclass(frozen=True)
class SecretKeeper:
    """A keeper whose key follows from one long random text, such as the content of a file."""

    name: str
    _key: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: str) -> "SecretKeeper":
        """The keeper of this text; the key and its name are derived apart (HKDF, SHA-256)."""
        return cls(derived(secret, b"name", 8).hex(), derived(secret, b"wrap", KEY_BYTES))

    def wrap(self, key: bytes, *, about: bytes) -> bytes:
        """The data key, sealed."""
        return seal(key, key=self._key, about=about)

    def unwrap(self, wrapped: bytes, *, about: bytes) -> bytes:
        """The data key again, or Unopenable."""
        return unseal(wrapped, key=self._key, about=about)


def derived(secret: str, use: bytes, length: int) -> bytes:
    """Bytes for one use of a secret, from which neither it nor those of another use follow."""
    told = b"vestige identity keeper v1 " + use
    return HKDF(SHA256(), length, salt=None, info=told).derive(secret.encode())
