"""What left for other programs, what came in from them, and the journal of what changed."""

from exchange.models.arrival import Arrival, ArrivedObject
from exchange.models.journal import FeedHead, Op, Step, Touch
from exchange.models.stix_version import StixVersion

__all__ = ["Arrival", "ArrivedObject", "FeedHead", "Op", "Step", "StixVersion", "Touch"]
