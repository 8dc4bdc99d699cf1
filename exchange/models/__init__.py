"""What left for other programs and peers, what came in from them, and the journal of changes."""

from exchange.models.arrival import Arrival, ArrivedObject
from exchange.models.delivery import DeliveredRecord, Delivery
from exchange.models.journal import FeedHead, Op, Step, Touch
from exchange.models.peer import Heard, OwnKey, Peer
from exchange.models.shipment import Shipment
from exchange.models.stix_version import StixVersion

__all__ = [
    "Arrival",
    "ArrivedObject",
    "DeliveredRecord",
    "Delivery",
    "FeedHead",
    "Heard",
    "Op",
    "OwnKey",
    "Peer",
    "Shipment",
    "Step",
    "StixVersion",
    "Touch",
]
