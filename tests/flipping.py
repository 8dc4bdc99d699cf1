"""What a disk does to stored bytes in tests: a flipped bit, or nothing left; mended afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import storages


@contextmanager
def flipped(store: str, name: str) -> Iterator[Path]:
    """One bit of the stored file is another."""
    there = Path(storages[store].path(name))
    before = there.read_bytes()
    there.chmod(0o640)
    there.write_bytes(bytes([before[0] ^ 1]) + before[1:])
    yield there
    there.write_bytes(before)


@contextmanager
def gone(store: str, name: str) -> Iterator[Path]:
    """The stored file is not there."""
    there = Path(storages[store].path(name))
    before = there.read_bytes()
    there.unlink()
    yield there
    there.write_bytes(before)
