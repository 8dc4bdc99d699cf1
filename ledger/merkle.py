"""Merkle trees as in RFC 9162, section 2.1: roots, and proofs that anybody can check by hashing.

Positions count from 0. A hash is 32 bytes; a tree of no leaves has a root but no proof.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Span = tuple[int, int]
"""The leaves from the first number up to, but without, the second."""
Spot = tuple[int, int]
"""A node over 2^level leaves, all there: its level, and how many such nodes lie to its left."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf: no inner node can be taken for it."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes."""
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        paired = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = [*paired, *level[2 * len(paired) :]]
    return level[0]


@dataclass
class Growing:
    """A tree that leaves are added to one by one; it remembers only what its root needs."""

    size: int = 0
    whole: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Add the next leaf hash."""
        below = self.size
        while below & 1:
            leaf, below = node_hash(self.whole.pop(), leaf), below >> 1
        self.whole.append(leaf)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root over all leaves so far."""
        return folded(self.whole) if self.whole else EMPTY_ROOT


def inclusion_path(hashes: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """The hashes that lead from the leaf at `index` to the root over the first `size`."""
    return [root_of(hashes[first:end]) for first, end in inclusion_spans(index, size)]


def consistency_path(hashes: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """The hashes that show that the first `new` leaves begin with the first `old`."""
    return [root_of(hashes[first:end]) for first, end in consistency_spans(old, new)]


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Which leaves each hash of an inclusion proof lies over, lowest first."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    first, end, spans = 0, size, []
    while end - first > 1:
        middle = first + split(end - first)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """Which leaves each hash of a consistency proof lies over, lowest first."""
    if not 0 < old <= new:
        raise ValueError("the older tree has at least one leaf and no more than the newer")
    first, end, spans = 0, new, []
    while old != end:
        middle = first + split(end - first)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first = middle
    if first:
        spans.append((first, end))
    return spans[::-1]


def split(size: int) -> int:
    """The largest power of two below `size`, where RFC 9162 parts a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def spots_in(first: int, end: int) -> list[Spot]:
    """The whole nodes that make up a span of a proof, from left to right."""
    spots = []
    while first < end:
        level = (end - first).bit_length() - 1
        spots.append((level, first >> level))
        first += 1 << level
    return spots


def span_hash(span: Span, node: Callable[[int, int], bytes]) -> bytes:
    """The hash over a span, from whole nodes that `node` gives for a level and a place."""
    hashes = [node(*spot) for spot in spots_in(*span)]
    return folded(hashes) if hashes else EMPTY_ROOT


def folded(hashes: Sequence[bytes]) -> bytes:
    """Whole nodes of falling height put together, from the right."""
    whole = hashes[-1]
    for left in reversed(hashes[:-1]):
        whole = node_hash(left, whole)
    return whole


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """True if the leaf with this hash stands at `index` in the tree of `size` with this root."""
    return verify_subtree_inclusion(leaf, index, (0, size), path, root)


def verify_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """True if the tree of `new` leaves begins with the tree of `old`, which is not empty."""
    return old > 0 and verify_subtree_consistency((0, old), new, path, old_root, new_root)


def verify_subtree_inclusion(
    leaf: bytes, index: int, span: Span, path: Sequence[bytes], root: bytes
) -> bool:
    """True if the leaf stands at `index` in the subtree over `span` that has this root.

    Source: draft-ietf-plants-merkle-tree-certs, section 4.3.
    """
    first, end = span
    if not (is_subtree(span) and first <= index < end and are_hashes([leaf, root, *path])):
        return False
    place, last, reached = index - first, end - first - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node_hash(step, reached)
            place, last = to_the_left_turn(place, last)
        else:
            reached = node_hash(reached, step)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def to_the_left_turn(place: int, last: int) -> Span:
    """Skip the levels at which a node on the right edge has no neighbour."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def verify_subtree_consistency(
    span: Span, size: int, path: Sequence[bytes], part_root: bytes, root: bytes
) -> bool:
    """True if the subtree over `span` is part of the tree of `size` leaves.

    An empty one is part of every tree; a whole one has the tree's own root.
    Source: draft-ietf-plants-merkle-tree-certs, section 4.4.
    """
    first, end = span
    if first == end <= size:
        return part_root == EMPTY_ROOT and not path
    if not (is_subtree(span) and end <= size and are_hashes(path)):
        return False
    at, last, edge = level_of_start(first, end - 1, size - 1)
    steps = list(path)
    if at != last and not steps:
        return False
    part = whole = part_root if at == last else steps.pop(0)
    for step in steps:
        if edge == 0:
            return False
        if last & 1 or last == edge:
            part = node_hash(step, part) if at < last else part
            whole = node_hash(step, whole)
            while not last & 1 and last:
                at, last, edge = at >> 1, last >> 1, edge >> 1
        else:
            whole = node_hash(whole, step)
        at, last, edge = at >> 1, last >> 1, edge >> 1
    return edge == 0 and part == part_root and whole == root


def level_of_start(at: int, last: int, edge: int) -> tuple[int, int, int]:
    """Climb to the level of the first hash of a consistency proof."""
    while at != last and (last == edge or last & 1):
        at, last, edge = at >> 1, last >> 1, edge >> 1
    return at, last, edge


def is_subtree(span: Span) -> bool:
    """True if a tree has a node, or the beginning of one, exactly over these leaves."""
    first, end = span
    if not 0 <= first < end:
        return False
    return first % (1 << (end - first - 1).bit_length()) == 0


def are_hashes(parts: Iterable[bytes]) -> bool:
    """True if each part is as long as a hash."""
    return all(len(part) == HASH_SIZE for part in parts)
