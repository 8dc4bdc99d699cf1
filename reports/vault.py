"""The store of finished reports: each lies under the SHA-256 of its bytes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages

from core.filing import put_whole


@dataclass(frozen=True)
class Kept:
    """Digest and size in bytes of a stored report."""

    sha256: str
    size: int


def address(sha256: str) -> str:
    """Where a report lies: reports/ab/<digest>.pdf."""
    return f"reports/{sha256[:2]}/{sha256}.pdf"


def keep(pdf: Path) -> Kept:
    """Store a finished report; the same bytes are stored once."""
    with pdf.open("rb") as held:
        sha256 = hashlib.file_digest(held, "sha256").hexdigest()
    if not storages["derived"].exists(address(sha256)):
        put_whole(storages["derived"], address(sha256), pdf)
    return Kept(sha256, pdf.stat().st_size)


def open_report(sha256: str) -> File[bytes]:
    """A finished report, for reading."""
    return storages["derived"].open(address(sha256), "rb")
