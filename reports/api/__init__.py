"""What the reports room offers to programs."""

from reports.api.assistance import AcceptanceLetterViewSet, ContributionLetterViewSet
from reports.api.bundle import BundleViewSet
from reports.api.correspondence import ExamLetterViewSet, TraceLetterViewSet
from reports.api.dossier import DossierViewSet
from reports.api.labels import LabelsViewSet
from reports.api.report import ReportViewSet

__all__ = [
    "AcceptanceLetterViewSet",
    "BundleViewSet",
    "ContributionLetterViewSet",
    "DossierViewSet",
    "ExamLetterViewSet",
    "LabelsViewSet",
    "ReportViewSet",
    "TraceLetterViewSet",
]
