"""The store of bundles from peers: each lies whole under its SHA-256, or not at all."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages

from core.filing import folder_for_unfinished, put_whole


class Differs(ValueError):
    """The bytes are not those that were announced; nothing of them was kept."""


class CutShort(Differs):
    """Fewer bytes came than were announced."""


def address(sha256: str) -> str:
    """Where a bundle lies: peers/ab/<digest>.zip."""
    return f"peers/{sha256[:2]}/{sha256}.zip"


def keep(pieces: Iterable[bytes], *, sha256: str, size: int) -> None:
    """Hash while streaming to the disk; store it if it is what was announced, `size` in bytes."""
    digest, length = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=growing_place()) as held:
        for piece in pieces:
            length += len(piece)
            if length > size:
                raise Differs
            digest.update(piece)
            held.write(piece)
        if length < size:
            raise CutShort
        if digest.hexdigest() != sha256:
            raise Differs
        held.flush()
        if not is_there(sha256):
            put_whole(storages["derived"], address(sha256), Path(held.name))


def growing_place() -> Path | None:
    """Where bytes are held while they stream: on the disk of the store, if that is one."""
    try:
        return folder_for_unfinished(storages["derived"])
    except NotImplementedError:  # an object store takes them from the disk for passing things
        return None


def is_there(sha256: str) -> bool:
    """Whether the bundle is stored."""
    return storages["derived"].exists(address(sha256))


def open_bundle(sha256: str) -> File[bytes]:
    """A stored bundle, for reading."""
    return storages["derived"].open(address(sha256), "rb")


@contextmanager
def on_disk(sha256: str) -> Iterator[Path]:
    """A copy of it that programs can read by its path, for as long as they do."""
    with tempfile.TemporaryDirectory(prefix="vestige-peer-") as folder:
        place = Path(folder, "bundle.zip")
        with open_bundle(sha256) as held, place.open("xb") as copy:
            shutil.copyfileobj(held, copy)
        yield place


def drop(sha256: str) -> None:
    """Let go of it, because its originator took it back or it is not what was sealed."""
    storages["derived"].delete(address(sha256))
