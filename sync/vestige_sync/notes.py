"""Signed checkpoints of a log (C2SP signed-note and tlog-checkpoint), and that it only grew."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from vestige_sync.curve import holds
from vestige_sync.errors import Unverified

MARK = "— "
ED25519 = b"\x01"
DIGEST = 32  # bytes


@dataclass(frozen=True)
class Key:
    """A key as an agency publishes it: `name+number+base64`."""

    name: str
    number: bytes
    public: bytes

    @classmethod
    def read(cls, line: str) -> Key:
        """Read the line; raises Unverified where it is none."""
        try:
            name, number, coded = line.strip().split("+", 2)
            data, told = unbase64(coded), bytes.fromhex(number)
        except ValueError:
            raise Unverified(f"'{line.strip()[:80]}' is no verifier key.") from None
        found = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
        if data[:1] != ED25519 or len(data) != DIGEST + 1 or found != told or not name:
            raise Unverified(f"The verifier key of {name} does not have the number it names.")
        return cls(name, told, data[1:])

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key, to be compared by telephone or on paper."""
        return hashlib.sha256(self.public).hexdigest()


@dataclass(frozen=True)
class Checkpoint:
    """How long a log is and what its root is, as it was signed."""

    origin: str
    size: int
    root: bytes


def opened(note: str, keys: list[Key]) -> Checkpoint:
    """The checkpoint in a note that one of these keys has signed; Unverified for any other."""
    text, gap, below = note.rpartition("\n\n")
    text += "\n"
    if not gap or not below.endswith("\n"):
        raise Unverified("The checkpoint is not signed.")
    signers = []
    for line in below[:-1].split("\n"):
        name, number, signature = signature_in(line)
        signers.append(name)
        for key in keys:
            if (key.name, key.number) == (name, number):
                if not holds(key.public, text.encode(), signature):
                    raise Unverified(f"The signature of {name} under the checkpoint is wrong.")
                return read(text)
    raise Unverified(
        f"The checkpoint is signed by {', '.join(signers)} with a key that you have not trusted. "
        "If the agency published it, say so: vestige-sync trust KEY"
    )


def signature_in(line: str) -> tuple[str, bytes, bytes]:
    """Who signed, the number of the key, and the signature."""
    name, space, coded = line[len(MARK) :].partition(" ")
    try:
        data = unbase64(coded)
    except ValueError:
        data = b""
    if not line.startswith(MARK) or not name or not space or len(data) < 5:
        raise Unverified("A signature under the checkpoint is malformed.")
    return name, data[:4], data[4:]


def read(text: str) -> Checkpoint:
    """The three lines of a checkpoint; lines beyond them are somebody's extensions."""
    origin, size, root, *_more = [*text.split("\n"), "", ""]
    try:
        found = Checkpoint(origin, int(size), unbase64(root))
    except ValueError:
        raise Unverified("The signed text is no checkpoint.") from None
    if str(found.size) != size or found.size < 0 or len(found.root) != DIGEST or not origin:
        raise Unverified("The signed text is no checkpoint.")
    return found


def unbase64(text: str) -> bytes:
    """Canonical base64; ValueError for any other spelling."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


def only_grew(old: Checkpoint, new: Checkpoint, path: list[bytes]) -> bool:
    """Whether the log of `new` begins with that of `old` (RFC 9162, section 2.1.4.2)."""
    if not 0 < old.size < new.size or not path or any(len(step) != DIGEST for step in path):
        return False
    if old.size & (old.size - 1) == 0:
        path = [old.root, *path]
    fn, sn = old.size - 1, new.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(step, fr), node(step, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (fr, sr) == (old.root, new.root)


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()
