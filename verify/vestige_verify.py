#!/usr/bin/env python3
"""Checks a Vestige evidence bundle without Vestige: one file, Python 3.9 or later, nothing else.

    python3 vestige_verify.py BUNDLE [--key KEY] [--authority CA.pem] [--earlier NOTE-OR-BUNDLE]

BUNDLE is the archive (.zip) or the folder it was unpacked to. Give --key the public key that the
agency published, --authority the certificate of the time-stamp authority, and --earlier whatever
you kept from before; without them the bundle is held against what it brings along itself, and
what is printed says so.

Exit codes: 0 intact, 1 tampered (the first bad entry is named), 2 incomplete or not anchored,
3 not finished: it was broken off, or whoever read what it prints stopped reading; nothing follows.
Sources: RFC 8493 (BagIt), RFC 9162 (Merkle trees), RFC 8032 (Ed25519), RFC 3161 (time-stamps),
C2SP signed-note and tlog-checkpoint.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess  # nosec B404  only openssl, and only for time-stamps
import sys
import tempfile
import zlib
from calendar import timegm
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

INTACT, TAMPERED, INCOMPLETE, UNFINISHED = 0, 1, 2, 3
FORMAT = "vestige-evidence-bundle/1"
PIECE = 1 << 20  # bytes read at once
LONGEST_LINE = 1 << 24  # bytes


class Tampered(Exception):
    """Something is not what it was; `position` is the ledger entry, if it is about one."""

    def __init__(self, reason: str, position: int = 0) -> None:
        super().__init__(reason)
        self.position = position


class Incomplete(Exception):
    """Something is missing, so that nothing can be said."""


MALFORMED = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
"""What reading something raises that is not of the shape it is called."""


# --- Merkle trees (RFC 9162, section 2.1; subtrees as draft-ietf-plants-merkle-tree-certs) --------


EMPTY = hashlib.sha256(b"").digest()  # the root of no entries at all


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def are_digests(*values: bytes) -> bool:
    """SHA-256 gives 32 bytes, nothing else is one."""
    return all(len(value) == 32 for value in values)


def verify_inclusion(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether `leaf` is number `index` (from 0) of the `size` leaves under `root`."""
    if not 0 <= index < size or not are_digests(leaf, root, *path):
        return False
    fn, sn, found = index, size - 1, leaf
    for other in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = node_hash(other, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, other)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]
) -> bool:
    """Whether the tree of `new` leaves begins with the tree of `old` leaves."""
    if not 0 < old <= new:
        return False
    return verify_subtree_consistency(0, old, new, old_root, new_root, path)


def is_subtree(start: int, end: int) -> bool:
    """Whether the leaves from `start` to before `end` lie under one node of any larger tree."""
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


def verify_subtree_inclusion(
    leaf: bytes, index: int, start: int, end: int, path: list[bytes], root: bytes
) -> bool:
    """Whether `leaf` is number `index` of the whole tree and lies under this subtree."""
    fits = is_subtree(start, end) and start <= index < end
    return fits and verify_inclusion(leaf, index - start, end - start, path, root)


def verify_subtree_consistency(
    start: int, end: int, size: int, subtree: bytes, root: bytes, path: list[bytes]
) -> bool:
    """Whether the leaves from `start` to before `end` are, under `subtree`, those under `root`."""
    if 0 <= start == end <= size:
        return not path and subtree == EMPTY
    if (start, end) == (0, size):
        return not path and size > 0 and subtree == root
    if not is_subtree(start, end) or end > size or not are_digests(subtree, root, *path):
        return False
    fn, sn, tn = start, end - 1, size - 1
    while fn != sn and (sn == tn or sn & 1):
        fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
    if fn == sn:
        while sn == tn and tn:
            fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
        return climb_both(fn, sn, tn, subtree, path, (subtree, root))
    return bool(path) and climb_both(fn, sn, tn, path[0], path[1:], (subtree, root))


def climb_both(
    fn: int, sn: int, tn: int, seed: bytes, path: list[bytes], ends: tuple[bytes, bytes]
) -> bool:
    """Climb to both roots at once; whether they are the two expected."""
    small = large = seed
    for other in path:
        if tn == 0:
            return False
        if sn & 1 or sn == tn:
            if fn < sn:
                small = node_hash(other, small)
            large = node_hash(other, large)
            while not sn & 1 and sn:
                fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
        else:
            large = node_hash(large, other)
        fn, sn, tn = fn >> 1, sn >> 1, tn >> 1
    return tn == 0 and (small, large) == ends


