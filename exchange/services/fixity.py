"""The nightly check of what came from elsewhere: tables that were imported, bundles of peers."""

from core import jobs
from core.models import SYSTEM_LOG
from evidence import vault as originals
from evidence.services.fixity import SHORT, Shelf, check_shelf, tell_leads
from exchange import vault
from exchange.models import Delivery, TableImport

CHECK = "exchange.check_bytes"
TABLES = Shelf(
    rows=TableImport.objects.all,
    store="evidence",
    address=originals.address,
    act="exchange.table_bytes_verified",
    job=CHECK,
    tell=tell_leads,
)
DELIVERIES = Shelf(
    rows=Delivery.objects.held,
    store="derived",
    address=vault.address,
    act="exchange.delivery_bytes_verified",
    job=CHECK,
)
SHELVES = (TABLES, DELIVERIES)


def ask_to_check_bytes() -> None:
    """Owe a look at the shelves of this room, of which one worker has the lease at a time."""
    jobs.ask(CHECK, SYSTEM_LOG)


def check_bytes(*, seconds: float = SHORT, lease: jobs.Lease = jobs.BY_HAND) -> int:
    """Read again what is due, each sort for its share of the time; return how many were read."""
    share = seconds / len(SHELVES)
    return sum(check_shelf(shelf, seconds=share, lease=lease) for shelf in SHELVES)
