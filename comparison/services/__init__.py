"""Everything that can happen to comparisons. No other code writes these tables."""

from comparison.services.explanation import Line, exact_figure, lines_of, sentence_of
from comparison.services.judging import judge_link, may_judge, require_examiner, resolve_alarm
from comparison.services.parameters import (
    adopt_parameters,
    adopt_reference_set,
    current_parameters,
)
from comparison.services.proposing import propose_links
from comparison.services.reading import ask_for_missing_links, awaiting_comparison
from comparison.services.standing import common_ground
from comparison.services.withdrawing import undoable, withdraw_judgement

__all__ = [
    "Line",
    "adopt_parameters",
    "adopt_reference_set",
    "ask_for_missing_links",
    "awaiting_comparison",
    "common_ground",
    "current_parameters",
    "exact_figure",
    "judge_link",
    "lines_of",
    "may_judge",
    "propose_links",
    "require_examiner",
    "resolve_alarm",
    "sentence_of",
    "undoable",
    "withdraw_judgement",
]
