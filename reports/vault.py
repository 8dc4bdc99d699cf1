"""The store of finished reports and bundles: each lies under the SHA-256 of its bytes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages

from core.filing import put_whole


@dataclass(frozen=True)
class Kept:
    """Digest and size in bytes of what is stored."""

    sha256: str
    size: int


def address(sha256: str, suffix: str = ".pdf") -> str:
    """Where a report lies: reports/ab/<digest>.pdf; a bundle ends in .zip."""
    return f"reports/{sha256[:2]}/{sha256}{suffix}"


def keep(file: Path, suffix: str = ".pdf") -> Kept:
    """Store a finished file; the same bytes are stored once."""
    with file.open("rb") as held:
        sha256 = hashlib.file_digest(held, "sha256").hexdigest()
    if not storages["derived"].exists(address(sha256, suffix)):
        put_whole(storages["derived"], address(sha256, suffix), file)
    return Kept(sha256, file.stat().st_size)


def open_report(sha256: str) -> File[bytes]:
    """A finished report, for reading."""
    return storages["derived"].open(address(sha256), "rb")


def open_bundle(sha256: str) -> File[bytes]:
    """A finished bundle, for reading."""
    return storages["derived"].open(address(sha256, ".zip"), "rb")