class Trunk:
    """Grows a tree leaf by leaf, keeping only the roots of its full subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.full: list[bytes] = []

    def grow(self, leaf: bytes) -> None:
        """Add the next leaf."""
        size, self.size = self.size, self.size + 1
        while size & 1:
            leaf = node_hash(self.full.pop(), leaf)
            size >>= 1
        self.full.append(leaf)

    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self.full:
            return EMPTY
        found = self.full[-1]
        for left in reversed(self.full[:-1]):
            found = node_hash(left, found)
        return found


class Climber:
    """Verifies many inclusion proofs in one tree, climbing no branch twice."""

    def __init__(self, size: int, root: bytes) -> None:
        self.size, self.root = size, root
        self.known: dict[int, tuple[int, bytes, list[str], int]] = {}

    def holds(self, index: int, leaf: bytes, path: list[str]) -> bool:
        """Whether the leaf is there; entries must come in rising order to be quick."""
        if not 0 <= index < self.size or any(len(part) != 64 for part in path):
            return False
        found, fn, sn, level = leaf, index, self.size - 1, 0
        way = [(0, fn, found, 0)]
        for step, part in enumerate(path):
            before = self.known.get(level)
            if before and before[0] == fn:
                return self.joins(before, found, path, step) and self.remember(way, path)
            if sn == 0:
                return False
            other = bytes.fromhex(part)
            if fn & 1 or fn == sn:
                found = node_hash(other, found)
                while not fn & 1 and fn:
                    fn, sn, level = fn >> 1, sn >> 1, level + 1
            else:
                found = node_hash(found, other)
            fn, sn, level = fn >> 1, sn >> 1, level + 1
            way.append((level, fn, found, step + 1))
        return sn == 0 and found == self.root and self.remember(way, path)

    @staticmethod
    def joins(
        before: tuple[int, bytes, list[str], int], found: bytes, path: list[str], step: int
    ) -> bool:
        """Whether the path meets the one before here, and goes on exactly as that one did."""
        _fn, digest, other, there = before
        return found == digest and path[step:] == other[there:]

    def remember(self, way: list[tuple[int, int, bytes, int]], path: list[str]) -> bool:
        """Keep what was proven."""
        for level, fn, digest, step in way:
            self.known[level] = (fn, digest, path, step)
        return True


# --- Ed25519 (RFC 8032, section 5.1; what is not canonical or of small order is refused) ----------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = "tuple[int, int, int, int]"
NEUTRAL = (0, 1, 1, 0)


def add(one: Any, two: Any) -> Any:
    """The sum of two points of the curve, in extended coordinates."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Any) -> Any:
    """The point added to itself so many times."""
    found = NEUTRAL
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def same_point(one: Any, two: Any) -> bool:
    """Whether two points are one, whatever their scale."""
    across = (one[0] * two[2] - two[0] * one[2]) % P
    return bool(across == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0)


