"""Gives out tiles of a picture's own pixels; cut when somebody first looks that closely."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from evidence import vault
from evidence.imaging import tiles
from evidence.models import File


def tile_of(file: File, level: int, column: int, row: int) -> bytes | None:
    """One tile of the deep zoom of a picture, drawn by Vestige from the original."""
    name = vault.derived_address(file.sha256, "tiles", tiles.VERSION, ".zip")
    if not vault.has_derived(name):
        with one_at_a_time():
            if not vault.has_derived(name):
                cut(file, name)
    with vault.open_derived(name) as archive:
        return tiles.tile_in(cast(BinaryIO, archive), level, column, row)


def cut(file: File, name: str) -> None:
    """Cut all tiles of a file; an empty archive remembers that it cannot be done."""
    with tempfile.TemporaryDirectory(prefix="vestige-tiles-") as folder:
        source = Path(folder, "original")
        with vault.open_original(file.sha256) as original, source.open("wb") as copy:
            shutil.copyfileobj(original, copy)
        archive = tiles.cut_tiles(source, Path(folder)) or tiles.nothing(Path(folder))
        vault.keep_derived(name, archive)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Whole pictures take much memory: on one machine one is cut, the others wait."""
    place = Path(settings.UPLOAD_STAGING)
    place.mkdir(parents=True, exist_ok=True)
    handle = os.open(place / "tiles.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
