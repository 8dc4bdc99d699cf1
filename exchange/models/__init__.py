"""What left for other programs, version by version, and what came in from them."""

from exchange.models.arrival import Arrival, ArrivedObject
from exchange.models.stix_version import StixVersion

__all__ = ["Arrival", "ArrivedObject", "StixVersion"]
