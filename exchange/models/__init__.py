"""The journal of what changed in each case, from which other programs are told of it."""

from exchange.models.journal import FeedHead, Op, Step, Touch

__all__ = ["FeedHead", "Op", "Step", "Touch"]
