"""The only way to write in the ledger, and what the signer does with what was written."""

from ledger.services.writing import lock_head, record, record_many

__all__ = ["lock_head", "record", "record_many"]
