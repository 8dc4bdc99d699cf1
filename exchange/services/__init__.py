"""Bringing lists in, and what clients need to know to follow the cases that they see."""

from exchange.services.importing import Tally, case_for, import_incidents

__all__ = ["Tally", "case_for", "import_incidents"]
