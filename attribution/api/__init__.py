"""REST: statements, claims, actors, assertions, hypotheses, the matrix, findings, what followed."""

from attribution.api.actor import ActorViewSet
from attribution.api.assertion import ActorMatrixViewSet, AssertionViewSet
from attribution.api.case_stage import CaseStageViewSet
from attribution.api.claim import ClaimViewSet
from attribution.api.claim_account import ClaimAccountViewSet
from attribution.api.finding import FindingViewSet
from attribution.api.follow_up import FollowUpViewSet
from attribution.api.hypothesis import HypothesisViewSet
from attribution.api.matrix import MatrixRowViewSet, MatrixSnapshotViewSet, MatrixViewSet
from attribution.api.measure import AccountabilityViewSet, MeasureViewSet
from attribution.api.post_mortem import PostMortemViewSet
from attribution.api.review_comment import ReviewCommentViewSet
from attribution.api.sheet import SheetViewSet
from attribution.api.statement import StatementViewSet

__all__ = [
    "AccountabilityViewSet",
    "ActorMatrixViewSet",
    "ActorViewSet",
    "AssertionViewSet",
    "CaseStageViewSet",
    "ClaimAccountViewSet",
    "ClaimViewSet",
    "FindingViewSet",
    "FollowUpViewSet",
    "HypothesisViewSet",
    "MatrixRowViewSet",
    "MatrixSnapshotViewSet",
    "MatrixViewSet",
    "MeasureViewSet",
    "PostMortemViewSet",
    "ReviewCommentViewSet",
    "SheetViewSet",
    "StatementViewSet",
]
