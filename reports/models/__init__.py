"""The nouns of the reports room: documents drawn from cases, and bundles of their evidence."""

from reports.models.bundle import Bundle
from reports.models.report import Report

__all__ = ["Bundle", "Report"]
