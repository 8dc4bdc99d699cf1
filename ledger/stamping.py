"""RFC 3161: what a time-stamping authority is asked, and what its answer proves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.base import HashAlgorithm

GRANTED = (0, 1)
"""The two statuses of an answer that carries a token."""
TO_CERTIFICATES = (0, 1, 1, 0, 3)
"""The way in: answer, token, its content, what was signed, and the certificates beside it."""
CERTIFICATES = 0xA0
SHA256_OID = "2.16.840.1.101.3.4.2.1"


class StampRefused(ValueError):
    """The answer is none, or does not belong to what was asked."""


@dataclass(frozen=True)
class Question:
    """A request: its bytes, and the number by which its answer is known."""

    body: bytes
    nonce: int


@dataclass(frozen=True)
class Stamp:
    """What an answer says: when, by its authority's clock."""

    at: datetime


def ask_about(data: bytes) -> Question:
    """The request for a time-stamp over SHA-256 of `data`, with the authority's certificate."""
    builder = TimestampRequestBuilder(data=data, hash_algorithm=HashAlgorithm.SHA256)
    asked = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    if asked.nonce is None:
        raise StampRefused("the request has no number")
    return Question(asked.as_bytes(), asked.nonce)


def read_answer(
    answer: bytes, data: bytes, *, nonce: int | None = None, roots: Sequence[Certificate] = ()
) -> Stamp:
    """What the answer proves about `data`; with `roots` its signature is checked as well."""
    try:
        told = decoded(answer)
        if told.status not in GRANTED:
            raise StampRefused("the authority refused: " + ", ".join(told.status_string))
        info = told.tst_info
        imprint = info.message_imprint
        hashed = (imprint.hash_algorithm.dotted_string, imprint.message)
        at, number = info.gen_time, info.nonce
    except StampRefused:
        raise
    except ValueError as problem:
        raise StampRefused("this is no time-stamp") from problem
    if hashed != (SHA256_OID, sha256(data).digest()):
        raise StampRefused("the time-stamp is over something else")
    if nonce is not None and number != nonce:
        raise StampRefused("the time-stamp answers another request")
    if roots:
        refuse_unsigned(answer, data, roots)
    return Stamp(at)


def refuse_unsigned(answer: bytes, data: bytes, roots: Sequence[Certificate]) -> None:
    """Refuse a token that no certificate beneath one of these roots has signed."""
    verifier = VerifierBuilder(roots=list(roots)).build()
    try:
        verifier.verify(decoded(answer), sha256(data).digest())
    except (VerificationError, ValueError) as problem:
        raise StampRefused("no authority that is trusted here signed it") from problem


def decoded(answer: bytes) -> TimeStampResponse:
    """The answer read; ValueError if it is none."""
    return decode_timestamp_response(in_order(answer))


def in_order(answer: bytes) -> bytes:
    """The answer with its certificates in the order of DER, which openssl does not care for.

    Nothing that is signed depends on it; a reader that is strict would refuse the whole answer.
    """
    at, first, end = 0, 0, len(answer)
    for step in TO_CERTIFICATES:
        inside = list(parts(answer, first, end))
        if len(inside) <= step:
            return answer
        at, first, end = inside[step]
    if answer[at] != CERTIFICATES:
        return answer
    whole = sorted(answer[start:stop] for start, _first, stop in parts(answer, first, end))
    sorted_ones = b"".join(whole)
    return answer[:first] + sorted_ones + answer[first + len(sorted_ones) :]


def parts(raw: bytes, first: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The DER values between two places: where each starts, where its content does, where it ends.

    What is cut short is not among them.
    """
    while first + 2 <= end:
        length, content = raw[first + 1], first + 2
        if length & 0x80:
            content += length & 0x7F
            length = int.from_bytes(raw[first + 2 : content], "big")
        if content + length > end:
            return
        yield first, content, content + length
        first = content + length


def roots_in(file: str) -> list[Certificate]:
    """The certificates of a PEM file; none where none is named."""
    return list(load_pem_x509_certificates(Path(file).read_bytes())) if file else []
