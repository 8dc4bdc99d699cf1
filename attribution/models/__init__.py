"""Who did it: actors, rival hypotheses, and findings that others must sign."""

from attribution.models.actor import Actor
from attribution.models.citation import Citation
from attribution.models.finding import Finding
from attribution.models.hypothesis import Hypothesis
from attribution.models.release import Release
from attribution.models.review import Dissent, Review
from attribution.models.submission import Submission

__all__ = [
    "Actor",
    "Citation",
    "Dissent",
    "Finding",
    "Hypothesis",
    "Release",
    "Review",
    "Submission",
]
