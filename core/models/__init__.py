"""What every record in the product has in common, and the rows that the program keeps for itself."""

from core.models.record import SYSTEM_LOG, Record, Subject, VersionedRecord

__all__ = ["SYSTEM_LOG", "Record", "Subject", "VersionedRecord"]
