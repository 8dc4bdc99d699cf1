"""What every record has in common, and the rows that the program keeps for itself."""

from core.models.job import Job
from core.models.once import Once
from core.models.record import SYSTEM_LOG, Record, Subject, VersionedRecord

__all__ = ["SYSTEM_LOG", "Job", "Once", "Record", "Subject", "VersionedRecord"]
