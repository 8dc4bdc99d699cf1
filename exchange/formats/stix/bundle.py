"""A bundle on its way out, piece by piece: however large, it is never in memory as a whole."""

import hashlib
from collections.abc import Iterable, Iterator
from uuid import uuid5

from exchange.formats.stix.words import NAMESPACE


def pieces(objects: Iterable[str]) -> Iterator[bytes]:
    """The bytes of a bundle of objects that are written down already.

    The bundle's own identifier follows from what is in it, so it stands at the end: the same
    objects are the same bundle.
    """
    digest, parted = hashlib.sha256(), b""
    yield b'{"type":"bundle","objects":[\n'
    for written in objects:
        encoded = written.encode()
        digest.update(encoded)
        yield parted + encoded
        parted = b",\n"
    name = uuid5(NAMESPACE, f"bundle/{digest.hexdigest()}")
    yield f'\n],"id":"bundle--{name}"}}\n'.encode()
