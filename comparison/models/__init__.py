"""Comparison: links between components, the examiners' judgements, and what rarity rests on."""

from comparison.models.disclosure import Disclosure
from comparison.models.hit import Hit
from comparison.models.judgement import Judgement
from comparison.models.key import Key, Spelling
from comparison.models.link import Link
from comparison.models.parameter_set import ParameterSet
from comparison.models.photo_token import PhotoToken
from comparison.models.question import Question
from comparison.models.reading import Reading
from comparison.models.recovery_count import RecoveryCount
from comparison.models.reference import ReferenceCount, ReferenceSet
from comparison.models.rescoring import Rescoring
from comparison.models.vocabulary import (
    CAPS,
    FEATURES,
    GROUPS,
    REASONS,
    Agreement,
    Alert,
    AlertCause,
    Conclusion,
    Confidence,
    FoundBy,
    LinkState,
    Outcome,
    Side,
)
from comparison.models.withdrawal import Withdrawal

__all__ = [
    "CAPS",
    "FEATURES",
    "GROUPS",
    "REASONS",
    "Agreement",
    "Alert",
    "AlertCause",
    "Conclusion",
    "Confidence",
    "Disclosure",
    "FoundBy",
    "Hit",
    "Judgement",
    "Key",
    "Link",
    "LinkState",
    "Outcome",
    "ParameterSet",
    "PhotoToken",
    "Question",
    "Reading",
    "RecoveryCount",
    "ReferenceCount",
    "ReferenceSet",
    "Rescoring",
    "Side",
    "Spelling",
    "Withdrawal",
]
