"""What ties the lines of a bundle to the world outside: checkpoints, register, time-stamps."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from ledger.merkle import consistency_spans, inclusion_spans, span_hash
from ledger.models import REGISTER_LOG, Checkpoint, SignerKey, TimeStamp
from ledger.proofs import tiles_of

MOST = 24
"""So many checkpoints of the case are brought along at most, the oldest and newest among them."""

FOLDER = "data/ledger"
Node = Callable[[int, int], bytes]


@dataclass(frozen=True)
class Anchor:
    """A checkpoint of the case, the register's checkpoint that covers it, and its time-stamps."""

    checkpoint: Checkpoint
    register: Checkpoint | None
    stamps: list[TimeStamp]

    @property
    def stamped_at(self) -> datetime | None:
        """When the first authority saw it."""
        return min((stamp.stamped_at for stamp in self.stamps if stamp.stamped_at), default=None)

    @property
    def awaits_stamp(self) -> bool:
        """True while an authority was asked and has not answered."""
        asked = TimeStamp.objects.filter(state=TimeStamp.State.QUEUED)
        return self.register is not None and asked.exists()


def tree_of(log: UUID) -> Node:
    """The nodes of a log's tree, as the signer stored it; those asked for lately are at hand."""
    return lru_cache(maxsize=8192)(tiles_of(log).node)


def inclusion(node: Node, index: int, size: int) -> list[str]:
    """The proof that a leaf is there, in hexadecimal."""
    return [span_hash(span, node).hex() for span in inclusion_spans(index, size)]


def consistency(node: Node, old: int, new: int) -> list[str]:
    """The proof that a tree continues a smaller one, in hexadecimal."""
    return [span_hash(span, node).hex() for span in consistency_spans(old, new)]


def anchored(checkpoint: Checkpoint) -> Anchor:
    """A checkpoint with what holds it: stamped if any is, else the newest register."""
    place = checkpoint.register_index
    covering = Checkpoint.objects.filter(log=REGISTER_LOG, size__gt=-1 if place is None else place)
    covering = covering.order_by("size")
    stamped = covering.filter(stamps__state=TimeStamp.State.STAMPED).first()
    register = None if place is None else stamped or covering.last()
    stamps = register.stamps.filter(state=TimeStamp.State.STAMPED) if register else []
    return Anchor(checkpoint, register, list(stamps))


def newest_of(log: UUID, least: int = 0) -> Anchor | None:
    """The newest checkpoint that is time-stamped, else the newest, of at least so many lines."""
    rows = Checkpoint.objects.filter(log=log, size__gte=max(least, 1)).order_by("-size")
    first = rows.first()
    last = (
        Checkpoint.objects.filter(log=REGISTER_LOG, stamps__state=TimeStamp.State.STAMPED)
        .order_by("-size")
        .first()
    )
    stamped = rows.filter(register_index__lt=last.size).first() if last else None
    chosen = stamped or first
    return anchored(chosen) if chosen else None


def anchors_up_to(newest: Anchor, known: Collection[int] = ()) -> list[Anchor]:
    """Older checkpoints, evenly chosen, and the newest.

    Those of the sizes `known` to holders of earlier bundles are among them, to be compared.
    """
    log, size = newest.checkpoint.log, newest.checkpoint.size
    older = Checkpoint.objects.filter(log=log, size__lt=size).order_by("size")
    sizes = list(older.values_list("size", flat=True))
    if len(sizes) >= MOST:
        chosen = {sizes[at * (len(sizes) - 1) // (MOST - 2)] for at in range(MOST - 1)}
        older = older.filter(size__in={*chosen, *known})
    return [*map(anchored, older), newest]


def anchor_files(anchors: list[Anchor], tree: Node) -> Iterator[tuple[str, bytes]]:
    """Every file that a bundle's proofs rest on, by name."""
    register = tree_of(REGISTER_LOG)
    for anchor in anchors:
        folder = f"{FOLDER}/anchors/{anchor.checkpoint.size:012}"
        yield f"{folder}/checkpoint.note", anchor.checkpoint.note.encode()
        if anchor.register is None or anchor.checkpoint.register_index is None:
            continue
        place, size = anchor.checkpoint.register_index, anchor.register.size
        entry = {"index": place, "path": inclusion(register, place, size)}
        yield f"{folder}/register.note", anchor.register.note.encode()
        yield f"{folder}/register.json", as_json(entry)
        for number, stamp in enumerate(anchor.stamps, start=1):
            yield f"{folder}/time-stamp-{number}.tsr", bytes(stamp.token or b"")
    sizes = [anchor.checkpoint.size for anchor in anchors]
    yield f"{FOLDER}/consistency.json", as_json(chain(tree, sizes))
    covering = [anchor.register.size for anchor in anchors if anchor.register]
    yield f"{FOLDER}/register-consistency.json", as_json(chain(register, covering))
    yield from keys_and_roots()


def keys_and_roots() -> Iterator[tuple[str, bytes]]:
    """The signer's public keys, and the certificates that time-stamps are held against."""
    yield f"{FOLDER}/keys.txt", "".join(f"{line}\n" for line in public_keys()).encode()
    if settings.TIMESTAMP_ROOTS and Path(settings.TIMESTAMP_ROOTS).is_file():
        yield f"{FOLDER}/authority.pem", Path(settings.TIMESTAMP_ROOTS).read_bytes()


def public_keys() -> list[str]:
    """Those that the operator vouches for, whatever the database says; else the signer's own."""
    known = SignerKey.objects.order_by("since").values_list("line", flat=True)
    return list(settings.LEDGER_KEYS or known)


def chain(node: Node, sizes: list[int]) -> list[dict[str, Any]]:
    """The proofs from each size to the next larger one."""
    steps = pairwise(sorted(set(sizes)))
    return [{"old": old, "new": new, "path": consistency(node, old, new)} for old, new in steps]


def as_json(value: Any) -> bytes:
    """Data, so that people can read it, too."""
    return (json.dumps(value, indent=1) + "\n").encode()