def point_of(data: bytes) -> Any:
    """The point that 32 bytes stand for; None where they stand for none, or in two ways."""
    if len(data) != 32:
        return None
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def verify_signature(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `message` was made with the secret half of `public`."""
    if len(signature) != 64:
        return False
    key, commitment = point_of(public), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= L or same_point(times(8, key), NEUTRAL):
        return False
    challenge = hashlib.sha512(signature[:32] + public + message).digest()
    number = int.from_bytes(challenge, "little") % L
    return same_point(times(scalar, BASE), add(commitment, times(number, key)))


# --- Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) -----------------------------

MARK = "— "


def from_base64(text: str) -> bytes:
    """The bytes of canonical base64; raises ValueError for any other spelling."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


class Key:
    """A verifier key, `name+hash+base64`, as it is published."""

    def __init__(self, text: str) -> None:
        try:
            self.name, number, coded = text.strip().split("+", 2)
            data = from_base64(coded)
            self.hash = bytes.fromhex(number)
        except ValueError as problem:
            raise Tampered(f"'{text.strip()[:80]}' is no verifier key") from problem
        self.text, self.public = text.strip(), data[1:]
        told = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if data[:1] != b"\x01" or len(data) != 33 or told != self.hash:
            raise Tampered(f"the verifier key of {self.name} does not have the hash it names")

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, to be compared by telephone or on paper."""
        return hashlib.sha256(self.public).hexdigest()


class Checkpoint:
    """What a log said of itself: its name, how many entries it has, and their root."""

    def __init__(self, note: bytes, name: str) -> None:
        self.note, self.name = note, name
        try:
            text, self.signatures = split_note(note)
            self.text = text.encode()
            self.origin, size, root = text.split("\n")[:3]
            self.size, self.root = int(size), from_base64(root)
        except ValueError as problem:
            raise Tampered(f"{name} is no checkpoint: {problem}") from problem
        if not are_digests(self.root) or size != str(self.size):
            raise Tampered(f"{name} is no checkpoint: its size or root is malformed")

    def signed_by(self, keys: list[Key]) -> Key:
        """The key whose signature it bears; raises Tampered where a signature is wrong."""
        for name, number, signature in self.signatures:
            for key in keys:
                if (key.name, key.hash) == (name, number):
                    if not verify_signature(key.public, self.text, signature):
                        raise Tampered(f"the signature of {name} under {self.name} is wrong")
                    return key
        names = ", ".join(name for name, _number, _signature in self.signatures)
        raise Tampered(f"{self.name} is signed by a key that is not known here ({names})")


def split_note(note: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text of a signed note, and of each signature the name, key hash and bytes."""
    said = note.decode("utf-8")
    text, blank, lines = said.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise ValueError("it is not signed")
    signatures = []
    for line in lines[:-1].split("\n"):
        if not line.startswith(MARK):
            raise ValueError("a line of signature is malformed")
        name, _space, coded = line[len(MARK) :].partition(" ")
        data = from_base64(coded)
        if not name or len(data) < 5:
            raise ValueError("a signature is malformed")
        signatures.append((name, data[:4], data[4:]))
    return text + "\n", signatures


# --- The bundle on disk: a folder, or the one ZIP archive that its files can make -----------------

LOCAL, CENTRAL, END64, LOCATOR, END = (0x04034B50, 0x02014B50, 0x06064B50, 0x07064B50, 0x06054B50)
VERSION, UTF8, DAY = 45, 0x0800, 0x0021  # zip64; names in UTF-8; 1 January 1980
FULL = 0xFFFFFFFF


def local_header(name: bytes, crc: int, size: int) -> bytes:
    """What stands before a stored file."""
    head = (LOCAL, VERSION, UTF8, 0, 0, DAY, crc, FULL, FULL, len(name), 20)
    return struct.pack("<I5H3I2H", *head) + name + struct.pack("<2H2Q", 1, 16, size, size)


def central_header(name: bytes, crc: int, size: int, offset: int) -> bytes:
    """What the directory at the end says of it."""
    head = (CENTRAL, 3 << 8 | VERSION, VERSION, UTF8, 0, 0, DAY, crc, FULL, FULL, len(name), 28)
    tail = (0, 0, 0, 0o100444 << 16, FULL)
    extra = struct.pack("<2H3Q", 1, 24, size, size, offset)
    return struct.pack("<I6H3I2H", *head) + struct.pack("<3H2I", *tail) + name + extra


def ending(count: int, size: int, offset: int) -> bytes:
    """What stands at the very end; `size` and `offset` are those of the directory (bytes)."""
    end64 = (END64, 44, 3 << 8 | VERSION, VERSION, 0, 0, count, count, size, offset)
    end = (END, 0, 0, 0xFFFF, 0xFFFF, FULL, FULL, 0)
    locator = struct.pack("<2IQI", LOCATOR, 0, offset + size, 1)
    return struct.pack("<IQ2H2I4Q", *end64) + locator + struct.pack("<I4H2IH", *end)


class Window:
    """A part of an archive, read like a file."""

    def __init__(self, held: IO[bytes], start: int, size: int) -> None:
        self.held, self.at, self.end = held, start, start + size

    def read(self, most: int) -> bytes:
        """The next bytes, at most so many."""
        self.held.seek(self.at)
        data = self.held.read(min(most, self.end - self.at))
        self.at += len(data)
        return data


class Archive:
    """A bundle as one file: every byte of it is a file's or can be told from the files."""

    def __init__(self, place: Path) -> None:
        self.held = place.open("rb")
        self.length = place.stat().st_size
        self.sizes: dict[str, int] = {}
        self.starts: dict[str, int] = {}
        directory = b"".join(self.members())
        start = self.at
        rest = directory + ending(len(self.sizes), len(directory), start)
        self.held.seek(start)
        if self.held.read(len(rest) + 1) != rest:
            raise Tampered("the directory at the end of the archive was altered")

    def members(self) -> Iterator[bytes]:
        """Walk over the files in order; each gives its line of the directory."""
        self.at = 0
        while self.take(self.at, 4) == struct.pack("<I", LOCAL):
            offset, head = self.at, self.take(self.at, 30)
            length = struct.unpack("<H", head[26:28])[0]
            raw = self.take(offset + 30, length)
            size = struct.unpack("<Q", self.take(offset + 34 + length, 8))[0]
            start = offset + 50 + length
            name, crc = clean_name(raw), self.crc(start, size)
            if self.take(offset, 50 + length) != local_header(raw, crc, size):
                raise Tampered(f"{name} or what the archive says of it was altered")
            if name in self.sizes:
                raise Tampered(f"{name} lies twice in the archive")
            self.sizes[name], self.starts[name], self.at = size, start, start + size
            yield central_header(raw, crc, size, offset)

    def take(self, offset: int, size: int) -> bytes:
        """These bytes of the archive; it must be long enough."""
        self.held.seek(offset)
        data = self.held.read(size)
        if len(data) != size:
            raise Tampered("the archive is cut short or was altered")
        return data

    def crc(self, start: int, size: int) -> int:
        """CRC-32 of a stored file."""
        if start + size > self.length:
            raise Tampered("the archive is cut short or was altered")
        crc, window = 0, Window(self.held, start, size)
        while piece := window.read(PIECE):
            crc = zlib.crc32(piece, crc)
        return crc

    def open(self, name: str) -> Window:
        """A file of the bundle, for reading."""
        return Window(self.held, self.starts[name], self.sizes[name])

    def close(self) -> None:
        """Let go of it."""
        self.held.close()


class Folder:
    """A bundle that was unpacked."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.sizes: dict[str, int] = {}
        for folder, folders, files in os.walk(place):
            for name in [*folders, *files]:
                found = Path(folder, name)
                if found.is_symlink() or not (found.is_dir() or found.is_file()):
                    raise Tampered(f"{found.name} is no plain file")
                if found.is_file():
                    told = found.relative_to(place).as_posix().encode("utf-8", "surrogateescape")
                    self.sizes[clean_name(told)] = found.stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """A file of the bundle, for reading."""
        return (self.place / name).open("rb")

    def close(self) -> None:
        """Nothing is held."""


def clean_name(raw: bytes) -> str:
    """The name of a file inside the bundle, which leads nowhere else."""
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError as problem:
        raise Tampered(f"{raw!r} is no name of a file in a bundle") from problem
    parts = name.split("/")
    if not re.fullmatch(r"[A-Za-z0-9._/-]+", name) or {"", ".", ".."} & set(parts):
        raise Tampered(f"{raw!r} is no name of a file in a bundle")
    return name


# --- What is said in the end ----------------------------------------------------------------------


class Findings:
    """What is proven, what is not and why, and what was tampered with, in plain sentences."""

    def __init__(self) -> None:
        self.proven: list[str] = []
        self.open: list[str] = []
        self.remarks: list[str] = []
        self.bad: list[tuple[int, str]] = []

    def blame(self, reason: str, position: int = 0) -> None:
        """Something was tampered with."""
        if (position, reason) not in self.bad:
            self.bad.append((position, reason))

    @property
    def exit_code(self) -> int:
        """0 intact, 1 tampered, 2 incomplete or not anchored."""
        return TAMPERED if self.bad else INCOMPLETE if self.open else INTACT

    @property
    def first_bad(self) -> tuple[int, str] | None:
        """The entry of the ledger that comes first, or else whatever was found first."""
        entries = sorted(bad for bad in self.bad if bad[0])
        return next(iter(entries or self.bad), None)

    def lines(self) -> Iterator[str]:
        """All of it, to be printed."""
        verdict = {
            INTACT: "INTACT: everything in this bundle is as it was sealed.",
            TAMPERED: "TAMPERED: this bundle is not as it was sealed.",
            INCOMPLETE: "INCOMPLETE: nothing was found altered, but not everything is proven.",
        }
        yield verdict[self.exit_code]
        if first := self.first_bad:
            where = f"entry {first[0]}: " if first[0] else ""
            yield f"First bad entry: {where}{first[1]}"
        sections = (
            ("Tampered", [f"entry {at}: {why}" if at else why for at, why in sorted(self.bad)]),
            ("Proven", self.proven),
            ("Not proven", self.open),
            ("To be known", self.remarks),
        )
        for title, said in sections:
            if said:
                yield ""
                yield f"{title}:"
                yield from (f"  - {sentence}" for sentence in said)


LIMITS = (
    "Only files of evidence and what entries say are proven. facts.json, the certificates and the "
    "names of people repeat records that nothing here proves: compare the SHA-256 of the archive "
    "with the one that the ledger of the agency names (reports.bundle_made).",
    "This shows that nothing changed since it was entered. It does not show that what was entered "
    "is true, nor what happened before.",
    "Whoever held both the database and the signing key could have removed entries that are newer "
    "than the last time-stamp shown here; nothing in this bundle can tell.",
)


# --- The checks, one after another ----------------------------------------------------------------

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
RECORDS = {"facts.json", "custody.json", "certificate.json", "certificate.pdf"}
ABOUT = "data/bundle.json"
BESIDE = {ABOUT, "data/incidents.json"}
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LEDGER = "data/ledger/"
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)\n")


class Anchor:
    """One checkpoint of the case, its place in the register, and the time-stamps of that."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self.register: Checkpoint | None = None
        self.stamped_at: datetime | None = None


class Bundle:
    """A bundle while it is being checked."""

    def __init__(self, place: Path, options: argparse.Namespace) -> None:
        self.options, self.findings = options, Findings()
        self.held: Any = Folder(place) if place.is_dir() else Archive(place)
        self.digests: dict[str, str] = {}
        self.about: dict[str, Any] = {}
        self.keys: list[Key] = []
        self.anchors: list[Anchor] = []
        self.sent: dict[int, dict[str, Any]] = {}
        self.custody: dict[str, list[int]] = {}
        self.lies_with: dict[str, str] = {}

    def check(self) -> Findings:
        """Everything there is to check; what fails does not keep the rest from being looked at.

        What it is about has to be known first: without that the rest says nothing.
        """
        self.attempt(self.check_files)
        if self.attempt(self.read_about):
            for step in (
                self.read_keys,
                self.check_checkpoints,
                self.check_consistency,
                self.check_events,
                self.check_originals,
                self.check_custody,
                self.check_earlier,
            ):
                self.attempt(step)
        else:
            self.findings.open.append(f"nothing else was looked at: that takes {ABOUT}")
        self.held.close()
        return self.findings

    def attempt(self, step: Callable[[], None]) -> bool:
        """One step, and what it found; False where something that it takes is missing."""
        try:
            step()
        except Tampered as found:
            self.findings.blame(str(found), found.position)
        except Incomplete as found:
            self.findings.open.append(str(found))
            return False
        except MALFORMED as found:
            about = f"{type(found).__name__} while looking at it: {found}"[:200]
            self.findings.blame(f"{step.__name__[6:]}: what stands there is malformed ({about})")
        return True

    # reading

    def read(self, name: str) -> bytes:
        """A small file, whole."""
        if name not in self.held.sizes:
            raise Incomplete(f"{name} is missing")
        if self.held.sizes[name] > LONGEST_LINE * 4:
            raise Tampered(f"{name} is too large to be what it is called")
        held, pieces = self.held.open(name), []
        while piece := held.read(PIECE):
            pieces.append(piece)
        return b"".join(pieces)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a large file, without their ends."""
        if name not in self.held.sizes:
            raise Incomplete(f"{name} is missing")
        held, rest = self.held.open(name), b""
        while piece := held.read(PIECE):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > LONGEST_LINE:
                raise Tampered(f"a line of {name} is too long")
        if rest:
            raise Tampered(f"the last line of {name} is cut short")

    def names(self, beginning: str) -> list[str]:
        """The files whose names begin so, in order."""
        return sorted(name for name in self.held.sizes if name.startswith(beginning))

    # the bag

    def check_files(self) -> None:
        """Every file has the SHA-256 that the manifests name, and none is missing or unnamed."""
        if self.read("bagit.txt") != BAGIT:
            self.findings.blame("bagit.txt was altered")
        payload, tags = self.manifest(MANIFEST), self.manifest(TAGS)
        listed = {**payload, **tags}
        for name in sorted({*self.held.sizes, *listed}):
            data = name.startswith("data/")
            digest = (payload if data else tags).get(name)
            if name == TAGS:
                continue
            if name not in self.held.sizes:
                self.findings.open.append(f"{name} is named in the manifest but missing")
            elif digest is None:
                self.findings.blame(f"{name} is named in no manifest")
            elif self.digest(name) != digest:
                self.findings.blame(f"{name} is not the file whose SHA-256 the manifest names")
        self.check_size([name for name in self.held.sizes if name.startswith("data/")])
        if not self.findings.bad and not self.findings.open:
            told = f"All {len(listed)} files have the SHA-256 that the manifests name."
            self.findings.proven.append(told)

    def manifest(self, name: str) -> dict[str, str]:
        """The digests that a manifest names; it can be written in one way only."""
        text, found = self.read(name).decode("utf-8"), {}
        for line in text.splitlines(keepends=True):
            match = LINE.fullmatch(line)
            if match is None or match[2] in found:
                raise Tampered(f"{name} was altered: a line is malformed")
            found[match[2]] = match[1]
        if list(found) != sorted(found):
            raise Tampered(f"{name} was altered: its lines are out of order")
        return found

    def digest(self, name: str) -> str:
        """SHA-256 of a file of the bundle."""
        digest, held = hashlib.sha256(), self.held.open(name)
        while piece := held.read(PIECE):
            digest.update(piece)
        self.digests[name] = digest.hexdigest()
        return self.digests[name]

    def check_size(self, names: list[str]) -> None:
        """The bytes and files that bag-info.txt counts."""
        oxum = f"Payload-Oxum: {sum(self.held.sizes[name] for name in names)}.{len(names)}\n"
        if oxum not in self.read("bag-info.txt").decode("utf-8"):
            self.findings.open.append("the payload is not as large as bag-info.txt says")

    # what it is about, and whose keys

    def read_about(self) -> None:
        """What the bundle says of itself."""
        about = json.loads(self.read(ABOUT))
        if about["format"] != FORMAT:
            raise Incomplete(f"this verifier does not know the format {about['format']!r}")
        self.about = about
        for position in about.get("gone", []):
            self.findings.blame("the entry is gone from the ledger", position)
        for left_out in about["withheld"]:
            self.findings.remarks.append(f"Withheld: {left_out['what']} ({left_out['why']}).")

    def read_keys(self) -> None:
        """The keys that checkpoints must be signed with."""
        if self.options.key:
            self.keys = [Key(text) for text in self.options.key]
            return
        self.keys = [Key(line.decode()) for line in self.lines(LEDGER + "keys.txt") if line]
        for key in self.keys:
            self.findings.remarks.append(
                f"The key of {key.name} comes from the bundle itself. Compare its SHA-256 "
                f"{key.fingerprint} with the one the agency published, or give it with --key."
            )

    # checkpoints, register, time-stamps

    def check_checkpoints(self) -> None:
        """Signatures, places in the register and time-stamps of every checkpoint brought along."""
        names = self.names(LEDGER + "anchors/")
        if names and not self.keys:
            raise Incomplete("no key is known that the checkpoints could be checked with")
        for name in names:
            if name.endswith("/checkpoint.note"):
                try:
                    self.check_checkpoint(name)
                except Tampered as found:  # the others may still hold
                    self.findings.blame(str(found))
        self.anchors.sort(key=lambda anchor: anchor.checkpoint.size)
        if not self.anchors:
            raise Incomplete("no checkpoint is in the bundle: nothing of the ledger is proven")
        newest = self.anchors[-1].checkpoint
        self.findings.proven.append(
            f"{len(self.anchors)} checkpoint(s) of {newest.origin} are signed by "
            f"{newest.signed_by(self.keys).name}; the newest counts {newest.size} entries."
        )
        if self.anchors[-1].stamped_at is None:
            self.findings.open.append(
                f"The newest checkpoint ({newest.size} entries) is not anchored: no time-stamp "
                "that could be checked covers it."
            )

    def check_checkpoint(self, name: str) -> None:
        """One checkpoint of the case and all that hangs on it."""
        folder = name.rpartition("/")[0] + "/"
        anchor = Anchor(Checkpoint(self.read(name), name))
        anchor.checkpoint.signed_by(self.keys)
        if anchor.checkpoint.origin.rpartition("/")[2] != self.about["log"]:
            raise Tampered(f"{name} is of another log than the bundle's")
        self.anchors.append(anchor)
        if folder + "register.note" not in self.held.sizes:
            return
        register = Checkpoint(self.read(folder + "register.note"), folder + "register.note")
        register.signed_by(self.keys)
        entry = json.loads(self.read(folder + "register.json"))
        path = [bytes.fromhex(part) for part in entry["path"]]
        leaf = leaf_hash(hashlib.sha256(anchor.checkpoint.note).digest())
        installation = anchor.checkpoint.origin.rpartition("/")[0]
        if register.origin != installation + "/register":
            raise Tampered(f"{register.name} is not of the register of {installation}")
        if not verify_inclusion(leaf, entry["index"], register.size, path, register.root):
            raise Tampered(f"{name} is not in the register as {register.name} says")
        anchor.register = register
        for token in self.names(folder):
            if token.endswith(".tsr"):
                self.check_time_stamp(anchor, token)

    def check_time_stamp(self, anchor: Anchor, token: str) -> None:
        """A time-stamp (RFC 3161) over the register's checkpoint, checked by openssl."""
        if anchor.register is None:
            return
        if shutil.which(self.options.openssl) is None:
            self.findings.open.append(f"{token} was not checked: openssl is not installed here")
            return
        authority = self.options.authority
        with tempfile.TemporaryDirectory() as folder:
            for name, data in (("note", anchor.register.note), ("tsr", self.read(token))):
                Path(folder, name).write_bytes(data)
            if authority is None:
                data = self.read(LEDGER + "authority.pem")
                Path(folder, "authority.pem").write_bytes(data)
            ca = authority or Path(folder, "authority.pem")
            at = stamped_at(self.options.openssl, Path(folder), ca, token)
            whose = authority_name(self.options.openssl, ca)
        anchor.stamped_at = min(at, anchor.stamped_at or at)
        source = "given" if authority else "from the bundle itself: ask whether you trust it"
        self.findings.proven.append(
            f"Entries 1 to {anchor.checkpoint.size} existed on "
            f"{at:%Y-%m-%d at %H:%M:%S} UTC, says the time-stamp {token.rpartition('/')[2]} of "
            f"{whose} (certificate {source})."
        )

    def check_consistency(self) -> None:
        """Every checkpoint continues the one before, in the case's log and in the register."""
        case = [anchor.checkpoint for anchor in self.anchors]
        self.check_chain("consistency.json", case)
        register = [anchor.register for anchor in self.anchors if anchor.register]
        register.sort(key=lambda checkpoint: checkpoint.size)
        self.check_chain("register-consistency.json", register)

    def check_chain(self, name: str, chain: list[Checkpoint]) -> None:
        """Whether each tree begins with the one before."""
        told = json.loads(self.read(LEDGER + name)) if len(chain) > 1 else []
        proofs = {(proof["old"], proof["new"]): proof["path"] for proof in told}
        for old, new in zip(chain, chain[1:]):  # noqa: B905, RUF007  (Python 3.9)
            if old.size == new.size:
                path: list[str] = []
            elif (old.size, new.size) in proofs:
                path = proofs[old.size, new.size]
            else:
                raise Incomplete(f"no proof that {new.name} continues {old.name}")
            raw = [bytes.fromhex(part) for part in path]
            if not verify_consistency(old.size, new.size, old.root, new.root, raw):
                at = old.size + 1 if name == "consistency.json" else 0
                raise Tampered(
                    f"{new.name} does not continue {old.name}: the log was rewritten or forked", at
                )
        if len(chain) > 1:
            self.findings.proven.append(
                f"{len(chain)} checkpoints each continue the one before ({name})."
            )

    # entries

    def check_events(self) -> None:
        """Every entry is in the newest checkpoint, at its own place, and none is missing."""
        if not self.anchors:
            return
        newest = self.anchors[-1].checkpoint
        if newest.size != self.about["size"]:
            raise Incomplete(
                f"no checkpoint of {self.about['size']} entries holds: they are not proven"
            )
        climber, wanted = Climber(newest.size, newest.root), self.cited()
        grown, last = Trunk(), 0
        for line, proof in self.entries_with_proofs():
            entry, leaf = json.loads(line), leaf_hash(line)
            position = self.place_of(entry, last)
            if proof.get("position") != position:
                placed = min(position, proof.get("position") or position)
                raise Tampered("the entry does not stand in its own place", placed)
            if not climber.holds(position - 1, leaf, proof["path"]):
                raise Tampered("the entry is not the one that was sealed", position)
            grown.grow(leaf)
            if position in wanted:
                self.sent[position] = entry
            self.note(entry)
            last = position
        if self.about["whole"] and (last, grown.root()) != (newest.size, newest.root):
            raise Tampered("the entry is missing", last + 1)
        self.tell_entries(grown.size, newest.size, self.about["whole"])

    def entries_with_proofs(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Each entry, word for word, with the proof that stands beside it."""
        proofs = self.lines(LEDGER + "proofs.jsonl")
        for line in self.lines(LEDGER + "events.jsonl"):
            yield line, json.loads(next(proofs, b"{}"))
        if next(proofs, None) is not None:
            raise Tampered("proofs.jsonl holds a proof without an entry")

    def place_of(self, entry: dict[str, Any], last: int) -> int:
        """The position of the entry that follows the one at `last`."""
        position: int = entry["position"]
        if position > self.about["size"]:
            raise Tampered("the entry lies beyond the newest checkpoint", position)
        if self.about["whole"] and position > last + 1:
            raise Tampered("the entry is missing", last + 1)
        if position <= last or entry["log"] != self.about["log"]:
            raise Tampered("the entry stands out of order or is of another log", last + 1)
        return position

    def note(self, entry: dict[str, Any]) -> None:
        """Remember which entries tell the custody of an exhibit, and where a file lies at last."""
        (kind, key), facts = entry["subject"], entry["facts"]
        if kind == "evidence.item" and "event" in facts and "seq" in facts:
            self.custody.setdefault(key, []).append(entry["position"])
        elif entry["act"] == "evidence.file_received":
            self.lies_with[key] = facts.get("item", "")
        elif entry["act"] == "evidence.file_assigned":
            self.lies_with[key] = facts.get("after", "")

    def tables(self) -> list[str]:
        """The custody tables: those that are there as well as those that are named."""
        there = {name for name in self.held.sizes if name.endswith("/custody.json")}
        return sorted(there | set(self.about["custody"]))

    def cited(self) -> set[int]:
        """The entries that files and custody lines rest on."""
        cited = {file["position"] for file in self.about["files"]}
        for name in self.tables():
            cited.update(line["position"] for line in json.loads(self.read(name)))
        return cited

    def tell_entries(self, count: int, size: int, whole: bool) -> None:
        """How many entries were proven."""
        told = f"{count} entries are word for word those of the newest checkpoint."
        self.findings.proven.append(told)
        if whole:
            self.findings.proven.append("They are all its entries: none is missing.")
        else:
            told = (
                f"{size - count} of its {size} entries are not shown here; nothing is said of them."
            )
            self.findings.remarks.append(told)

    def check_originals(self) -> None:
        """Every file of evidence has the SHA-256 that an entry of its own recorded."""
        self.check_unnamed()
        seen: set[int] = set()
        for file in sorted(self.about["files"], key=lambda one: one["position"]):
            name, position = file["path"], file["position"]
            digest = self.digests.get(name) or (name in self.held.sizes and self.digest(name))
            if not digest:
                self.findings.open.append(f"{name} is missing")
            elif digest != file["sha256"]:
                self.findings.blame(f"{name} is not the file that was received", position)
            elif position not in self.sent:
                self.findings.open.append(
                    f"{name}: entry {position} that recorded it is not proven"
                )
            else:
                self.check_recorded(name, digest, self.sent[position])
            if position in seen:
                self.findings.blame(f"the entry stands for another file than {name}", position)
            seen.add(position)
        if self.about["files"] and not self.findings.bad and not self.findings.open:
            told = f"{len(self.about['files'])} file(s) have the SHA-256 recorded at intake."
            self.findings.proven.append(told)

    def check_unnamed(self) -> None:
        """Nothing lies among the evidence that no entry is named for."""
        named = {file["path"] for file in self.about["files"]} | BESIDE
        for name in self.names("data/"):
            record = name.rpartition("/")[2] in RECORDS
            if name not in named and not record and not name.startswith(LEDGER):
                self.findings.blame(f"no entry is named for {name}: nothing says it was received")

    def check_recorded(self, name: str, digest: str, entry: dict[str, Any]) -> None:
        """The entry is about a file of these bytes, in the exhibit in whose folder it lies."""
        (kind, key), position = entry["subject"], entry["position"]
        if kind != "evidence.file" or digest not in json.dumps(entry["facts"]):
            self.findings.blame(f"the entry does not record {name}", position)
            return
        exhibit = self.exhibit_of(name.partition("/files/")[0])
        where = self.lies_with.get(key, exhibit)
        if exhibit and where != exhibit:
            self.findings.open.append(
                f"{name}: the entries shown put this file with another exhibit"
            )

    def exhibit_of(self, folder: str) -> str:
        """The id of the exhibit whose folder this is, as its facts say it."""
        name = folder + "/facts.json"
        return str(json.loads(self.read(name))["id"]) if name in self.held.sizes else ""

    def check_custody(self) -> None:
        """The custody tables say what the entries say: all of it, and nothing else."""
        lines, told = 0, set()
        for name in self.tables():
            table, subjects = json.loads(self.read(name)), set()
            for line in table:
                entry, lines = self.sent.get(line["position"]), lines + 1
                if entry is None:
                    self.findings.open.append(f"{name}: entry {line['position']} is not proven")
                elif any(line[part] != entry[part] for part in ("at", "act", "actor", "facts")):
                    self.findings.blame(f"{name} says something else", line["position"])
                else:
                    subjects.add(entry["subject"][1])
            exhibit = self.exhibit_of(name.rpartition("/")[0])
            for key in subjects | ({exhibit} if exhibit else set()):
                self.check_table(name, key, table)
                told.add(key)
        for key in sorted(set(self.custody) - told):
            first = self.custody[key][0]
            self.findings.open.append(
                f"no table tells the custody of exhibit {key}, as entry {first} does"
            )
        if lines and not self.findings.bad and not self.findings.open:
            self.findings.proven.append(f"{lines} lines of custody say what the entries say.")

    def check_table(self, name: str, exhibit: str, table: list[dict[str, Any]]) -> None:
        """No event of this exhibit is left out of its table, whether its entry is here or not."""
        listed = {line["position"] for line in table}
        for position in self.custody.get(exhibit, []):
            if position not in listed:
                self.findings.blame(f"{name} leaves it out", position)
        numbers = [line["facts"]["seq"] for line in table if "seq" in line["facts"]]
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            self.findings.blame(f"{name} does not number its events one after another")

    # what was kept from before

    def check_earlier(self) -> None:
        """The log still begins with what was kept of it before."""
        for place in self.options.earlier:
            for earlier in self.kept_before(place):
                self.compare(earlier)

    def kept_before(self, place: Path) -> list[Checkpoint]:
        """The checkpoints of a note, or of an earlier bundle whose entries are compared, too."""
        if place.is_file() and place.read_bytes()[:4] != struct.pack("<I", LOCAL):
            return [Checkpoint(place.read_bytes(), place.name)]
        earlier = Bundle(place, argparse.Namespace(**{**vars(self.options), "earlier": []}))
        told = earlier.check()
        if told.bad:
            raise Incomplete(f"{place.name} is itself not intact: {told.bad[0][1]}")
        before = iter(list(earlier.reopened(place).lines(LEDGER + "events.jsonl")))
        self.compare_entries(before)
        return [anchor.checkpoint for anchor in earlier.anchors[-1:]]

    def reopened(self, place: Path) -> Bundle:
        """The same once more, for reading."""
        self.held = Folder(place) if place.is_dir() else Archive(place)
        return self

    def compare_entries(self, before: Iterable[bytes]) -> None:
        """Entries that both bundles show are the same."""
        now = {json.loads(line)["position"]: line for line in self.lines(LEDGER + "events.jsonl")}
        for line in before:
            position = json.loads(line)["position"]
            if now.get(position, line) != line:
                raise Tampered("the entry is another than in the earlier bundle", position)

    def compare(self, earlier: Checkpoint) -> None:
        """Hold one earlier checkpoint against this log."""
        earlier.signed_by(self.keys)
        newest = self.anchors[-1].checkpoint
        if earlier.origin != newest.origin:
            raise Incomplete(f"{earlier.name} is of another log: {earlier.origin}")
        if earlier.size > newest.size:
            raise Tampered(
                f"{earlier.name} counts {earlier.size} entries, the newest here {newest.size}: "
                "the end of the log was cut off, or this bundle is older",
                newest.size + 1,
            )
        root = self.root_at(earlier.size)
        if root is None:
            raise Incomplete(
                f"{earlier.name} cannot be compared: ask for the proof of consistency from "
                f"{earlier.size} to {newest.size} entries"
            )
        if root != earlier.root:
            raise Tampered(f"{earlier.name} was made of other entries: the log was forked", 1)
        told = f"The log begins with the {earlier.size} entries of {earlier.name}."
        self.findings.proven.append(told)

    def root_at(self, size: int) -> bytes | None:
        """The root of the first entries: from a checkpoint of that size, or from them all."""
        for anchor in self.anchors:
            if anchor.checkpoint.size == size:
                return anchor.checkpoint.root
        if not self.about["whole"]:
            return None
        trunk = Trunk()
        for line in self.lines(LEDGER + "events.jsonl"):
            if trunk.size < size:
                trunk.grow(leaf_hash(line))
        return trunk.root()


# --- openssl, where it is there -------------------------------------------------------------------

GENERATED = re.compile(r"^Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", re.M)


def ask_openssl(openssl: str, *words: str) -> tuple[int, str]:
    """Its exit code, and what it said."""
    whole = [openssl, *words]
    done = subprocess.run(whole, capture_output=True, check=False, timeout=60)  # nosec B603
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


def stamped_at(openssl: str, folder: Path, ca: Path, name: str) -> datetime:
    """When a time-stamp over `note` was made, if it holds; raises Tampered where it does not."""
    token = str(folder / "tsr")
    _code, told = ask_openssl(openssl, "ts", "-reply", "-in", token, "-text")
    found = GENERATED.search(told)
    if found is None:
        raise Tampered(f"{name} is no time-stamp")
    at = datetime.strptime(f"{found[1]} {found[2]} +0000", "%b %d %H:%M:%S %Y %z")
    words = ["ts", "-verify", "-data", str(folder / "note"), "-in", token, "-CAfile", str(ca)]
    words += ["-untrusted", str(ca)]
    code, told = ask_openssl(openssl, *words)
    if code != 0:  # its certificate may have run out since: then it must have been good at the time
        moment = str(timegm(at.utctimetuple()))
        code, told = ask_openssl(openssl, *words, "-attime", moment)
    if code != 0 or "Verification: OK" not in told:
        reason = next((line for line in told.splitlines() if "error" in line.lower()), told)
        raise Tampered(
            f"{name} does not hold for the register's checkpoint ({reason.strip()[-90:]})"
        )
    return at


def authority_name(openssl: str, ca: Path) -> str:
    """Whom a certificate names."""
    _code, told = ask_openssl(openssl, "x509", "-in", str(ca), "-noout", "-subject")
    return told.strip().partition("=")[2].strip() or "the authority"


# --- The command ----------------------------------------------------------------------------------


def options_of(words: list[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    reader = argparse.ArgumentParser(description="Checks a Vestige evidence bundle.")
    reader.add_argument("bundle", type=Path, nargs="?", default=Path(__file__).parent)
    reader.add_argument("--key", action="append", default=[], help="a published verifier key")
    reader.add_argument("--authority", type=Path, help="certificates of the time-stamp authority")
    reader.add_argument("--earlier", type=Path, action="append", default=[])
    reader.add_argument("--openssl", default="openssl", help="the program to check time-stamps")
    return reader.parse_args(words)


def verify(place: Path, options: argparse.Namespace) -> Findings:
    """What is to be said of one bundle."""
    try:
        return Bundle(place, options).check()
    except Tampered as found:
        findings = Findings()
        findings.blame(str(found), found.position)
        return findings


def main(words: list[str] | None = None) -> int:
    """Check one bundle, print what is proven, and return the exit code."""
    options = options_of(words)
    if not options.bundle.exists():
        print(f"There is no {options.bundle}.", file=sys.stderr)
        return INCOMPLETE
    findings = verify(options.bundle, options)
    findings.remarks.extend(LIMITS)
    print("\n".join(findings.lines()))
    return findings.exit_code


def run() -> int:
    """`main` to its last printed word; a run that is broken off says nothing of the bundle."""
    try:
        code = main()
        sys.stdout.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        # what is left to print goes nowhere, or Python would complain of it on its way out
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNFINISHED
    except (OSError, MemoryError, subprocess.SubprocessError) as problem:
        print(f"Not finished, so nothing is said of the bundle: {problem!r}", file=sys.stderr)
        return UNFINISHED
    return code


if __name__ == "__main__":
    sys.exit(run())
