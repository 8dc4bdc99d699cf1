"""Everything that can happen to comparisons. No other code writes these tables."""

from comparison.services.explanation import Line, exact_figure, lines_of, sentence_of
from comparison.services.judging import (
    examines_anywhere,
    judge_link,
    may_judge,
    require_examiner,
    resolve_alarm,
)
from comparison.services.parameters import (
    adopt_parameters,
    adopt_reference_set,
    current_parameters,
)
from comparison.services.proposing import propose_links
from comparison.services.reading import ask_for_missing_links, awaiting_comparison
from comparison.services.recounting import count_drift, rebuild_counts
from comparison.services.series import (
    MOST_AT_ONCE,
    Series,
    digest_of_series,
    judge_links,
    left_of,
)
from comparison.services.standing import common_ground
from comparison.services.waterfall import Bar, bars_of
from comparison.services.withdrawing import undoable, withdraw_judgement

__all__ = [
    "MOST_AT_ONCE",
    "Bar",
    "Line",
    "Series",
    "adopt_parameters",
    "adopt_reference_set",
    "ask_for_missing_links",
    "awaiting_comparison",
    "bars_of",
    "common_ground",
    "count_drift",
    "current_parameters",
    "digest_of_series",
    "exact_figure",
    "examines_anywhere",
    "judge_link",
    "judge_links",
    "left_of",
    "lines_of",
    "may_judge",
    "propose_links",
    "rebuild_counts",
    "require_examiner",
    "resolve_alarm",
    "sentence_of",
    "undoable",
    "withdraw_judgement",
]
