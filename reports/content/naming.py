"""Names of files inside a bundle: made of our own words, never of what a client typed."""

import re
from hashlib import sha256

from evidence.models import File

ODD = re.compile(r"[^A-Za-z0-9-]+")
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "video/mp4": ".mp4",
    "text/plain": ".txt",
}


def exhibit_folder(exhibit_no: str) -> str:
    """Where an exhibit lies; files that belong to none lie beside the exhibits.

    No two numbers lie in one folder, nor on a disk that takes `a` and `A` for the same.
    """
    if not exhibit_no:
        return "data/unassigned"
    plain = ODD.sub("-", exhibit_no)
    if plain == exhibit_no == exhibit_no.upper():
        return f"data/exhibits/{plain}"
    return f"data/exhibits/{plain}_{sha256(exhibit_no.encode()).hexdigest()[:12]}"


def file_name(file: File) -> str:
    """A file's digest as received, its own id's end (it may lie twice), and what it is."""
    return f"{file.sha256}-{file.pk.hex[-6:]}{SUFFIXES.get(file.mime, '.bin')}"
