"""Names of files inside a bundle: made of our own words, never of what a client typed."""

import re

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
    """Where an exhibit lies; files that belong to none lie beside the exhibits."""
    if not exhibit_no:
        return "data/unassigned"
    return f"data/exhibits/{ODD.sub('-', exhibit_no)}"


def file_name(file: File) -> str:
    """A file's digest as received, its own id's end (it may lie twice), and what it is."""
    return f"{file.sha256}-{file.pk.hex[-6:]}{SUFFIXES.get(file.mime, '.bin')}"
