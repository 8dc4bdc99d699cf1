"""Who did it: actors, rival hypotheses, and findings that others must sign."""

from attribution.models.actor import Actor
from attribution.models.actor_name import ActorName
from attribution.models.actor_parent import ActorParent
from attribution.models.assertion import Assertion
from attribution.models.assertion_evidence import AssertionEvidence
from attribution.models.citation import Citation
from attribution.models.claim import Claim
from attribution.models.finding import Finding
from attribution.models.hypothesis import Hypothesis
from attribution.models.release import Release
from attribution.models.review import Dissent, Review
from attribution.models.statement import Statement
from attribution.models.submission import Submission

__all__ = [
    "Actor",
    "ActorName",
    "ActorParent",
    "Assertion",
    "AssertionEvidence",
    "Citation",
    "Claim",
    "Dissent",
    "Finding",
    "Hypothesis",
    "Release",
    "Review",
    "Statement",
    "Submission",
]
