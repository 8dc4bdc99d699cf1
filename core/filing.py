"""Puts a file on a storage whole or not at all, so that a killed process leaves no half of one."""

import os
import shutil
import uuid
from pathlib import Path

from django.core.files import File
from django.core.files.storage import Storage


def put_whole(storage: Storage, name: str, source: Path) -> None:
    """Store a copy of `source` as `name`; an object store is whole by itself, a disk needs care.

    Who may read and write it is set on the storage, as Django's own file store does.
    """
    try:
        place = Path(storage.path(name))
    except NotImplementedError:
        with source.open("rb") as held:
            storage.save(name, File(held))
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.{uuid.uuid4().hex}")
    try:
        with source.open("rb") as held, part.open("xb") as copy:
            shutil.copyfileobj(held, copy)
            copy.flush()
            if mode := getattr(storage, "file_permissions_mode", None):
                os.fchmod(copy.fileno(), mode)
            os.fsync(copy.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    flush_folder(place.parent)


def flush_folder(folder: Path) -> None:
    """Make the new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
