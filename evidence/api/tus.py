"""The words of tus 1.0, the protocol by which a file comes in piece by piece (https://tus.io)."""

import base64
import binascii
import hashlib
import tempfile
from collections.abc import Iterator
from os import SEEK_END
from typing import IO, Any

from django.http.request import UnreadablePostError
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from core.description import IN_HEAD
from evidence.models import Upload

VERSION = "1.0.0"
STEP = 8 * 1024 * 1024
"""Of a longer piece so much at a time is put on the disk for good (bytes)."""
AT_ONCE = 64 * 1024
"""More than this of a file is never held in memory (bytes)."""
ALGORITHM = "sha256"
SAID = ("Upload-Length", "Upload-Metadata", "Upload-Sha256")
"""What an announcement says, and says alike when it is sent again."""
WORDS = "Words, each with its value in Base64: `case`, `filename` …"
SPOKEN = OpenApiParameter("Tus-Resumable", str, IN_HEAD, required=True, enum=[VERSION])
CHECKED = (
    OpenApiParameter("Upload-Checksum", str, IN_HEAD, description="`sha256` and its Base64."),
    OpenApiParameter("Upload-Sha256", str, IN_HEAD, description="Of the whole file, as hex."),
)
ANNOUNCED = [
    SPOKEN,
    OpenApiParameter("Upload-Length", int, IN_HEAD, required=True, description="In bytes."),
    OpenApiParameter("Upload-Metadata", str, IN_HEAD, required=True, description=WORDS),
    *CHECKED,
]
SENT_ON = [
    SPOKEN,
    OpenApiParameter("Upload-Offset", int, IN_HEAD, required=True, description="In bytes."),
    *CHECKED,
]


class Altered(APIException):
    """The piece is not what its checksum says (HTTP 460, a status that tus has made up)."""

    status_code = 460
    default_code = "altered"
    default_detail = gettext_lazy("The piece arrived altered. Send it again.")


class OtherVersion(APIException):
    """The client does not say that it speaks this version (HTTP 412)."""

    status_code = 412
    default_code = "tus-version"
    default_detail = gettext_lazy("Send Tus-Resumable: 1.0.0 along.")


class PieceParser(BaseParser):
    """Lets the bytes of a piece through unread."""

    media_type = "application/offset+octet-stream"

    def parse(self, stream: Any, *_args: Any, **_kwargs: Any) -> Any:
        return stream


def require_version(request: Request) -> None:
    """Both sides must speak the same version before anything is changed."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise OtherVersion


def brings_a_piece(request: Request) -> bool:
    """True when the first piece comes with the announcement (creation with upload)."""
    return str(request.content_type) == PieceParser.media_type


def length_to_come(request: Request) -> int:
    """The bytes of the body, which is laid hold of unread before anybody else asks for it."""
    if request.data is None:
        return 0
    return whole_number(request, "Content-Length", default="0")


def whole_number(request: Request, name: str, *, default: str = "") -> int:
    """A header that counts bytes."""
    said = request.headers.get(name) or default
    if not (said.isascii() and said.isdecimal() and len(said) < 19):
        raise ParseError(_("%(header)s must be a whole number of bytes.") % {"header": name})
    return int(said)


def metadata(request: Request) -> dict[str, str]:
    """What Upload-Metadata says: words, each with its value in Base64."""
    pairs = [pair.split() for pair in request.headers.get("Upload-Metadata", "").split(",")]
    names = [name for name, *_value in filter(None, pairs)]
    if len(set(names)) < len(names):
        raise ParseError(_("A word stands twice in Upload-Metadata."))
    try:
        return {
            name: base64.b64decode("".join(value), validate=True).decode()
            for name, *value in pairs
            if len(value) < 2
        }
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise ParseError(_("Upload-Metadata must be words with values in Base64.")) from None


def checksum(request: Request) -> bytes | None:
    """The SHA-256 that Upload-Checksum announces for this piece."""
    if not (said := request.headers.get("Upload-Checksum")):
        return None
    algorithm, _space, value = said.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        digest = b""
    if algorithm != ALGORITHM or len(digest) != hashlib.sha256().digest_size:
        raise ParseError(_("Upload-Checksum must be sha256 and the digest in Base64."))
    return digest


def whole_digest(request: Request) -> str:
    """The SHA-256 of the whole file, where whoever sends its last piece says it."""
    return str(request.headers.get("Upload-Sha256", "")).lower()


def size_of(piece: IO[bytes]) -> int:
    """How many bytes a piece has."""
    there = piece.tell()
    size = piece.seek(0, SEEK_END)
    piece.seek(there)
    return size


def digest_of(piece: IO[bytes]) -> str:
    """The SHA-256 of a piece, from where it stands, in hexadecimal."""
    digest = hashlib.sha256()
    while chunk := piece.read(AT_ONCE):
        digest.update(chunk)
    return digest.hexdigest()


def pieces(request: Request, length: int) -> Iterator[IO[bytes]]:
    """What the body brings, in steps that are whole by themselves; with a checksum, in one step.

    Where the line is cut, what has come so far is a step too, unless a checksum was announced.
    """
    announced = checksum(request)
    step = length if announced else STEP
    while length > 0:
        with tempfile.SpooledTemporaryFile(max_size=AT_ONCE) as held:
            arrived, digest = read_into(held, request, min(step, length))
            if announced not in (None, digest):
                raise Altered
            if arrived:
                held.seek(0)
                yield held
            if arrived < min(step, length):
                return
            length -= arrived


def read_into(held: IO[bytes], request: Request, most: int) -> tuple[int, bytes]:
    """Take up to `most` bytes of the body; returns how many came, and their SHA-256."""
    digest, arrived = hashlib.sha256(), 0
    try:
        while arrived < most and (chunk := request.read(min(AT_ONCE, most - arrived))):
            digest.update(chunk)
            held.write(chunk)
            arrived += len(chunk)
    except UnreadablePostError:
        pass  # the line was cut
    return arrived, digest.digest()


def headers_of(upload: Upload) -> dict[str, str]:
    """How far an upload is."""
    return {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.size),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
        "Cache-Control": "no-store",
    }
