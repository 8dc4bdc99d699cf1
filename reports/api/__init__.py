"""What the reports room offers to programs."""

from reports.api.bundle import BundleViewSet
from reports.api.correspondence import ExamLetterViewSet, TraceLetterViewSet

__all__ = ["BundleViewSet", "ExamLetterViewSet", "TraceLetterViewSet"]
