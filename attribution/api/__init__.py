"""REST: statements, claims, actors, what is asserted of them, the matrix and findings."""

from attribution.api.actor import ActorViewSet
from attribution.api.assertion import ActorMatrixViewSet, AssertionViewSet
from attribution.api.claim import ClaimViewSet
from attribution.api.finding import FindingViewSet
from attribution.api.matrix import MatrixRowViewSet, MatrixSnapshotViewSet, MatrixViewSet
from attribution.api.post_mortem import PostMortemViewSet
from attribution.api.review_comment import ReviewCommentViewSet
from attribution.api.sheet import SheetViewSet
from attribution.api.statement import StatementViewSet

__all__ = [
    "ActorMatrixViewSet",
    "ActorViewSet",
    "AssertionViewSet",
    "ClaimViewSet",
    "FindingViewSet",
    "MatrixRowViewSet",
    "MatrixSnapshotViewSet",
    "MatrixViewSet",
    "PostMortemViewSet",
    "ReviewCommentViewSet",
    "SheetViewSet",
    "StatementViewSet",
]
