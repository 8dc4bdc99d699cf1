"""REST for programs that keep a copy, and for those that read and send STIX."""

from exchange.api.arrival import ArrivalViewSet, ArrivedObjectViewSet
from exchange.api.changes import ChangesViewSet, SnapshotViewSet
from exchange.api.kinds import Kind, cover, watched_by
from exchange.api.stix import CaseStixViewSet
from exchange.api.table import TableImportViewSet, TableRowViewSet
from exchange.api.taxii import TaxiiViewSet

__all__ = [
    "ArrivalViewSet",
    "ArrivedObjectViewSet",
    "CaseStixViewSet",
    "ChangesViewSet",
    "Kind",
    "SnapshotViewSet",
    "TableImportViewSet",
    "TableRowViewSet",
    "TaxiiViewSet",
    "cover",
    "watched_by",
]
