"""The outside of what passes between peers: one line of canonical JSON in a signed note.

It is what C2SP calls a signed note over one line as RFC 8785 writes it, so that two programs can
neither write nor read the same envelope in two ways (docs/decisions/0011-bundles-between-peers.md).
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

from ledger.canon import canonical
from ledger.notes import Key, NoteRefused, SigningKey, open_note, text_and_signatures

VERSION = 1
LONGEST = 8000  # characters of an envelope as it travels in a header
SKEW = timedelta(minutes=5)
"""So far the clocks of two peers may lie apart."""

NOTHING = hashlib.sha256(b"").hexdigest()
AGREE, ROTATE, SHIP, RECALL, RECEIPT = "agree", "rotate", "shipment", "recall", "receipt"
IDENTITY = "identity"
PURPOSES = frozenset({AGREE, ROTATE, SHIP, RECALL, RECEIPT, IDENTITY})
TLPS = ("clear", "green", "amber", "amber+strict", "red")
PAPS = ("clear", "green", "amber", "red")
HEXADECIMAL = frozenset("0123456789abcdef")
MOST_LISTED, LONGEST_WORD, LONGEST_FACT = 50, 200, 4000


class WrongEnvelope(ValueError):
    """What was sent is no envelope; `where` names the part of it that is wrong."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True)
class Envelope:
    """Who sends what to whom, as which message in order, and how it is to be handled.

    `sender` and `recipient` are SHA-256 of public keys, `sequence` grows with every message,
    `sha256` and `size` (bytes) are those of the body. `releasable_to` are names of agencies.
    """

    purpose: str
    sender: str
    recipient: str
    sequence: int
    nonce: str
    sent_at: str
    sha256: str = NOTHING
    size: int = 0
    tlp: str = "clear"
    pap: str = "clear"
    clearance: int = 0
    caveats: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The one line that is signed."""
        return canonical({"v": VERSION, **asdict(self)}) + "\n"

    @property
    def at(self) -> datetime:
        """When its sender's clock says that it was sent."""
        return datetime.fromisoformat(self.sent_at)

    def is_of(self, moment: datetime) -> bool:
        """True when both clocks tell about the same time."""
        return abs(moment - self.at) <= SKEW


def new_nonce() -> str:
    """A word of 128 random bits that no other message has."""
    return secrets.token_hex(16)


def fingerprint(key: Key) -> str:
    """By what a key is named in envelopes, in hexadecimal."""
    return hashlib.sha256(key.public).hexdigest()


def code_of(one: Key, other: Key) -> str:
    """What two people read to each other to know that both have both keys: 120 bits in 24 signs."""
    both = "\n".join(sorted([str(one), str(other)]))
    digest = hashlib.sha256(b"vestige peers v1\n" + both.encode()).digest()[:15]
    signs = base64.b32encode(digest).decode()
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def same_code(typed: str, code: str) -> bool:
    """True when somebody typed this code, however they parted it."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return secrets.compare_digest(plain.encode(), code.replace(" ", "").encode())


def closed(envelope: Envelope, key: SigningKey) -> str:
    """The signed note."""
    return key.sign(envelope.text)


def as_header(note: str) -> str:
    """The note as one word, such as a header can hold."""
    return base64.urlsafe_b64encode(note.encode()).decode()


def from_header(word: str) -> str:
    """The note that such a word holds."""
    try:
        if not 0 < len(word) <= LONGEST:
            raise ValueError
        return base64.b64decode(word, altchars=b"-_", validate=True).decode()
    except ValueError:
        raise WrongEnvelope("envelope") from None


def read_envelope(note: str) -> Envelope:
    """What stands on a note, whoever signed it; WrongEnvelope where it is none of ours."""
    try:
        text, _signatures = text_and_signatures(note)
        told = json.loads(text)
    except (NoteRefused, ValueError, RecursionError):
        raise WrongEnvelope("envelope") from None
    envelope = sound(told)
    if not is_written_so(envelope, text):
        raise WrongEnvelope("envelope")
    return envelope


def is_written_so(envelope: Envelope, text: str) -> bool:
    """True where this is the one way to write it; half of a character can be written in none."""
    try:
        return envelope.text == text
    except ValueError:
        return False


def signed_by(note: str, key: Key) -> bool:
    """True when this key signed the note, and none of its signatures by it is wrong."""
    try:
        open_note(note, [key])
    except NoteRefused:
        return False
    return True


def sound(told: object) -> Envelope:
    """The envelope that these parts make; each must be there, and be what it is called."""
    if not isinstance(told, dict):
        raise WrongEnvelope("envelope")
    parts = dict(told)
    if parts.pop("v", None) != VERSION:
        raise WrongEnvelope("v")
    if set(parts) != set(Envelope.__dataclass_fields__):
        raise WrongEnvelope("envelope")
    for name, is_right in CHECKS.items():
        if not is_right(parts[name]):
            raise WrongEnvelope(name)
    for name in ("caveats", "releasable_to"):
        parts[name] = tuple(parts[name])
    return Envelope(**parts)


def is_word(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_WORD and value.isprintable()


def is_words(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_LISTED and all(map(is_word, value))


def is_hexadecimal(value: object, length: int) -> bool:
    return isinstance(value, str) and len(value) == length and set(value) <= HEXADECIMAL


def is_number(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def is_moment(value: object) -> bool:
    """True for a moment of UTC as we write it, and written in that way alone."""
    try:
        return isinstance(value, str) and written(datetime.fromisoformat(value)) == value
    except (ValueError, OverflowError):
        return False


def written(moment: datetime) -> str:
    """A moment in UTC, to the second; one without a zone is none."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def is_about(value: object) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= MOST_LISTED
        and all(is_word(name) for name in value)
        and all(isinstance(said, str) and len(said) <= LONGEST_FACT for said in value.values())
        and all("\0" not in said for said in value.values())
    )


CHECKS: dict[str, Callable[[object], bool]] = {
    "purpose": lambda value: isinstance(value, str) and value in PURPOSES,
    "sender": lambda value: is_hexadecimal(value, 64),
    "recipient": lambda value: value == "" or is_hexadecimal(value, 64),
    "sequence": lambda value: is_number(value, 2**53),
    "nonce": lambda value: is_hexadecimal(value, 32),
    "sent_at": is_moment,
    "sha256": lambda value: is_hexadecimal(value, 64),
    "size": lambda value: is_number(value, 2**53),
    "tlp": lambda value: isinstance(value, str) and value in TLPS,
    "pap": lambda value: isinstance(value, str) and value in PAPS,
    "clearance": lambda value: is_number(value, 4),
    "caveats": is_words,
    "releasable_to": is_words,
    "about": is_about,
}
