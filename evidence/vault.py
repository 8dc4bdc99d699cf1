"""The store of originals: every file lies under the SHA-256 of its bytes and never changes.

What is still on its way in is staged beside it, under names that the server draws.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Self
from uuid import UUID

from django.conf import settings
from django.core.files import File as OpenFile
from django.core.files.storage import storages

from core.filing import folder_for_unfinished, is_whole, put_whole


@dataclass(frozen=True)
class Kept:
    """What the vault knows of the bytes it has taken in; sizes are in bytes."""

    sha256: str
    size: int
    under_way: "Future[None] | None" = None

    def made_last(self) -> None:
        """Wait until they survive a power cut; raises what went wrong with the disk."""
        if self.under_way is not None:
            self.under_way.result()


_MEANWHILE = ThreadPoolExecutor(4, "vault")
"""Waits for the disk while the rows of a file are written."""


def address(sha256: str) -> str:
    """Where an original lies: sha256/ab/cd/<digest>; no part of it comes from a client."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def derived_address(sha256: str, size: str, version: int, suffix: str) -> str:
    """Where a picture of our own making lies, such as preview-1/ab/cd/<digest>.jpg."""
    return f"{size}-{version}/{sha256[:2]}/{sha256[2:4]}/{sha256}{suffix}"


def keep(chunks: Iterable[bytes], *, expected: str = "") -> Kept:
    """Hash while streaming to disk, then store under the hash; the same bytes are stored once.

    Raises ValueError when `expected` is given and differs: nothing is stored then.
    """
    kept = keep_meanwhile(chunks, expected=expected)
    kept.made_last()
    return kept


def keep_meanwhile(chunks: Iterable[bytes], *, expected: str = "") -> Kept:
    """The same without waiting for the disk: ask `made_last` before a row of theirs is there."""
    with Arriving(growing_place()) as arriving:
        for chunk in chunks:
            arriving.write(chunk)
        return arriving.keep(expected=expected)


class Arriving:
    """Bytes on their way in, hashed while they stream to a disk; gone if nobody keeps them.

    Where they grow on the disk of the originals, keeping them costs no copy.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.unless_kept = contextlib.ExitStack()
        held = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115
        self.held = self.unless_kept.enter_context(held)
        self.hash, self.size = hashlib.sha256(), 0
        self.flushed: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self.unless_kept.close()

    @property
    def sha256(self) -> str:
        """Of all that has come so far."""
        return self.hash.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Take in what comes next."""
        self.hash.update(chunk)
        self.held.write(chunk)
        self.size += len(chunk)

    def complete(self) -> None:
        """Nothing more comes: put it on the disk for good while it is looked at who sends it."""
        self.held.flush()
        self.flushed = _MEANWHILE.submit(os.fsync, self.held.fileno())
        self.unless_kept.callback(wait, [self.flushed])

    def read_again(self) -> IO[bytes]:
        """What has come, from its beginning."""
        self.held.seek(0)
        return self.held.file

    def keep(self, *, expected: str = "") -> Kept:
        """Store them under their hash without waiting for the disk, and let go of them here.

        Raises ValueError when `expected` is given and differs: nothing is stored then.
        """
        kept = Kept(self.sha256, self.size)
        if expected and expected.lower() != kept.sha256:
            raise ValueError(kept.sha256)
        self.held.flush()
        given_on = self.unless_kept.pop_all()

        def lay() -> None:
            with given_on:
                if self.flushed:
                    self.flushed.result()
                lay_down(kept, Path(self.held.name), is_last=self.flushed is not None)

        return replace(kept, under_way=_MEANWHILE.submit(lay))


def growing_place() -> Path | None:
    """Where bytes are held while they stream: on the disk of the originals, if that is one."""
    try:
        return folder_for_unfinished(storages["evidence"])
    except NotImplementedError:  # an object store takes them from the disk for passing things
        return None


def lay_down(kept: Kept, source: Path, *, is_last: bool = False) -> None:
    """Store the bytes under their hash, whole or not at all.

    What a crash once cut, or the disk has altered since, is mended: whoever sends these bytes may
    let go of theirs once they are told that they are here. Nobody writes to `source` after this;
    its bytes are on the disk for good already where it `is_last`.
    """
    originals, name = storages["evidence"], address(kept.sha256)
    if originals.exists(name) and is_whole(originals, name, kept.sha256):
        return
    put_whole(originals, name, source, given_up=True, is_last=is_last)


def open_original(sha256: str) -> OpenFile[bytes]:
    """The original, for reading only."""
    return storages["evidence"].open(address(sha256), "rb")


def still_whole(sha256: str) -> bool:
    """Read the stored bytes again and compare their hash with their name."""
    return is_whole(storages["evidence"], address(sha256), sha256)


def is_there(sha256: str) -> bool:
    """True if there is a stored original of this name at all."""
    return storages["evidence"].exists(address(sha256))


def keep_derived(name: str, picture: Path) -> str:
    """Store a picture of our own making, unless it is there already."""
    derived = storages["derived"]
    if not derived.exists(name):
        put_whole(derived, name, picture)
    return name


def drop_derived(name: str) -> None:
    """Let go of a picture of our own making; it can be made again from its original."""
    storages["derived"].delete(name)


def has_derived(name: str) -> bool:
    """Whether it has been made."""
    return storages["derived"].exists(name)


def open_derived(name: str) -> OpenFile[bytes]:
    """A picture of our own making, for reading."""
    return storages["derived"].open(name, "rb")


class Lost(Exception):
    """Fewer bytes are staged than were received; `there` says how many (bytes)."""

    def __init__(self, there: int) -> None:
        super().__init__(there)
        self.there = there


def staged(upload: UUID) -> Path:
    """Where an upload's bytes wait until they are complete."""
    return Path(settings.UPLOAD_STAGING) / upload.hex


def stage(upload: UUID, at: int, piece: IO[bytes]) -> int:
    """Lay a piece down where the last one ended, and return where it ends itself (bytes).

    What a killed process left behind `at` is cut off first. When this returns, it is on the disk.
    """
    place = staged(upload)
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as held:
        if (there := held.seek(0, os.SEEK_END)) < at:
            raise Lost(there)
        held.truncate(at)
        held.seek(at)
        try:
            shutil.copyfileobj(piece, held)
        except OSError:
            held.truncate(at)  # a full disk gets its room back at once
            raise
        end = held.tell()
        held.flush()
        os.fsync(held.fileno())
    return end


def measure(upload: UUID) -> Kept:
    """Hash what is staged, reading it from the disk."""
    with staged(upload).open("rb") as held:
        digest = hashlib.file_digest(held, "sha256")
        return Kept(digest.hexdigest(), held.tell())


def unstage(upload: UUID) -> None:
    """Let go of staged bytes."""
    staged(upload).unlink(missing_ok=True)


def staged_long_ago(seconds: float) -> Iterator[UUID]:
    """The uploads whose staged bytes nothing was added to for so long."""
    folder, oldest = Path(settings.UPLOAD_STAGING), time.time() - seconds
    for place in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(ValueError, FileNotFoundError):
            if place.stat().st_mtime < oldest:
                yield UUID(hex=place.name)
