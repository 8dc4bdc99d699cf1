"""The only way to write in the ledger, and what the signer does with what was written."""

from ledger.services.writing import hold_chains, record, record_lines, record_many

__all__ = ["hold_chains", "record", "record_lines", "record_many"]
