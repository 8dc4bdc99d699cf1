"""Cursors: what a client was told of up to where, sealed so that only it can use it, unchanged.

A cursor is encrypted, not only signed: how far a case has come would tell a partner how much is
done there that is not shown to them. All cursors of a client that sees as many cases are as long.
"""

import hashlib
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.sealing import Unopenable, bound, seal, unseal
from exchange.services.refusals import CursorRefused

VALID_FOR = 90 * 24 * 3600  # seconds
MOST_CASES = 150
"""So many fit into the 8,190 bytes that the web server takes as the first line of a request."""

FORMAT = 1
ABOUT = bound("cursor of changes", FORMAT)
KEY, POSITION, AHEAD, DIGEST, TIME, COUNT, LENGTH = 16, 5, 3, 4, 5, 2, 1
"""Bytes of each part: ids, positions, how much further was read, digests, seconds, counts."""

MOST_AHEAD = (1 << 8 * AHEAD) - 1
ALTERED = _("This cursor was altered, or is none of ours. Begin anew with a snapshot.")
ANOTHERS = _("This cursor was given to another key or person. Begin anew with a snapshot.")
NARROWED = _("This cursor was given for other kinds or cases. Ask as you did, or begin anew.")
EXPIRED = _("This cursor is older than 90 days. Begin anew with a snapshot.")


@dataclass(frozen=True)
class Mark:
    """Of one case: told up to `position`, from tables that were read as they were up to `seen`.

    `standing` is the digest of what the client was there, and `kept` that of the rows it was told
    of among those whose own rule keeps more than labels do.
    """

    position: int
    seen: int
    standing: bytes
    kept: int = 0


@dataclass(frozen=True)
class Progress:
    """A case that is being told over several answers: up to which row of which kind.

    `upto` is the position that is told when this is done; 0 while the case is told from nothing.
    """

    case: UUID
    upto: int
    kind: str
    last: UUID


@dataclass(frozen=True)
class Cursor:
    """Where a client is, in each case that it was told of.

    `given` is when it was given, in seconds since 1970; 0 for one that a client begins with.
    """

    marks: Mapping[UUID, Mark] = field(default_factory=dict)
    progress: Progress | None = None
    given: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Holder:
    """Whom a cursor is for, and for which kinds and cases."""

    person: UUID
    token: UUID | None
    kinds: tuple[str, ...] = ()
    cases: tuple[UUID, ...] = ()

    @property
    def who(self) -> bytes:
        """The person and the key, or the person's own browser."""
        return digest_of([str(self.person), str(self.token or "")], KEY)

    @property
    def digest(self) -> str:
        """Whom and for what, as it is looked up."""
        return (self.who + self.what).hex()

    @property
    def what(self) -> bytes:
        """What it was narrowed to, in whichever order."""
        return digest_of([sorted(self.kinds), sorted(map(str, self.cases))], KEY)


def digest_of(told: object, size: int = DIGEST) -> bytes:
    """A short digest of plain values."""
    text = json.dumps(told, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=size).digest()


def written(cursor: Cursor, holder: Holder) -> str:
    """The cursor as the client keeps it."""
    parts = [
        int(time.time()).to_bytes(TIME, "big"),
        holder.who,
        holder.what,
        len(cursor.marks).to_bytes(COUNT, "big"),
        *(packed(case, mark) for case, mark in sorted(cursor.marks.items())),
        packed_progress(cursor.progress),
    ]
    sealed = seal(b"".join(parts), key=key_of(settings.SECRET_KEY), about=ABOUT)
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def read(text: str, holder: Holder) -> Cursor:
    """The cursor again, or CursorRefused with what to do."""
    plain = Reading(opened(text))
    given = plain.number(TIME)
    if plain.take(KEY) != holder.who:
        raise CursorRefused(str(ANOTHERS), code="cursor-of-another", status=403)
    if plain.take(KEY) != holder.what:
        raise CursorRefused(str(NARROWED), code="cursor-of-other-filters")
    if given + VALID_FOR < time.time():
        raise CursorRefused(str(EXPIRED), code="cursor-expired", status=410)
    marks = dict(plain.mark() for _mark in range(plain.number(COUNT)))
    return Cursor(marks, plain.progress(), given)


def opened(text: str) -> bytes:
    """What is sealed in it, by the present key of the server or a former one."""
    try:
        sealed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Error, ValueError):
        sealed = b""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return unseal(sealed, key=key_of(secret), about=ABOUT)
        except Unopenable:
            continue
    raise CursorRefused(str(ALTERED), code="cursor-altered")


def key_of(secret: str | bytes) -> bytes:
    """The key of cursors, derived from the server's own."""
    return salted_hmac("exchange.cursor", "", secret=secret, algorithm="sha256").digest()


def packed(case: UUID, mark: Mark) -> bytes:
    """One case in 32 bytes."""
    ahead = min(max(mark.seen - mark.position, 0), MOST_AHEAD)
    numbers = mark.position.to_bytes(POSITION, "big") + ahead.to_bytes(AHEAD, "big")
    return case.bytes + numbers + mark.standing + mark.kept.to_bytes(DIGEST, "big")


def packed_progress(progress: Progress | None) -> bytes:
    """The case that is being told, if one is."""
    if progress is None:
        return b""
    name = progress.kind.encode()
    return b"".join(
        [
            progress.case.bytes,
            progress.upto.to_bytes(POSITION, "big"),
            progress.last.bytes,
            len(name).to_bytes(LENGTH, "big"),
            name,
        ]
    )


class Reading:
    """Takes the parts of a sealed text off its beginning, one after the other."""

    def __init__(self, plain: bytes) -> None:
        self.plain, self.at = plain, 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        self.at += size
        return self.plain[self.at - size : self.at]

    def number(self, size: int) -> int:
        """The next number."""
        return int.from_bytes(self.take(size), "big")

    def mark(self) -> tuple[UUID, Mark]:
        """The next case."""
        case, position = UUID(bytes=self.take(KEY)), self.number(POSITION)
        seen, standing = position + self.number(AHEAD), self.take(DIGEST)
        return case, Mark(position, seen, standing, self.number(DIGEST))

    def progress(self) -> Progress | None:
        """The case that is being told, if anything is left."""
        if self.at >= len(self.plain):
            return None
        case, upto = UUID(bytes=self.take(KEY)), self.number(POSITION)
        last = UUID(bytes=self.take(KEY))
        return Progress(case, upto, self.take(self.number(LENGTH)).decode(), last)
