"""What left for other programs, what came in, the journal of changes, and who is told of them."""

from exchange.models.arrival import Arrival, ArrivedObject
from exchange.models.column_map import ColumnMap
from exchange.models.delivery import DeliveredRecord, Delivery
from exchange.models.follower import Follower
from exchange.models.journal import FeedHead, Op, Step, Touch
from exchange.models.peer import Heard, OwnKey, Peer, looks_after_peers
from exchange.models.shipment import Shipment
from exchange.models.stix_version import StixVersion
from exchange.models.table_import import TableImport, TableImportRow, TheirReference
from exchange.models.table_words import RecordKind, Reversal, TableFormat, TableState, Verdict
from exchange.models.webhook import WebhookDelivery, WebhookReceiver

__all__ = [
    "Arrival",
    "ArrivedObject",
    "ColumnMap",
    "DeliveredRecord",
    "Delivery",
    "FeedHead",
    "Follower",
    "Heard",
    "Op",
    "OwnKey",
    "Peer",
    "RecordKind",
    "Reversal",
    "Shipment",
    "Step",
    "StixVersion",
    "TableFormat",
    "TableImport",
    "TableImportRow",
    "TableState",
    "TheirReference",
    "Touch",
    "Verdict",
    "WebhookDelivery",
    "WebhookReceiver",
    "looks_after_peers",
]
