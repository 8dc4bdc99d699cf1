"""Tell what kind of file the first bytes belong to; names and stated types are never believed."""

import codecs
from typing import NamedTuple

HEAD_SIZE = 4096
"""How many bytes from the start of a file are enough for `sniff`."""


class Kind(NamedTuple):
    """A kind of file: its media type, and the Pillow format if it is a picture we open."""

    mime: str
    opener: str = ""


_JPEG = Kind("image/jpeg", "JPEG")
_TIFF = Kind("image/tiff", "TIFF")
_HEIF = Kind("image/heif", "HEIF")
_HEIC = Kind("image/heic", "HEIF")
_AVIF = Kind("image/avif", "AVIF")
_BMP = Kind("image/bmp", "BMP")

_STARTS = {
    b"\xff\xd8\xff": _JPEG,
    b"\x89PNG\r\n\x1a\n": Kind("image/png", "PNG"),
    b"GIF87a": Kind("image/gif", "GIF"),
    b"GIF89a": Kind("image/gif", "GIF"),
    b"II*\0": _TIFF,
    b"MM\0*": _TIFF,
    b"II+\0": _TIFF,
    b"MM\0+": _TIFF,
    b"8BPS": Kind("image/vnd.adobe.photoshop"),
    b"PK\x03\x04": Kind("application/zip"),
    b"PK\x05\x06": Kind("application/zip"),
    b"7z\xbc\xaf\x27\x1c": Kind("application/x-7z-compressed"),
    b"Rar!\x1a\x07": Kind("application/vnd.rar"),
    b"\x1f\x8b": Kind("application/gzip"),
    b"\x1a\x45\xdf\xa3": Kind("video/x-matroska"),
    b"OggS": Kind("application/ogg"),
    b"ID3": Kind("audio/mpeg"),
    b"fLaC": Kind("audio/flac"),
    b"SQLite format 3\0": Kind("application/vnd.sqlite3"),
    b"\x7fELF": Kind("application/x-elf"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind("application/x-ole-storage"),
}
_RIFF = {
    b"WEBP": Kind("image/webp", "WEBP"),
    b"WAVE": Kind("audio/wav"),
    b"AVI ": Kind("video/x-msvideo"),
}
_BRANDS = {
    **dict.fromkeys((b"avif", b"avis"), _AVIF),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), _HEIC),
    **dict.fromkeys((b"mif1", b"msf1", b"mif2"), _HEIF),
    b"qt  ": Kind("video/quicktime"),
    b"M4A ": Kind("audio/mp4"),
    b"crx ": Kind("image/x-canon-cr3"),
}
_MARKUP = {
    b"<svg": Kind("image/svg+xml"),
    b"<!doctype svg": Kind("image/svg+xml"),
    b"<html": Kind("text/html"),
    b"<!doctype html": Kind("text/html"),
    b"<script": Kind("text/html"),
    b"<?xml": Kind("application/xml"),
}
_DIB_HEADER_SIZES = {12, 40, 52, 56, 64, 108, 124}
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")


def sniff(head: bytes) -> Kind:
    """Name the kind of a file from its first `HEAD_SIZE` bytes; unknown is octet-stream."""
    if not head:
        return Kind("application/x-empty")
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    return _container(head) or _bitmap(head) or _document(head) or Kind("application/octet-stream")


def _container(head: bytes) -> Kind | None:
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] != b"ftyp":
        return None
    box = head[8 : min(int.from_bytes(head[:4], "big"), 256)]
    stated = [box[at : at + 4] for at in (0, *range(8, len(box), 4))]
    known = [_BRANDS[brand] for brand in stated if brand in _BRANDS]
    # "mif1" only says "a HEIF file"; a compatible brand beside it names the coding.
    specific = [kind for kind in known if kind != _HEIF]
    return next(iter(specific or known), Kind("video/mp4"))


def _bitmap(head: bytes) -> Kind | None:
    says_bitmap = head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _DIB_HEADER_SIZES
    return _BMP if says_bitmap else None


def _document(head: bytes) -> Kind | None:
    if b"%PDF-" in head[:1024]:
        return Kind("application/pdf")
    if not _is_text(head):
        return None
    opening = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    kinds = [kind for start, kind in _MARKUP.items() if opening.startswith(start)]
    if kinds == [Kind("application/xml")] and b"<svg" in opening:
        return _MARKUP[b"<svg"]
    return next(iter(kinds), Kind("text/plain"))


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head):
        return False
    try:
        # The last character may be cut by the end of the head; anything else must be UTF-8.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
