"""What left for other programs, what came in, the journal of changes, and who is told of them."""

from exchange.models.arrival import Arrival, ArrivedObject
from exchange.models.journal import FeedHead, Op, Step, Touch
from exchange.models.stix_version import StixVersion
from exchange.models.webhook import WebhookDelivery, WebhookReceiver

__all__ = [
    "Arrival",
    "ArrivedObject",
    "FeedHead",
    "Op",
    "Step",
    "StixVersion",
    "Touch",
    "WebhookDelivery",
    "WebhookReceiver",
]
