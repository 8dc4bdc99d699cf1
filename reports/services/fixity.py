"""The nightly check of the evidence bundles that were made here."""

from functools import partial

from core import jobs
from core.models import SYSTEM_LOG
from evidence.services.fixity import SHORT, Shelf, check_shelf
from reports import vault
from reports.models import Bundle

CHECK = "reports.check_bytes"
BUNDLES = Shelf(
    rows=Bundle.objects.ready,
    store="derived",
    address=partial(vault.address, suffix=".zip"),
    act="reports.bundle_bytes_verified",
    job=CHECK,
)


def ask_to_check_bytes() -> None:
    """Owe a look at the bundles, of which one worker has the lease at a time."""
    jobs.ask(CHECK, SYSTEM_LOG)


def check_bytes(*, seconds: float = SHORT, lease: jobs.Lease = jobs.BY_HAND) -> int:
    """Read again the bundles that are due; return how many were read."""
    return check_shelf(BUNDLES, seconds=seconds, lease=lease)
