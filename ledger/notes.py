"""Signed notes and the checkpoints of logs in them, as C2SP writes both (c2sp.org/signed-note).

A note is a text of whole lines, an empty line, and one line for each signature.
"""

import base64
import hashlib
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.merkle import HASH_SIZE

ED25519 = b"\x01"
"""The sign of the algorithm in front of a key and beneath its number."""
SEED_SIZE = KEY_SIZE = 32
SIGNATURE_SIZE = 64
LONGEST_NOTE = 1_000_000  # characters
MARK = "— "


class NoteRefused(ValueError):
    """The note is not written as one, or no known key signed it."""


@dataclass(frozen=True)
class Key:
    """The public half of a signer's key."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        refuse_odd_name(self.name)
        if len(self.public) != KEY_SIZE:
            raise NoteRefused("an Ed25519 key has 32 bytes")

    @property
    def number(self) -> bytes:
        """Four bytes that tell this key from others: SHA-256 over name, line feed and key."""
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(named).digest()[:4]

    def __str__(self) -> str:
        """The key in one line: `name+number+key`."""
        coded = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.number.hex()}+{coded}"

    @classmethod
    def read(cls, line: str) -> "Key":
        """Read the line back."""
        name, number, coded = parted(line.strip(), "+", 3)
        key = cls(name, without_sign(coded))
        if key.number.hex() != number:
            raise NoteRefused("the number of the key does not belong to it")
        return key

    def signed(self, text: str, signature: bytes) -> bool:
        """True if this key made the signature over exactly this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """The secret half; nothing but the signer process ever holds one."""

    name: str
    seed: bytes

    @property
    def public(self) -> Key:
        """The half that everybody may have."""
        secret = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Key(self.name, secret.public_key().public_bytes_raw())

    def write(self) -> str:
        """The one line of a key file, as Go's note package writes it."""
        coded = base64.b64encode(ED25519 + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.public.number.hex()}+{coded}"

    @classmethod
    def read(cls, line: str) -> "SigningKey":
        """Read a key file."""
        private, word, name, number, coded = parted(line.strip(), "+", 5)
        key = cls(name, without_sign(coded))
        if (private, word) != ("PRIVATE", "KEY") or len(key.seed) != SEED_SIZE:
            raise NoteRefused("this is no signing key")
        if key.public.number.hex() != number:
            raise NoteRefused("the number of the key does not belong to it")
        return key

    def sign(self, text: str) -> str:
        """The text, an empty line and the signature over the text."""
        refuse_odd_text(text)
        made = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        coded = base64.b64encode(self.public.number + made).decode()
        return f"{text}\n{MARK}{self.name} {coded}\n"


@dataclass(frozen=True)
class Checkpoint:
    """How long a log was and what its root was: the text that the signer signs."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Three lines: whose log, how many leaves, the root in base64."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """Read the three lines; lines beyond them are somebody's extensions."""
        origin, size, root, *_more = [*text.split("\n"), "", ""]
        canonical_size = size.isascii() and size.isdecimal() and str(int(size)) == size
        if not origin or not canonical_size or len(size) > 19:
            raise NoteRefused("this is no checkpoint")
        hashed = decoded(root)
        if len(hashed) != HASH_SIZE:
            raise NoteRefused("a root has 32 bytes")
        return cls(origin, int(size), hashed)


def open_note(note: str, keys: Iterable[Key]) -> str:
    """The text of the note, which at least one of these keys has signed.

    A bad signature by one of them is refused even beside a good one; other keys' are passed over.
    """
    text, marks = text_and_signatures(note)
    known = {(key.name, key.number): key for key in keys}
    signed = False
    for name, number, signature in marks:
        key = known.get((name, number))
        if key and not key.signed(text, signature):
            raise NoteRefused("the signature does not belong to this text")
        signed = signed or bool(key)
    if not signed:
        raise NoteRefused("no known key signed this note")
    return text


def text_and_signatures(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text, and for each signature who, the key's number, and the signature itself."""
    text, gap, below = note.rpartition("\n\n")
    text += "\n"
    lines = below.split("\n")
    if not gap or len(note) > LONGEST_NOTE or lines.pop() != "" or not lines:
        raise NoteRefused("this is no signed note")
    refuse_odd_text(text)
    return text, [signature_in(line) for line in lines]


def signature_in(line: str) -> tuple[str, bytes, bytes]:
    """One line beneath a note."""
    if not line.startswith(MARK):
        raise NoteRefused("this is no signature line")
    name, coded = parted(line.removeprefix(MARK), " ", 2)
    refuse_odd_name(name)
    made = decoded(coded)
    if len(made) < 5:
        raise NoteRefused("this is no signature line")
    return name, made[:4], made[4:]


def refuse_odd_text(text: str) -> None:
    """The text of a note is whole lines without control characters."""
    if not text.endswith("\n") or any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise NoteRefused("the text of a note is whole lines of plain text")


def refuse_odd_name(name: str) -> None:
    """A key's name has neither spaces nor a plus."""
    if not name or "+" in name or any(sign.isspace() or ord(sign) < 32 for sign in name):
        raise NoteRefused("the name of a key has neither spaces nor a plus")


def parted(line: str, by: str, parts: int) -> list[str]:
    """The parts of a line, of which there are exactly so many; base64 may hold a plus itself."""
    found = line.split(by, parts - 1)
    if len(found) != parts:
        raise NoteRefused("a part is missing")
    return found


def without_sign(coded: str) -> bytes:
    """A key in base64, of which the first byte names the algorithm."""
    raw = decoded(coded)
    if raw[:1] != ED25519:
        raise NoteRefused("the key is of an algorithm that is not known here")
    return raw[1:]


def decoded(coded: str) -> bytes:
    """Base64 as written by the rules, and in that one way only."""
    try:
        raw = base64.b64decode(coded, validate=True)
    except (NotBase64, ValueError) as problem:
        raise NoteRefused("this is not base64") from problem
    if base64.b64encode(raw).decode() != coded:
        raise NoteRefused("this base64 could be written in another way")
    return raw
