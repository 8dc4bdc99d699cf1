"""What a report says: read as the person who asked for it may read, and as the ledger stood."""

from reports.content.document import Drawn, gather

__all__ = ["Drawn", "gather"]
