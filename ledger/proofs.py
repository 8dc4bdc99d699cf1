"""Proofs for others: a line is in its log, the log in the register, the register in time."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from ledger.merkle import consistency_spans, inclusion_spans, leaf_hash
from ledger.models import REGISTER_LOG, Checkpoint, Entry, SignerKey, Tile, TimeStamp
from ledger.tiles import Tiles

FORMAT = "vestige-ledger-proof/1"


@dataclass(frozen=True)
class Proof:
    """What covers a line by now; docs/ledger-format.md says how it is written down and checked."""

    entry: Entry
    checkpoint: Checkpoint | None = None
    path: tuple[bytes, ...] = ()
    register: Checkpoint | None = None
    register_path: tuple[bytes, ...] = ()
    stamp: TimeStamp | None = None

    @property
    def index(self) -> int:
        """The place in the tree, from 0."""
        return self.entry.position - 1

    @property
    def leaf(self) -> str:
        """The leaf hash in base64."""
        return coded(leaf_hash(self.entry.body.encode()))

    @property
    def steps(self) -> list[str]:
        """The path in base64."""
        return [coded(step) for step in self.path]

    def told(self) -> dict[str, Any]:
        """The proof as JSON."""
        return {
            "format": FORMAT,
            "log": str(self.entry.log),
            "index": self.index,
            "leaf_hash": self.leaf,
            "checkpoint": told_checkpoint(self.checkpoint, self.path, place=True),
            "register": told_checkpoint(self.register, self.register_path),
            "time_stamp": told_stamp(self.stamp),
            "keys": keys(),
        }


def proof_of(entry: Entry) -> Proof:
    """The proof of one line: by the first checkpoint that covers it, and its anchor."""
    checkpoint = (
        Checkpoint.objects.filter(log=entry.log, size__gte=entry.position).order_by("size").first()
    )
    if checkpoint is None:
        return Proof(entry)
    spans = inclusion_spans(entry.position - 1, checkpoint.size)
    path = tuple(tiles_of(entry.log).proof(spans))
    return Proof(entry, checkpoint, path, *anchored(checkpoint))


def anchored(
    checkpoint: Checkpoint,
) -> tuple[Checkpoint | None, tuple[bytes, ...], TimeStamp | None]:
    """The first stamped checkpoint of the register that covers this one, else the first at all."""
    place = checkpoint.register_index or 0
    covering = Checkpoint.objects.filter(log=REGISTER_LOG, size__gt=place)
    stamp = (
        TimeStamp.objects.filter(state=TimeStamp.State.STAMPED, checkpoint__in=covering)
        .select_related("checkpoint")
        .order_by("checkpoint__size", "stamped_at")
        .first()
    )
    register = stamp.checkpoint if stamp else covering.order_by("size").first()
    if register is None:
        return None, (), None
    spans = inclusion_spans(place, register.size)
    return register, tuple(tiles_of(REGISTER_LOG).proof(spans)), stamp


def first_stamps(checkpoints: Iterable[Checkpoint]) -> dict[UUID, TimeStamp]:
    """The first time-stamp that covers each of these, in two questions; none where none does."""
    covering = TimeStamp.objects.filter(
        state=TimeStamp.State.STAMPED,
        checkpoint__log=REGISTER_LOG,
        checkpoint__size__gt=OuterRef("register_index"),
    ).order_by("checkpoint__size", "stamped_at")
    rows = Checkpoint.objects.filter(pk__in=[row.pk for row in checkpoints])
    rows = rows.annotate(stamp=Subquery(covering.values("pk")[:1])).exclude(stamp=None)
    first = dict(rows.values_list("pk", "stamp"))
    stamps = TimeStamp.objects.select_related("checkpoint").in_bulk(set(first.values()))
    return {key: stamps[stamp] for key, stamp in first.items()}


def consistency(log: UUID, old: int, new: int) -> list[str]:
    """That the log of `new` lines begins with the log of `old`, in base64; ValueError if not so."""
    tiles = tiles_of(log)
    tiles.node(0, new - 1)  # of what is not signed yet there is nothing to show
    return [coded(step) for step in tiles.proof(consistency_spans(old, new))]


def register_leaf(note: str) -> bytes:
    """The leaf hash of a note in the register."""
    return leaf_hash(sha256(note.encode()).digest())


def tiles_of(log: UUID) -> Tiles:
    """The tree of a log as it is stored."""

    def load(level: int, index: int) -> bytes:
        rows = Tile.objects.filter(log=log, level=level, index=index).values_list("hashes")
        row = rows.first()
        return bytes(row[0]) if row else b""

    return Tiles(load)


def told_checkpoint(
    checkpoint: Checkpoint | None, path: Iterable[bytes], *, place: bool = False
) -> dict[str, Any] | None:
    """A checkpoint with the proof that leads to it."""
    if checkpoint is None:
        return None
    told = {"note": checkpoint.note, "size": checkpoint.size, "inclusion": [*map(coded, path)]}
    return {**told, "register_index": checkpoint.register_index} if place else told


def told_stamp(stamp: TimeStamp | None) -> dict[str, Any] | None:
    """A time-stamp with its token."""
    if stamp is None or stamp.stamped_at is None:
        return None
    return {
        "authority": stamp.authority,
        "at": stamp.stamped_at.isoformat(),
        "token": coded(bytes(stamp.token or b"")),
    }


def keys() -> list[str]:
    """The signer's public keys, the newest first."""
    return list(SignerKey.objects.values_list("line", flat=True))


def coded(raw: bytes) -> str:
    """Bytes in base64."""
    return b64encode(raw).decode()
