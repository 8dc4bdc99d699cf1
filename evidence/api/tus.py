"""The words of tus 1.0, the protocol by which a file comes in piece by piece (https://tus.io)."""

import base64
import binascii
import hashlib
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.http.request import UnreadablePostError
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from core.description import IN_HEAD
from evidence import vault
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


def pieces(request: Request, length: int, folder: Path | None = None) -> Generator[vault.Arriving]:
    """What the body brings, in steps that are whole by themselves; with a checksum, in one step.

    Where the line is cut, what has come so far is a step too, unless a checksum was announced.
    They grow in `folder`, or where things lie that only pass.
    """
    announced = checksum(request)
    step = length if announced else STEP
    while length > 0:
        with vault.Arriving(folder) as piece:
            read_into(piece, request, min(step, length))
            if announced not in (None, piece.hash.digest()):
                raise Altered
            arrived = piece.size
            if arrived:
                yield piece
            if arrived < min(step, length):
                return
            length -= arrived


def read_into(piece: vault.Arriving, request: Request, most: int) -> None:
    """Take up to `most` bytes of the body, or what comes of them before the line is cut."""
    with suppress(UnreadablePostError):
        while piece.size < most and (chunk := request.read(min(AT_ONCE, most - piece.size))):
            piece.write(chunk)


def headers_of(upload: Upload) -> dict[str, str]:
    """How far an upload is."""
    return {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.size),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
        "Cache-Control": "no-store",
    }
