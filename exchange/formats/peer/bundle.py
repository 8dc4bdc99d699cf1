"""Opens a bundle from a peer: files that lie in it as they are, so that none unpacks to more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

BROKEN = (BadZipFile, KeyError, NotImplementedError, OSError, RuntimeError)
"""What reading a torn or a forged bundle may raise."""

Bundle = ZipFile


class Packed(BadZipFile):
    """A file in the bundle is compressed or encrypted, as in none that was sealed."""


@contextmanager
def opened(held: IO[bytes]) -> Iterator[Bundle]:
    """The bundle, if every file in it is stored as it is."""
    with ZipFile(held) as bundle:
        for one in bundle.infolist():
            if one.compress_type != ZIP_STORED or one.file_size != one.compress_size:
                raise Packed(one.filename)
        yield bundle
