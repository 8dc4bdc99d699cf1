"""What left for other programs, what came in, the journal of changes, and who is told of them."""

from exchange.models.arrival import Arrival, ArrivedObject
from exchange.models.column_map import ColumnMap
from exchange.models.journal import FeedHead, Op, Step, Touch
from exchange.models.stix_version import StixVersion
from exchange.models.table_import import TableImport, TableImportRow, TheirReference
from exchange.models.table_words import RecordKind, Reversal, TableFormat, TableState, Verdict
from exchange.models.webhook import WebhookDelivery, WebhookReceiver

__all__ = [
    "Arrival",
    "ArrivedObject",
    "ColumnMap",
    "FeedHead",
    "Op",
    "RecordKind",
    "Reversal",
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
]
