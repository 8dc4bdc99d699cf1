"""REST for programs that keep a copy: what they see, and what changes of it."""

from exchange.api.changes import ChangesViewSet, SnapshotViewSet
from exchange.api.kinds import Kind, cover, watched_by

__all__ = ["ChangesViewSet", "Kind", "SnapshotViewSet", "cover", "watched_by"]
