"""A tree kept in tiles of up to 256 hashes, laid out as C2SP's tlog-tiles lays them out.

Tile (0, n) holds the leaf hashes from 256·n on; each hash of tile (k+1, n) is the root over one
full tile of level k. Few rows hold the whole tree, and a proof reads three of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ledger.merkle import HASH_SIZE, Spot, root_of, span_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
Load = Callable[[int, int], bytes]
"""Gives the hashes of one tile, one after the other; none for a tile that is not there."""


class TilesDiffer(ValueError):
    """The tiles hold more or fewer leaves than the tree is said to have."""


@dataclass
class Tiles:
    """The tiles of one log, each loaded when it is first needed."""

    load: Load
    held: dict[Spot, bytearray] = field(default_factory=dict)
    changed: set[Spot] = field(default_factory=set)

    def tile(self, level: int, index: int) -> bytearray:
        """The hashes of one tile."""
        if (level, index) not in self.held:
            self.held[level, index] = bytearray(self.load(level, index))
        return self.held[level, index]

    def node(self, level: int, place: int) -> bytes:
        """The hash of a whole node over 2^level leaves."""
        tile_level, height = divmod(level, HEIGHT)
        index, at = divmod(place << height, WIDTH)
        part = self.tile(tile_level, index)[at * HASH_SIZE : (at + (1 << height)) * HASH_SIZE]
        if len(part) != HASH_SIZE << height:
            raise TilesDiffer("a part of the tree is missing")
        return root_of(list(in_hashes(part)))

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves."""
        return span_hash((0, size), self.node)

    def proof(self, spans: Iterable[Spot]) -> list[bytes]:
        """The hashes over these spans, as a proof lists them."""
        return [span_hash(span, self.node) for span in spans]

    def append(self, place: int, leaf: bytes, level: int = 0) -> None:
        """Add the hash that comes at `place`, and what it completes above it."""
        index, at = divmod(place, WIDTH)
        tile = self.tile(level, index)
        if len(tile) != at * HASH_SIZE:
            raise TilesDiffer("the tiles end elsewhere than the tree")
        tile += leaf
        self.changed.add((level, index))
        if at == WIDTH - 1:
            self.append(index, root_of(list(in_hashes(tile))), level + 1)


def in_hashes(tile: bytes | bytearray) -> Iterator[bytes]:
    """The hashes of a tile, one by one."""
    for at in range(0, len(tile), HASH_SIZE):
        yield bytes(tile[at : at + HASH_SIZE])
