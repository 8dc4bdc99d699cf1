"""What left for other programs, what came in from them, and the journal of what changed."""

from exchange.models.arrival import Arrival, ArrivedObject
from exchange.models.column_map import ColumnMap
from exchange.models.journal import FeedHead, Op, Step, Touch
from exchange.models.stix_version import StixVersion
from exchange.models.table_import import TableImport, TableImportRow, TheirReference
from exchange.models.table_words import RecordKind, Reversal, TableFormat, TableState, Verdict

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
]
