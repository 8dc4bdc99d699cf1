"""REST: statements, claims, actors, what is asserted of them, and findings."""

from attribution.api.actor import ActorViewSet
from attribution.api.assertion import ActorMatrixViewSet, AssertionViewSet
from attribution.api.claim import ClaimViewSet
from attribution.api.finding import FindingViewSet
from attribution.api.statement import StatementViewSet

__all__ = [
    "ActorMatrixViewSet",
    "ActorViewSet",
    "AssertionViewSet",
    "ClaimViewSet",
    "FindingViewSet",
    "StatementViewSet",
]
