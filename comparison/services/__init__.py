"""Everything that can happen to comparisons. No other code writes these tables."""

from comparison.services.asking import versions_of
from comparison.services.beside import MOST_BESIDE, Beside, offered_beside
from comparison.services.disclosing import (
    ask_for_disclosure,
    may_ask,
    put_answers_away,
    refuse_to_share,
    require_asker,
    share,
)
from comparison.services.explanation import Line, exact_figure, lines_of, sentence_of
from comparison.services.judging import (
    examines_anywhere,
    judge_link,
    may_judge,
    require_examiner,
    resolve_alarm,
)
from comparison.services.lookup import Answer, hold_against, require_examining
from comparison.services.offer import offer_of, sha256_of, shareable_pictures
from comparison.services.parameters import (
    adopt_parameters,
    adopt_reference_set,
    checked_proposal,
    current_parameters,
    propose_parameters,
    refuse_parameters,
)
from comparison.services.photographs import index_photographs, photographs_like
from comparison.services.proposing import propose_links
from comparison.services.reading import ask_for_missing_links, awaiting_comparison
from comparison.services.recounting import count_drift, rebuild_counts
from comparison.services.rescoring import ask_for_rescoring, rescore_all, rescore_moved
from comparison.services.series import (
    MOST_AT_ONCE,
    Series,
    digest_of_series,
    judge_links,
    left_of,
)
from comparison.services.shared import (
    asked_by_whom,
    link_shared,
    offered,
    picture_shared,
    standing_of,
    versions_tried,
)
from comparison.services.standing import common_ground
from comparison.services.telling import answer_due_questions, sentence_of_hit
from comparison.services.wanting import ask_for_comparison
from comparison.services.waterfall import Bar, bars_of
from comparison.services.withdrawing import undoable, withdraw_judgement

__all__ = [
    "MOST_AT_ONCE",
    "MOST_BESIDE",
    "Answer",
    "Bar",
    "Beside",
    "Line",
    "Series",
    "adopt_parameters",
    "adopt_reference_set",
    "answer_due_questions",
    "ask_for_comparison",
    "ask_for_disclosure",
    "ask_for_missing_links",
    "ask_for_rescoring",
    "asked_by_whom",
    "awaiting_comparison",
    "bars_of",
    "checked_proposal",
    "common_ground",
    "count_drift",
    "current_parameters",
    "digest_of_series",
    "exact_figure",
    "examines_anywhere",
    "hold_against",
    "index_photographs",
    "judge_link",
    "judge_links",
    "left_of",
    "lines_of",
    "link_shared",
    "may_ask",
    "may_judge",
    "offer_of",
    "offered",
    "offered_beside",
    "photographs_like",
    "picture_shared",
    "propose_links",
    "propose_parameters",
    "put_answers_away",
    "rebuild_counts",
    "refuse_parameters",
    "refuse_to_share",
    "require_asker",
    "require_examiner",
    "require_examining",
    "rescore_all",
    "rescore_moved",
    "resolve_alarm",
    "sentence_of",
    "sentence_of_hit",
    "sha256_of",
    "share",
    "shareable_pictures",
    "standing_of",
    "undoable",
    "versions_of",
    "versions_tried",
    "withdraw_judgement",
]
