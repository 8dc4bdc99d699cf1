"""Who did it: actors, rival hypotheses, findings that others must sign, and what follows."""

from attribution.models.actor import Actor
from attribution.models.actor_name import ActorName
from attribution.models.actor_parent import ActorParent
from attribution.models.assertion import Assertion
from attribution.models.assertion_evidence import AssertionEvidence
from attribution.models.citation import Citation
from attribution.models.claim import Claim
from attribution.models.finding import Finding
from attribution.models.follow_up import FollowUp
from attribution.models.hypothesis import Hypothesis
from attribution.models.matrix import MatrixRow
from attribution.models.matrix_snapshot import MatrixSnapshot
from attribution.models.measure import Measure
from attribution.models.measure_step import MeasureStep
from attribution.models.originator_consent import OriginatorConsent
from attribution.models.post_mortem import PostMortem
from attribution.models.release import Release
from attribution.models.review import Dissent, Review
from attribution.models.review_comment import ReviewComment, ReviewReply
from attribution.models.sheet import Cell, Sheet
from attribution.models.statement import Statement
from attribution.models.submission import Submission

__all__ = [
    "Actor",
    "ActorName",
    "ActorParent",
    "Assertion",
    "AssertionEvidence",
    "Cell",
    "Citation",
    "Claim",
    "Dissent",
    "Finding",
    "FollowUp",
    "Hypothesis",
    "MatrixRow",
    "MatrixSnapshot",
    "Measure",
    "MeasureStep",
    "OriginatorConsent",
    "PostMortem",
    "Release",
    "Review",
    "ReviewComment",
    "ReviewReply",
    "Sheet",
    "Statement",
    "Submission",
]
