"""REST: statements, claims and findings."""

from attribution.api.claim import ClaimViewSet
from attribution.api.finding import FindingViewSet
from attribution.api.statement import StatementViewSet

__all__ = ["ClaimViewSet", "FindingViewSet", "StatementViewSet"]
