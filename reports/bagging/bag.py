"""A bag (BagIt 1.0, RFC 8493): a payload under data/, its manifest, and what is said about it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from reports.bagging.archive import Archive

PAYLOAD, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Bag:
    """A bag while it is filled; each file is hashed as it is written."""

    def __init__(self, out: BinaryIO) -> None:
        self.archive = Archive(out)
        self.digests: dict[str, str] = {}
        self.payload_size = 0

    def add(self, name: str, chunks: Iterable[bytes]) -> str:
        """Put one file in and return the SHA-256 of the bytes that went in."""
        if name in self.digests:
            raise ValueError(f"{name} is in the bag already")
        digest = hashlib.sha256()
        member = self.archive.add(name, hashed(chunks, digest))
        if name.startswith("data/"):
            self.payload_size += member.size
        self.digests[name] = digest.hexdigest()
        return self.digests[name]

    def add_text(self, name: str, text: str) -> str:
        """Put a text in."""
        return self.add(name, [text.encode()])

    def add_json(self, name: str, value: Any) -> str:
        """Put data in, in an order that people can read."""
        return self.add_text(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def close(self, about: Mapping[str, str]) -> None:
        """Write the manifests, with `about` in bag-info.txt, and end the archive."""
        payload = sorted(name for name in self.digests if name.startswith("data/"))
        self.add_text("bagit.txt", DECLARATION)
        told = {**about, "Payload-Oxum": f"{self.payload_size}.{len(payload)}"}
        self.add_text("bag-info.txt", "".join(f"{name}: {said}\n" for name, said in told.items()))
        self.add_text(PAYLOAD, self.manifest(payload))
        tags = sorted(name for name in self.digests if not name.startswith("data/"))
        self.add_text(TAGS, self.manifest(tags))
        self.archive.close()

    def manifest(self, names: Iterable[str]) -> str:
        """The digest of each file, as `sha256sum --check` reads it."""
        return "".join(f"{self.digests[name]}  {name}\n" for name in names)


def hashed(chunks: Iterable[bytes], digest: Any) -> Iterator[bytes]:
    """The same pieces, each hashed on its way."""
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
