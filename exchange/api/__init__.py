"""REST for programs that keep a copy, read and send STIX, or share with peers."""

from exchange.api.arrival import ArrivalViewSet, ArrivedObjectViewSet
from exchange.api.changes import ChangesViewSet, SnapshotViewSet
from exchange.api.column_map import ColumnMapViewSet
from exchange.api.delivered import DeliveredViewSet
from exchange.api.delivery import DeliveryViewSet
from exchange.api.kinds import Kind, cover, watched_by
from exchange.api.peer import PeerViewSet
from exchange.api.shipment import ShipmentViewSet
from exchange.api.stix import CaseStixViewSet
from exchange.api.table import TableImportViewSet, TableRowViewSet
from exchange.api.taxii import TaxiiViewSet

__all__ = [
    "ArrivalViewSet",
    "ArrivedObjectViewSet",
    "CaseStixViewSet",
    "ChangesViewSet",
    "ColumnMapViewSet",
    "DeliveredViewSet",
    "DeliveryViewSet",
    "Kind",
    "PeerViewSet",
    "ShipmentViewSet",
    "SnapshotViewSet",
    "TableImportViewSet",
    "TableRowViewSet",
    "TaxiiViewSet",
    "cover",
    "watched_by",
]
