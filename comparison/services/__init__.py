"""Everything that can happen to comparisons. No other code writes these tables."""

from comparison.services.explanation import Line, lines_of, sentence_of
from comparison.services.judging import judge_link, resolve_alarm
from comparison.services.parameters import (
    adopt_parameters,
    adopt_reference_set,
    current_parameters,
)
from comparison.services.proposing import propose_links
from comparison.services.reading import awaiting_comparison

__all__ = [
    "Line",
    "adopt_parameters",
    "adopt_reference_set",
    "awaiting_comparison",
    "current_parameters",
    "judge_link",
    "lines_of",
    "propose_links",
    "resolve_alarm",
    "sentence_of",
]
