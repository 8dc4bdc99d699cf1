"""Puts a file on a storage whole or not at all, and reads again whether it is whole still."""

import hashlib
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


def put_whole(
    storage: Storage, name: str, source: Path, *, given_up: bool = False, is_last: bool = False
) -> None:
    """Store `source` as `name`; an object store is whole by itself, a disk needs care.

    Where nobody writes to `source` any more it is `given_up`: on the same disk it gets a second
    name, which costs nothing, and elsewhere a copy. Where its bytes were put on the disk for good
    already it `is_last`, and a second name needs no more than that. Who may read it is set on the
    storage, as Django's own file store does.
    """
    try:
        place = Path(storage.path(name))
    except NotImplementedError:
        with source.open("rb") as held:
            storage.save(name, File(held))
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = folder_for_unfinished(storage) / uuid.uuid4().hex
    try:
        linked = given_up and is_linked(source, part)
        if not linked:
            with source.open("rb") as held, part.open("xb") as copy:
                shutil.copyfileobj(held, copy)
        if mode := getattr(storage, "file_permissions_mode", None):
            part.chmod(mode)
        if not (linked and is_last):
            flush(part)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    flush(place.parent)


def is_whole(storage: Storage, name: str, sha256: str) -> bool:
    """Read the stored bytes again and compare their hash with what was recorded of them."""
    digest = hashlib.sha256()
    try:
        with storage.open(name, "rb") as held:
            for chunk in held.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == sha256


def folder_for_unfinished(storage: Storage) -> Path:
    """Where files of this store grow until they are whole, on its own disk."""
    folder = Path(storage.path(UNFINISHED))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_linked(source: Path, part: Path) -> bool:
    """True if `source` now has this second name; disks that differ have no common ones."""
    try:
        os.link(source, part)
    except OSError:
        return False
    return True


def flush(place: Path) -> None:
    """Make the bytes of a file, or a new name in a folder, survive a power cut."""
    handle = os.open(place, os.O_RDONLY)
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
