"""Puts a file on a storage whole or not at all, so that a killed process leaves no half of one."""

import os
import shutil
import time
import uuid
from pathlib import Path

from django.core.files import File
from django.core.files.storage import Storage, storages

UNFINISHED = "unfinished"
"""The folder of each store in which copies are made, to be moved to their place when whole."""

ABANDONED_AFTER = 24 * 3600  # seconds


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
    part = Path(storage.path(UNFINISHED), uuid.uuid4().hex)
    part.parent.mkdir(exist_ok=True)
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


def clear_away_unfinished(*names: str) -> None:
    """Remove what processes that were killed a day ago or longer left half-copied."""
    for name in names:
        try:
            folder = Path(storages[name].path(UNFINISHED))
        except NotImplementedError:  # an object store keeps nothing unfinished
            continue
        for part in folder.glob("*"):
            if part.lstat().st_mtime < time.time() - ABANDONED_AFTER:
                part.unlink(missing_ok=True)
