"""Kinds of files are told from their bytes."""

import codecs

import pytest

from evidence.imaging.sniffing import HEAD_SIZE, sniff


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"MM\0*\0\0\0\x08", "image/tiff"),
        (b"BM" + b"\0" * 12 + b"\x28\0\0\0", "image/bmp"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "image/avif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1miaf", "image/heif"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"PK\x03\x04rest", "application/zip"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"<html><script>", "text/html"),
        (b"  <SVG onload=x>", "image/svg+xml"),
        (b'<?xml version="1.0"?><!-- a --><svg>', "image/svg+xml"),
        (b"<?xml version='1.0'?><kml>", "application/xml"),
        ("مصنع رقم ٣".encode(), "text/plain"),
        (codecs.BOM_UTF16_LE + b"a\0", "text/plain"),
        (b"BMW is not a bitmap", "text/plain"),
        (b"", "application/x-empty"),
        (b"\x89", "application/octet-stream"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
    ],
)
def test_a_kind_is_told_from_the_first_bytes(head, mime):
    assert sniff(head).mime == mime


def test_text_cut_inside_a_letter_is_still_text():
    assert sniff(("a" + "ج" * HEAD_SIZE).encode()[:HEAD_SIZE]).mime == "text/plain"


def test_vector_pictures_and_pages_are_never_opened():
    assert sniff(b"<svg>").opener == sniff(b"<html>").opener == sniff(b"%PDF-1.4").opener == ""
